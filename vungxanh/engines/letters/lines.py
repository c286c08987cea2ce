"""The lines of a letter, their places, and the cells that wide gaps part them into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.passages import fold

# Columns set side by side are parted by a tab or by three blanks and more.
_CELL: Final = re.compile(r"\S+(?:[ \u00a0]{1,2}\S+)*")
_NOT_LETTERS: Final = re.compile(r"^[\W_]*$")
_PAGE_NUMBER: Final = re.compile(r"^\s*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\s*$")
_ANNOTATION: Final = re.compile(r"^\s*mailto:\S+\s*$")  # a PDF's link, set beside the words
_PLAIN_START: Final = re.compile(r"^[\s*_#>]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: where it stands, its words without marks of bold, and those words folded."""

    start: int
    end: int
    raw: str
    words: str
    folded: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing but blanks, rules and marks stands here."""
        return not self.words

    @property
    def indent(self) -> int:
        """How many blanks stand before the first word."""
        return len(self.raw) - len(self.raw.lstrip())


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line between wide gaps: where it stands, and the column it begins in."""

    start: int
    end: int
    column: int


def lines_of(letter: str, start: int = 0, end: int | None = None) -> tuple[Line, ...]:
    """The lines between two offsets; page numbers alone on a line count as blank."""
    return tuple(_lines(letter, start, len(letter) if end is None else end))


def cells_of(line: Line) -> tuple[Cell, ...]:
    """The cells of a line from left to right."""
    found = _CELL.finditer(line.raw)
    return tuple(Cell(line.start + m.start(), line.start + m.end(), m.start()) for m in found)


def _lines(letter: str, start: int, end: int) -> Iterator[Line]:
    at = start
    while at < end:
        stop = letter.find("\n", at, end)
        stop = end if stop < 0 else stop
        raw = letter[at:stop]
        yield Line(at, stop, raw, *_words(raw))
        at = stop + 1


def _words(raw: str) -> tuple[str, str]:
    if _NOT_LETTERS.match(raw) or _PAGE_NUMBER.match(raw) or _ANNOTATION.match(raw):
        return "", ""
    plain = _PLAIN_START.sub("", raw).replace("*", "").strip()
    return plain, fold(plain)
