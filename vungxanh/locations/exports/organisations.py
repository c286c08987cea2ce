"""The list of organisations that a reader sees, as CSV or XLSX; the import reads it back."""

from collections.abc import Sequence
from datetime import date

from vungxanh.documents.content import Align, Annex, AsOf, Column, Table, Text
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.locations.models.organisations import Organisation
from vungxanh.locations.queries.organisations import entry_of_row
from vungxanh.locations.values.entries import texts_of
from vungxanh.locations.values.kinds import KINDS
from vungxanh.locations.values.organisations import INVENTED
from vungxanh.refusals import Words

MOST = 20_000
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


def list_file(
    rows: Sequence[Organisation], form: Format, *, selection: str, on: date, lang: str
) -> MadeFile:
    """The rows as a sheet, in their order; what is invented says so in its row."""
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
    return made_file(annex, form, f"to-chuc-{on.isoformat()}")


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
