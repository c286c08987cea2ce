"""The template of a table of points, and the sheet of all faults of one that was brought."""

from collections.abc import Iterable, Iterator, Mapping

from vungxanh.checkins.values.point_rows import EXAMPLE, TEMPLATE, Doubted
from vungxanh.documents.content import Align, Annex, Column, Count, Table, Text
from vungxanh.documents.formats import Format, made_file
from vungxanh.documents.made import MadeFile
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import Words

_TITLE = Words("Bảng điểm kiểm soát", "Table of control points")
_FAULTS = Words("Lỗi và dòng nghi trùng của bảng điểm", "Faults and doubts of the table of points")
_HEADS = (
    Words("Dòng", "Row"),
    Words("Tên điểm", "Name"),
    Words("Cột", "Column"),
    Words("Lỗi", "Fault"),
)


def template_file(form: Format) -> MadeFile:
    """An empty table with the headings that are recognised, and one invented example."""
    table = Table(
        columns=tuple(Column(head, Align.LEFT) for head in TEMPLATE),
        rows=(tuple(Text(text) for text in EXAMPLE),),
        numbered=False,
    )
    annex = Annex(label="", title=(_TITLE.vi,), tables=(table,), landscape=True)
    return made_file(annex, form, "bang-diem-mau")


def faults_file(
    rows: Iterable[Doubted], letters: Mapping[str, str], form: Format, *, lang: str
) -> MadeFile:
    """Every fault by row and column, and every row that may be registered already."""
    table = Table(
        columns=tuple(Column(head.in_language(lang), Align.LEFT) for head in _HEADS),
        rows=tuple(
            (
                Count(one.row.number),
                Text(one.row.name),
                Text(letters.get(field, "")),
                Text(words.in_language(lang)),
            )
            for one in rows
            for field, words in _notes(one)
        ),
        numbered=False,
    )
    annex = Annex(label="", title=(_FAULTS.in_language(lang),), tables=(table,), language=lang)
    return made_file(annex, form, "bang-diem-loi")


def _notes(one: Doubted) -> Iterator[tuple[str, Words]]:
    for fault in one.row.faults:
        yield fault.field, fault.words
    if one.code:
        code = short_codes.shown(one.code)
        yield "name", Words(f"Nghi trùng: điểm đã có, mã {code}", f"May be the point {code}")
    elif one.number:
        yield "name", Words(f"Nghi trùng: dòng {one.number}", f"May be row {one.number} again")
