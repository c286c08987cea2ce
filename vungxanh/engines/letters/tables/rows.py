"""The lines of a stretch of a letter in which something is written, and their words and figures."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from vungxanh.engines.letters.passages import Span
from vungxanh.engines.letters.tables.types import RawCell
from vungxanh.engines.letters.tables.vocabulary import wants_number

MOST_LINES: Final = 12_000
"""As many lines are read, blank ones not counted: the communes of the country, once."""
_LONGEST: Final = 600  # characters of a line that may be a row
_MOST_WORDS: Final = 80
_PROSE: Final = 60  # characters of a line without a figure that is not taken apart
_TAB: Final = 8

# A moment stays one token: "17h00 ngày 26/5/2021".
_MOMENT: Final = (
    r"(?:\d{1,2} ?(?:h|giờ|:) ?\d{0,2}['’]?,? +)?(?:ngày +)?\d{1,2}/\d{1,2}/\d{4}(?![^\s*])"
)
# A number with signs of grouping and decimals, a share, a rank "43/63", a day.
_FIGURE: Final = re.compile(
    r"[-−+]?\d{1,15}(?:[.,\u00a0\u202f]\d{1,15}){0,6} ?%?|\d{1,4}(?:/\d{1,4}){1,2}|\d{1,2}[h:]\d{2}"
    rf"|{_MOMENT}"
)
_DIGIT: Final = re.compile(r"\d")
_DASH: Final = re.compile(r"[-–—…]|\.{3,}")
_ORDER: Final = re.compile(r"0?(\d{1,5})[.)]?")
# "(1)", "(5)=(3)/(4)", "4=3/2": what numbers the columns under official heads.
_NUMBERING: Final = re.compile(r"\(\d{1,2}\)(=\S{1,20})?|\d{1,2}=\S{1,20}")
_NUMBER_OF_NAME: Final = re.compile(r"[1-9]\d?")
# One number whose groups are parted by fixed blanks stays one token.
_TOKEN: Final = re.compile(
    rf"{_MOMENT}|\d{{1,3}}(?:[\u00a0\u202f]\d{{3}}){{1,5}}(?!\S)|[^\s*]+(?: %(?!\S))?"
)
# A line that may be a row begins or ends with a figure, or has two beside each other.
_NUMERAL: Final = r"[\d(][\d().,/%h:=+-]*"
_ALONE: Final = rf"(?<![^\s*])(?:{_NUMERAL}|[-–—…−]|\.{{3,}})"
_ROW: Final = re.compile(
    rf"^[\s*]*{_NUMERAL}(?![^\s*])|{_ALONE}[\s*]*$|{_ALONE}[\s*]+(?:{_NUMERAL}|[-–—…−])(?![^\s*])"
)
_MARKS: Final = re.compile(r"\*{1,3}|<br\s*/?>", re.IGNORECASE)
_REMARK: Final = 4  # runs in a line that may end in a remark with a number in it
_LONGEST_FIGURE: Final = 30


class Token(NamedTuple):
    """A word or figure; `start` and `end` are columns of its line from 0.

    `is_figure` says that it could stand alone in a cell: a number that belongs to a name could
    not, a dash where a figure lacks could. `is_first` says that it begins its line.
    """

    text: str
    line: "Line"
    start: int
    end: int
    is_figure: bool
    is_first: bool

    @property
    def span(self) -> Span:
        """Its place in the letter."""
        return (self.line.start + self.start, self.line.start + self.end)

    @property
    def order(self) -> int | None:
        """The number of a row, if this could be one: it begins a line."""
        match = _ORDER.fullmatch(self.text) if self.is_first else None
        return int(match.group(1)) if match else None


@dataclass(frozen=True)
class Line:
    """A line in which something is written; `start` is its offset in the letter.

    `number` counts such lines from 0, `n_blank` the blank lines above it. A line whose `text` is
    empty stands for what is read already.
    """

    number: int
    start: int
    text: str
    n_blank: int = 0

    def cell(self, start: int, end: int) -> RawCell:
        """A stretch of the line as a cell, without blanks at its ends and marks of bold."""
        piece = self.text[start:end]
        bare = piece.strip()
        if not bare:
            return RawCell()
        left = self.start + start + len(piece) - len(piece.lstrip())
        text = " ".join(_MARKS.sub(" ", bare).split())
        return RawCell(text, ((left, left + len(bare)),)) if text else RawCell()

    @cached_property
    def may_be_row(self) -> bool:
        """Whether it is as short as a line without signs between its cells."""
        return 0 < len(self.text) <= _LONGEST and len(self.text.split()) <= _MOST_WORDS

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The words and figures; a per cent sign belongs to the number before it."""
        return _classed(self, [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(self.text)])

    @cached_property
    def stream(self) -> tuple[Token, ...]:
        """The same, but prose and what is read already as one word that is no name."""
        is_short = len(self.text) <= _PROSE
        if not self.may_be_row or not (is_short or _ROW.search(self.text)):
            bare = self.text.strip()
            start = self.text.find(bare)
            return (Token(bare, self, start, start + len(bare), is_figure=False, is_first=True),)
        return _with_remarks(self.tokens)


