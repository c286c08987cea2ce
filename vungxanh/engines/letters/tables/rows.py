"""The lines of a stretch of a letter, and the tokens of a line with their places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables.types import RawCell

# A number with signs of grouping and decimals, a share, a rank "43/63", a day, a moment.
_FIGURE: Final = re.compile(
    r"[-−+]?\d{1,15}(?:[.,\u00a0\u202f]\d{1,15}){0,6} ?%?|\d{1,4}(?:/\d{1,4}){1,2}|\d{1,2}[h:]\d{2}"
)
_DASH: Final = re.compile(r"[-–—…]|\.{3,}")
# One number whose groups are parted by fixed blanks stays one token.
_TOKEN: Final = re.compile(r"\d{1,3}(?:[\u00a0\u202f]\d{3}){1,5}(?!\S)|[^\s*]+")
_MARKS: Final = re.compile(r"\*{1,3}|<br\s*/?>", re.IGNORECASE)
_TAB: Final = 8
_LONGEST_FIGURE: Final = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the letter without its end; `start` is its offset in the letter."""

    number: int
    start: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here."""
        return not self.text.strip()

    def cell(self, start: int, end: int) -> RawCell:
        """A stretch of the line as a cell, without blanks at its ends and marks of bold."""
        piece = self.text[start:end]
        bare = piece.strip()
        if not bare:
            return RawCell()
        left = self.start + start + len(piece) - len(piece.lstrip())
        text = " ".join(_MARKS.sub(" ", bare).split())
        return RawCell(text, ((left, left + len(bare)),)) if text else RawCell()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or figure of a line; `start` and `end` are columns of that line from 0."""

    text: str
    line: Line
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its place in the letter."""
        return (self.line.start + self.start, self.line.start + self.end)

    @property
    def is_figure(self) -> bool:
        """Whether this could stand alone in a cell of figures."""
        return len(self.text) <= _LONGEST_FIGURE and _FIGURE.fullmatch(self.text) is not None

    @property
    def is_dash(self) -> bool:
        """Whether this is how people write that there is no figure."""
        return _DASH.fullmatch(self.text) is not None


def gap_between(before: Token, token: Token) -> int:
    """How many blanks part two tokens of a line; a TAB is as wide as eight."""
    between = before.line.text[before.end : token.start]
    return sum(_TAB if c == "\t" else c.isspace() for c in between)


def lines_of(letter: str, start: int, end: int) -> tuple[Line, ...]:
    """The lines between two offsets, numbered from 0."""
    found: list[Line] = []
    at = start
    for text in letter[start:end].split("\n"):
        found.append(Line(len(found), at, text))
        at += len(text) + 1
    return tuple(found)


def tokens_of(line: Line) -> Iterator[Token]:
    """The words and figures of a line; a per cent sign belongs to the number before it."""
    held: Token | None = None
    for match in _TOKEN.finditer(line.text):
        token = Token(match.group(), line, match.start(), match.end())
        if token.text == "%" and held is not None and held.is_figure:
            held = Token(f"{held.text} %", line, held.start, token.end)
            continue
        if held is not None:
            yield held
        held = token
    if held is not None:
        yield held


def cell_of(tokens: Iterable[Token]) -> RawCell:
    """Tokens of one or several lines as one cell."""
    taken = tuple(tokens)
    return RawCell(" ".join(token.text for token in taken), tuple(token.span for token in taken))
