"""The template of a table of points, and the sheet of all faults of one that was brought."""

from collections.abc import Iterable, Mapping

from vungxanh.checkins.exports.premises import FORMATS, MadeFile
from vungxanh.checkins.values.point_rows import EXAMPLE, TEMPLATE, PointRow
from vungxanh.documents.content import Align, Annex, Column, Count, Table, Text
from vungxanh.refusals import Words

_TITLE = Words("Bảng điểm kiểm soát", "Table of control points")
_FAULTS = Words("Các lỗi của bảng điểm kiểm soát", "Faults of the table of control points")
_HEADS = (
    Words("Dòng", "Row"),
    Words("Tên điểm", "Name"),
    Words("Cột", "Column"),
    Words("Lỗi", "Fault"),
)


def template_file(form: str) -> MadeFile:
    """An empty table with the headings that are recognised, and one invented example."""
    table = Table(
        columns=tuple(Column(head, Align.LEFT) for head in TEMPLATE),
        rows=(tuple(Text(text) for text in EXAMPLE),),
        numbered=False,
    )
    return _made(Annex(label="", title=(_TITLE.vi,), tables=(table,), landscape=True), form, "mau")


def faults_file(
    rows: Iterable[PointRow], letters: Mapping[str, str], form: str, *, lang: str
) -> MadeFile:
    """Every fault by row and column."""
    table = Table(
        columns=tuple(Column(head.in_language(lang), Align.LEFT) for head in _HEADS),
        rows=tuple(
            (
                Count(row.number),
                Text(row.name),
                Text(letters.get(fault.field, "")),
                Text(fault.words.in_language(lang)),
            )
            for row in rows
            for fault in row.faults
        ),
        numbered=False,
    )
    annex = Annex(label="", title=(_FAULTS.in_language(lang),), tables=(table,), language=lang)
    return _made(annex, form, "loi")


def _made(annex: Annex, form: str, what: str) -> MadeFile:
    media_type, write = FORMATS[form]
    return MadeFile(write(annex), media_type, f"bang-diem-{what}.{form}")
