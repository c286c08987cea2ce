"""The tables of a document, each with what a sheet says above and below it."""

from dataclasses import dataclass

from vungxanh.documents.annexes import attached_lines, facts, printed_table, remarks
from vungxanh.documents.content import Annex, Document, Table
from vungxanh.documents.phrases import SOURCE, plain, printed_head, stamp_lines
from vungxanh.documents.printed import Labelled, PrintedHead, PrintedTable
from vungxanh.refusals import RefusalError, Words


class NoTableError(RefusalError):
    """A document without a table has no sheet."""

    def __init__(self) -> None:
        words = Words(
            "Văn bản này không có bảng số liệu để xuất bảng tính: hãy tải PDF hoặc DOCX.",
            "This document has no table, so there is no sheet to export: take PDF or DOCX.",
        )
        super().__init__("documents.no_table", words)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table between its heading lines and its remarks."""

    name: str
    head: PrintedHead | None
    label: str
    title: tuple[str, ...]
    attached: tuple[str, ...]
    opening: tuple[Labelled, ...]
    table: Table
    printed: PrintedTable
    closing: tuple[Labelled, ...]
    landscape: bool
    lang: str
    running: str


def sheets(document: Document) -> tuple[Sheet, ...]:
    """One sheet per table, in order; refuses a document without any."""
    annexes = (document,) if isinstance(document, Annex) else document.annexes
    pairs = [(annex, table) for annex in annexes for table in annex.tables]
    if not pairs:
        raise NoTableError
    return tuple(_sheet(annex, table, place) for place, (annex, table) in enumerate(pairs, 1))


def _sheet(annex: Annex, table: Table, place: int) -> Sheet:
    lang = annex.language
    return Sheet(
        name=f"{'Table' if lang.startswith('en') else 'Bảng'} {place}",
        head=None if annex.letterhead is None else printed_head(annex.letterhead, lang),
        label=plain(annex.label),
        title=tuple(plain(line) for line in annex.title),
        attached=attached_lines(annex.attached_to, lang),
        opening=_opening(annex, table),
        table=table,
        printed=printed_table(table, annex),
        closing=tuple(part for part in remarks(annex) if part.label != SOURCE.in_language(lang)),
        landscape=annex.landscape,
        lang=lang,
        running=plain(annex.running),
    )


def _opening(annex: Annex, table: Table) -> tuple[Labelled, ...]:
    """As-of, units, order and filter, source, version: what a reader needs before a figure."""
    lang = annex.language
    source = [part for part in remarks(annex) if part.label == SOURCE.in_language(lang)]
    others = _lines(*stamp_lines(annex.stamp, lang)[:1], plain(annex.draft), plain(table.caption))
    return (*facts(annex), *source, *others)


def _lines(*texts: str) -> list[Labelled]:
    return [Labelled("", text) for text in texts if text]
