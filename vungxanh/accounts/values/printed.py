"""A list of persons as a document: whose copy it is stands on every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from vungxanh.documents.content import Align, Annex, Column, Table, Text
from vungxanh.refusals import Words

_PURPOSE = Words("Mục đích:", "Purpose:")
_NOTE = Words(
    vi="Chỉ dùng cho mục đích ghi ở trên. Không sao chép, không chuyển cho người khác; hủy bản in "
    "và tệp khi xong việc.",
    en="For the purpose named above alone. Do not copy or pass it on; destroy paper and file when "
    "the work is done.",
)


@dataclass(frozen=True, slots=True)
class PrintedList:
    """Everything that stands on the paper: who, when, which number, what for, and the rows."""

    title: str
    number: str
    officer: str
    made_at: str
    purpose: str
    basis: str
    headers: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    language: str


def document_of(printed: PrintedList) -> Annex:
    """The list as content: what for, on which basis, by whom, when, and which number."""
    running = " · ".join((printed.officer, printed.made_at, printed.number))
    label = _PURPOSE.in_language(printed.language)
    table = Table(
        columns=tuple(Column(head, Align.LEFT) for head in printed.headers),
        rows=tuple(tuple(Text(cell) for cell in row) for row in printed.rows),
        caption=f"{label} {printed.purpose} ({printed.basis}). {running}",
        numbered=False,
    )
    return Annex(
        label="",
        title=(printed.title,),
        tables=(table,),
        notes=(_NOTE.in_language(printed.language),),
        running=running,
        landscape=True,
        language=printed.language,
    )
