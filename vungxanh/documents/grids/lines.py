"""Large tables as lines of texts: the words that `read_grid` shows, no object for each cell.

A hundred thousand rows of a dozen columns fit: separated text is read row by row as it is asked
for, of a workbook only the texts of the sheet that is read are kept, equal ones once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from vungxanh.documents.grids.archive import Archive
from vungxanh.documents.grids.limits import LIMITS, Limits
from vungxanh.documents.grids.merging import spread
from vungxanh.documents.grids.oldletters import of_strings, was_converted
from vungxanh.documents.grids.opendocument import Sheet, is_opendocument, sheet_of
from vungxanh.documents.grids.reading import text_of_bytes, text_of_pasted
from vungxanh.documents.grids.refusals import GridError, Reason, refused
from vungxanh.documents.grids.sheets import Outline, Stored, Strings
from vungxanh.documents.grids.stored import Meanings
from vungxanh.documents.grids.text import records
from vungxanh.documents.grids.typed import cell_of
from vungxanh.documents.grids.workbook import (
    check_kind,
    hidden_words,
    opened,
    other_sheets,
    visible_sheets,
)
from vungxanh.refusals import Words

_REMEMBERED: Final = 16_384
_SHARED: Final = "s"


class Line(NamedTuple):
    """One row: its number in the sheet, and its texts from the first column on."""

    number: int
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Lines:
    """A table that is gone through once; `n_about` is how many rows there are, or a few more."""

    rows: Iterable[Line]
    n_about: int
    warnings: tuple[Words, ...] = ()


def read_lines(content: bytes, *, name: str, limits: Limits = LIMITS) -> Lines:
    """The table in a file, or `GridError` with one sentence, at once or on the way."""
    if (text := text_of_bytes(content, limits)) is not None:
        return _of_text(text[0], text[2], limits)
    archive = Archive(content, limits)
    if is_opendocument(archive):
        same = lru_cache(_REMEMBERED)(str)
        sheet = sheet_of(archive, lambda written: same(cell_of(written, limits).text), limits)
        return _of_opendocument(sheet, limits)
    return _of_workbook(archive, limits)


def lines_of_text(pasted: str, *, limits: Limits = LIMITS) -> Lines:
    """The table in text pasted from Excel (tabs between cells) or from a CSV file."""
    text, warnings = text_of_pasted(pasted, limits)
    return _of_text(text, warnings, limits)


def _of_text(text: str, warnings: tuple[Words, ...], limits: Limits) -> Lines:
    if not text.strip():
        raise refused(Reason.EMPTY)
    n_about = max(text.count("\n"), text.count("\r"), 1)
    return Lines(_lines(text, limits), n_about, warnings)


def _lines(text: str, limits: Limits) -> Iterator[Line]:
    for number, record in enumerate(records(text, limits), start=1):
        yield Line(number, record)


def _of_opendocument(sheet: Sheet[str], limits: Limits) -> Lines:
    """The rows of a sheet, let go as they are asked for where no merged area needs them all."""
    n_rows = sheet.n_rows
    rows = (Line(row, _texts(cells)) for row, cells in sheet.rows())
    if not sheet.merged:
        return Lines(rows, n_rows, sheet.warnings)
    found = list(rows)
    spread({line.number: line.texts for line in found}, sheet.merged, limits)
    return Lines(found, n_rows, sheet.warnings)


def _texts(cells: list[tuple[int, str]]) -> list[str]:
    texts = [""] * (cells[-1][0] if cells else 0)
    for column, text in cells:
        texts[column - 1] = text
    return texts


def _of_workbook(archive: Archive, limits: Limits) -> Lines:
    """The first visible sheet that holds anything; other filled sheets are named in a warning."""
    check_kind(archive)
    strings = Strings(limits)
    archive.hear_strings(strings)
    shared, legacy = of_strings(strings.found)
    strings.found = []
    reader = opened(archive.screened())
    meanings = Meanings(reader.wb, shared)
    chosen, others = None, list[str]()
    for title, part in visible_sheets(reader, archive.sheets())[: limits.sheets]:
        if chosen is None:
            heard = _Texts(limits, meanings, shared)
            archive.hear_one(part, heard)
            chosen = (title, heard) if heard.holds_something else None
        elif _is_filled(archive, part, limits):
            others.append(title)
    if chosen is None:
        raise refused(Reason.EMPTY)
    title, heard = chosen
    if heard.fault:
        raise heard.fault
    spread({line.number: line.texts for line in heard.lines}, heard.areas(), limits)
    left_out = other_sheets(title, others)
    warnings = (*left_out, *hidden_words(heard), *was_converted(legacy))
    return Lines(heard.lines, len(heard.lines), warnings)


class _Texts(Outline):
    """Hears a sheet and keeps the texts of its cells, line by line."""

    def __init__(self, limits: Limits, meanings: Meanings, shared: list[str]) -> None:
        super().__init__(limits)
        self.lines: list[Line] = []
        self._shared = shared
        self._meant = lru_cache(_REMEMBERED)(lambda *stored: self._text(Stored(0, 0, *stored)))
        self._meanings = meanings

    def keep(self, cell: Stored) -> None:
        """Its text, at its place."""
        if self.fault:
            return
        if not self.lines or self.lines[-1].number != cell.row:
            self.lines.append(Line(cell.row, []))
        texts = self.lines[-1].texts
        try:
            said = self._meant(cell.kind, cell.style, cell.text)
        except GridError:
            self._tell_fault(cell)
            return
        texts += [""] * (cell.column - 1 - len(texts))
        texts.append(said)

    def _text(self, cell: Stored) -> str:
        try:
            written = self._meanings.written(cell)
        except Exception:  # a malformed cell raises whatever it makes the library raise
            raise refused(Reason.DAMAGED) from None
        return cell_of(written, self.limits).text

    def _tell_fault(self, cell: Stored) -> None:
        """The refusal of a cell, naming its place."""
        try:
            cell_of(self._meanings.written(cell), self.limits)
        except GridError as refusal:
            self.fault = refusal
        except Exception:  # as above
            self.fault = refused(Reason.DAMAGED)


class _FilledError(Exception):
    """A sheet holds something."""


class _Peek(Outline):
    """Hears a sheet until its first cell that is written."""

    def keep(self, cell: Stored) -> None:
        """There is one."""
        raise _FilledError


def _is_filled(archive: Archive, part: str, limits: Limits) -> bool:
    heard = _Peek(limits)
    try:
        archive.hear_one(part, heard)
    except _FilledError:
        return True
    return heard.holds_something
