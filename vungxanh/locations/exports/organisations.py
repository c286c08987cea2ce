"""The list of organisations that a reader sees, as CSV or XLSX; the import reads it back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from vungxanh.documents import delimited, xlsx
from vungxanh.documents.content import Align, Annex, AsOf, Column, Document, Table, Text
from vungxanh.locations.models.organisations import Organisation
from vungxanh.locations.queries.organisations import entry_of_row
from vungxanh.locations.values.entries import texts_of
from vungxanh.locations.values.kinds import KINDS
from vungxanh.locations.values.organisations import INVENTED
from vungxanh.refusals import Words

MOST = 20_000
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, tuple[str, Callable[[Document], bytes]]] = {
    "xlsx": (_SHEET, xlsx.write),
    "csv": ("text/csv; charset=utf-8", delimited.write),
}
_TITLE = Words("Tổ chức và cơ sở y tế", "Organisations and health facilities")
# Heads that the import recognises.
_HEADS: tuple[tuple[str, Words], ...] = (
    ("name", Words("Tên tổ chức", "Organisation")),
    ("kind", Words("Loại", "Kind")),
    ("unit_id", Words("Mã địa bàn", "Unit id")),
    ("unit_name", Words("Tên địa bàn", "Unit name")),
    ("parent", Words("Tổ chức cấp trên", "Parent")),
    ("address", Words("Địa chỉ", "Address")),
    ("telephone", Words("Điện thoại", "Telephone")),
    ("email", Words("Email", "Email")),
    ("website", Words("Website", "Website")),
    ("tax_code", Words("Mã số thuế", "Tax code")),
    ("lat", Words("Vĩ độ", "Latitude")),
    ("lon", Words("Kinh độ", "Longitude")),
    ("hours", Words("Giờ làm việc", "Hours")),
    ("valid_from", Words("Từ ngày", "From")),
    ("valid_to", Words("Thôi hoạt động từ", "Ended on")),
    ("successor", Words("Tổ chức kế thừa", "Successor")),
    ("source", Words("Nguồn", "Source")),
    ("as_of", Words("Đúng đến ngày", "As of")),
    ("note", Words("Ghi chú", "Note")),
)


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file made for the moment; its name is plain ASCII."""

    content: bytes
    media_type: str
    name: str


def list_file(
    rows: Sequence[Organisation], form: str, *, selection: str, on: date, lang: str
) -> MadeFile:
    """The rows as `xlsx` or `csv`, in their order; what is invented says so in its row."""
    media_type, write = FORMATS[form]
    table = Table(
        columns=tuple(Column(head.in_language(lang), Align.LEFT) for _, head in _HEADS),
        rows=tuple(_cells(row, lang) for row in rows),
        numbered=False,
    )
    annex = Annex(
        label="",
        title=(
            Words("Tổ chức và cơ sở y tế", "Organisations and health facilities").in_language(lang),
        ),
        as_of=AsOf(on),
        selection=selection,
        tables=(table,),
        landscape=True,
        language=lang,
    )
    return MadeFile(write(annex), media_type, f"to-chuc-{on.isoformat()}.{form}")


def _cells(row: Organisation, lang: str) -> tuple[Text, ...]:
    entry = entry_of_row(row)
    texts = texts_of(entry) | {
        "kind": KINDS[row.kind].words.in_language(lang),
        "unit_id": row.unit_id,
        "unit_name": row.unit.name,
        "parent": row.parent.name if row.parent else "",
        "successor": row.successor.name if row.successor else "",
        "note": INVENTED.in_language(lang) if row.is_invented else "",
    }
    return tuple(Text(texts[field]) for field, _ in _HEADS)
