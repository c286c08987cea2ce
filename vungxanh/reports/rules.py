"""Pure decisions: what may follow an edition, how files are called, what a typed code means."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from vungxanh.documents.annexes import printed_annex
from vungxanh.documents.content import Annex, Document
from vungxanh.documents.letters import printed_letter
from vungxanh.documents.printed import PrintedAnnex, PrintedLetter, PrintedTable

LONGEST_NAME = 120
_CODE = re.compile(r"[0-9A-F]{8}")
_NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|%;\u200b-\u200f\u2028-\u202e\u2060-\u2069]+')
_NOT_PLAIN = re.compile(r"[^a-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two documents say differently; an empty side says nothing about it.

    `row` and `column` are the words that head them in the table; without a row it is a part of the
    document around its tables.
    """

    row: str
    column: str
    before: str
    after: str


def typed_code(text: str) -> str | None:
    """A check code as it is stored, from what somebody typed; None when it cannot be one.

    >>> typed_code(" 7f3a 91c4 "), typed_code("7F3A–91C4"), typed_code("7F3A-91C"), typed_code("")
    ('7F3A-91C4', '7F3A-91C4', None, None)
    """
    signs = re.sub(r"[\s\-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}]", "", text).upper()
    return f"{signs[:4]}-{signs[4:]}" if _CODE.fullmatch(signs) else None


def file_name(title: str, *, as_of: date, edition: int, ending: str) -> str:
    """What a report's file is called; fit for every file system.

    >>> file_name("Phụ lục: Số liệu", as_of=date(2021, 5, 26), edition=1, ending="pdf")
    'Phụ lục Số liệu 2021-05-26 bản 1.pdf'
    """
    words = " ".join(_NO_NAME.sub(" ", title).split())[:LONGEST_NAME].strip(" .") or "Báo cáo"
    return f"{words} {as_of.isoformat()} bản {edition}.{ending}"


def disposition(name: str) -> str:
    """The Content-Disposition of a download: an ASCII name, and the Vietnamese one (RFC 5987).

    >>> disposition("Phụ lục 1.pdf")
    "attachment; filename=phu-luc-1.pdf; filename*=UTF-8''Ph%E1%BB%A5%20l%E1%BB%A5c%201.pdf"
    """
    safe = " ".join(_NO_NAME.sub(" ", name).split())
    stem, dot, ending = safe.rpartition(".")
    plain = _NOT_PLAIN.sub("-", _without_accents(stem).lower()).strip("-.") or "bao-cao"
    return f"attachment; filename={plain}{dot}{ending}; filename*=UTF-8''{quote(safe, safe='')}"


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """What two documents say differently, as printed: cells by row and column, then other parts."""
    return (*_other_cells(before, after), *_other_parts(before, after))


def _other_cells(before: Document, after: Document) -> Iterator[Difference]:
    old, new = _cells(before), _cells(after)
    for row, column in dict.fromkeys((*new, *old)):
        was, now = old.get((row, column), ""), new.get((row, column), "")
        if was != now:
            yield Difference(row, column, was, now)


def _other_parts(before: Document, after: Document) -> Iterator[Difference]:
    old, new = _lines(before), _lines(after)
    for was in old:
        if was not in new:
            yield Difference("", "", was, "")
    for now in new:
        if now not in old:
            yield Difference("", "", "", now)


def _annexes(document: Document) -> tuple[Annex, ...]:
    return (document,) if isinstance(document, Annex) else document.annexes


def _cells(document: Document) -> dict[tuple[str, str], str]:
    """Printed cells by the words that head their row and their column."""
    tables = [table for annex in _annexes(document) for table in printed_annex(annex).tables]
    return {place: cell for table in tables for place, cell in _table_cells(table)}


def _table_cells(table: PrintedTable) -> Iterator[tuple[tuple[str, str], str]]:
    heads = [column.head for column in table.columns]
    at = next((n for n, column in enumerate(table.columns) if column.align == "left"), 0)
    total = () if table.total is None else (table.total,)
    for row in (*table.rows, *total):
        for head, cell in zip(heads, row, strict=True):
            if head != heads[at]:
                yield (_unmarked(row[at]), head), _unmarked(cell)


def _unmarked(cell: str) -> str:
    """A printed cell without the mark of its footnote: "Quy Nhơn (a)" is Quy Nhơn."""
    return re.sub(r" \([a-z]{1,2}\)$", "", cell)


def _lines(document: Document) -> tuple[str, ...]:
    """Everything that is printed around the tables, in order."""
    if isinstance(document, Annex):
        return _annex_lines(printed_annex(document))
    letter = printed_letter(document)
    annexed = (line for annex in letter.annexes for line in _annex_lines(annex))
    return tuple(line for line in (*_letter_lines(letter), *annexed) if line)


def _letter_lines(letter: PrintedLetter) -> Iterator[str]:
    yield from (letter.head.parent, letter.head.agency, letter.number, letter.day)
    yield from (letter.kind, letter.subject, letter.urgency, *letter.addressees)
    yield from (part.text for part in letter.body)
    yield from (*letter.sign_off.lines, letter.sign_off.name, *letter.sign_off.recipients)


def _annex_lines(annex: PrintedAnnex) -> tuple[str, ...]:
    head = () if annex.head is None else (annex.head.parent, annex.head.agency)
    stated = [line.line for line in (*annex.facts, *annex.remarks)]
    named = (*head, annex.label, *annex.title, *annex.attached)
    return tuple(line for line in (*named, *stated) if line)