def lines_of(letter: str, start: int, end: int) -> tuple[Line, ...]:
    """The lines between two offsets in which something is written, `MOST_LINES` at most."""
    found: list[Line] = []
    at, n_blank = start, 0
    for text in letter[start:end].split("\n"):
        if not text or text.isspace():
            n_blank += 1
        elif len(found) < MOST_LINES:
            found.append(Line(len(found), at, text, n_blank))
            n_blank = 0
        at += len(text) + 1
    return tuple(found)


def _classed(line: Line, words: Sequence[tuple[str, int, int]]) -> tuple[Token, ...]:
    figures = [_is_figure(line, words, i) for i in range(len(words))]
    dashes = [_DASH.fullmatch(text) is not None for text, _, _ in words]
    if any(dashes):
        _class_dashes(figures, dashes)
    return tuple(
        Token(text, line, start, end, is_figure, i == 0)
        for i, ((text, start, end), is_figure) in enumerate(zip(words, figures, strict=True))
    )


def _class_dashes(figures: list[bool], dashes: Sequence[bool]) -> None:
    """A dash is a figure beside figures, at the end of a line, and on a line of nothing else."""
    is_bare = all(a or b for a, b in zip(figures, dashes, strict=True))
    for i in range(len(figures) - 1, -1, -1):
        if dashes[i]:
            is_before = i + 1 == len(figures) or figures[i + 1]
            figures[i] = is_bare or (i > 0 and (is_before or figures[i - 1]))


def _is_figure(line: Line, words: Sequence[tuple[str, int, int]], i: int) -> bool:
    text, start, _ = words[i]
    if len(text) > _LONGEST_FIGURE or not _DIGIT.search(text):
        return False
    if i == 0 and _ORDER.fullmatch(text):
        return True
    if not _FIGURE.fullmatch(text):
        return _NUMBERING.fullmatch(text) is not None
    if i == 0 or not _NUMBER_OF_NAME.fullmatch(text):
        return True
    before, _, end = words[i - 1]
    return width_between(line, end, start) > 1 or not wants_number(before)


def _with_remarks(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """A single figure between words belongs to them, after the figures: "thiếu 2 xã"."""
    groups = [list(group) for _, group in groupby(tokens, key=lambda token: token.is_figure)]
    if len(groups) < _REMARK:
        return tokens
    longest = max(len(group) for group in groups if group[0].is_figure)
    seen = 0
    for i, group in enumerate(groups):
        is_inside = 0 < i < len(groups) - 1 and seen == longest > len(group) == 1
        if is_inside and group[0].is_figure:
            groups[i] = [group[0]._replace(is_figure=False)]
        seen = max(seen, len(group) if group[0].is_figure else 0)
    return tuple(token for group in groups for token in group)


def width_between(line: Line, end: int, start: int) -> int:
    """How many blanks stand between two columns of a line; a TAB is as wide as eight."""
    return sum(_TAB if c == "\t" else c.isspace() for c in line.text[end:start])


def gap_between(before: Token, token: Token) -> int:
    """How many blanks part two tokens of a line."""
    return width_between(before.line, before.end, token.start)


def by_line(tokens: Iterable[Token]) -> list[tuple[Token, ...]]:
    """Tokens grouped by the line they stand in."""
    return [tuple(group) for _, group in groupby(tokens, key=lambda t: t.line.number)]


def text_of(tokens: Iterable[Token]) -> str:
    """Tokens with one blank between."""
    return " ".join(" ".join(token.text for token in tokens).split())


def cell_of(tokens: Iterable[Token]) -> RawCell:
    """Tokens of one or several lines as one cell."""
    taken = tuple(tokens)
    return RawCell(text_of(taken), tuple(token.span for token in taken))
