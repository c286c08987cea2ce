"""Lines back to paragraphs: hard line breaks joined, item marks kept apart.

A text is *wrapped* where its lines were broken by hand at a page's width; there a blank line says
little, since some PDF tools put one after every line. Elsewhere a blank line ends a paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from statistics import median, quantiles
from typing import Final

from vungxanh.engines.letters.agencies import starts_agency
from vungxanh.engines.letters.lines import Line, lines_of
from vungxanh.engines.letters.passages import Passage, Span, words

_WRAPPED_MEDIAN: Final = range(45, 115)  # characters of a line on A4
_WRAPPED_LONGEST: Final = 130
_ENDS: Final = (".", "!", "?", "…", "./.", ":", ";")
_HEADING: Final = 70  # characters of a heading that names bodies
_INDENT: Final = 2  # blanks by which the first line of a paragraph stands further in
_SHORT: Final = 0.82  # of the usual full line: a line that ends a paragraph


class Kind(IntEnum):
    """What mark a paragraph bears; a smaller one holds the larger ones."""

    ARTICLE = 1  # "Điều 1."
    ROMAN = 2  # "I."
    NUMBER = 3  # "1."
    SUBNUMBER = 4  # "1.1."
    LETTER = 5  # "a)"
    BULLET = 6  # "-"
    SUBBULLET = 7  # "+"
    NONE = 9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its mark ("1", "a", "-"), what kind of mark, and its words."""

    kind: Kind
    mark: str
    passage: Passage


_MARK_END: Final = r"(?=\s|[\"“(*_A-ZĐÀ-Ỹ])"
_MARKS: Final = (
    (Kind.ARTICLE, re.compile(r"Đi[eề]u\s+(\d{1,2})\s*[.:]\s*")),
    (Kind.SUBNUMBER, re.compile(r"(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)[.)]?\s+(?=\D)")),
    (Kind.NUMBER, re.compile(r"(\d{1,2})\s?[.)]\s*" + _MARK_END + r"\s*(?!\d)")),
    (Kind.ROMAN, re.compile(r"([IVX]{1,4})\s?[.)]\s+")),
    (Kind.LETTER, re.compile(r"([a-zđ])\s?[.)]\s+")),
    (Kind.SUBBULLET, re.compile(r"(\+)\s*" + _MARK_END)),
    (Kind.BULLET, re.compile(r"([-–—•*·])(?:\s+|(?=[A-ZĐÀ-Ỹ][^A-ZĐ\W]))")),
)
_BOLD_START: Final = re.compile(r"^[\s#*_>]*")
_LINK: Final = re.compile(r"<?https?://\S+[^\s.]>?")
_PREAMBLE: Final = words(r"^(?:thực hiện|căn cứ|nhằm|để|theo|hiện nay|đề nghị|trân trọng)\b")


def paragraphs_of(letter: str, zone: Span, without: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs between two offsets; stretches `without` (tables) are left out."""
    lines = [line for line in lines_of(letter, *zone) if not _is_left_out(line, without)]
    gaps = _gaps(letter, lines)
    width = _full_width(lines)
    groups: list[list[Line]] = []
    for at, line in enumerate(lines):
        if at and not _starts(lines[at - 1], line, gap=gaps[at], usual=_usual(gaps), width=width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return tuple(_paragraph(letter, group) for group in groups)


def _is_left_out(line: Line, without: Sequence[Span]) -> bool:
    return line.is_blank or any(start <= line.end and line.start < end for start, end in without)


def mark_of(text: str) -> tuple[Kind, str, int]:
    """The mark a line begins with, its kind, and where the words after it begin."""
    skipped = _bold(text)
    for kind, pattern in _MARKS:
        found = pattern.match(text, skipped)
        if found:
            return kind, found.group(1), found.end()
    return Kind.NONE, "", skipped


def _bold(text: str) -> int:
    """How many marks of bold and headings stand before the words; a lone `*` is a bullet."""
    found = _BOLD_START.match(text)
    skipped = found.end() if found else 0
    return 0 if text.lstrip()[:2] == "* " else skipped


def _paragraph(letter: str, group: Sequence[Line]) -> Paragraph:
    kind, mark, begins = mark_of(group[0].raw.lstrip())
    start = group[0].start + group[0].indent + begins
    return Paragraph(kind, mark, Passage.of(letter, start, group[-1].end))


def _starts(last: Line, line: Line, *, gap: int, usual: int, width: int | None) -> bool:
    """Whether a line begins a paragraph of its own."""
    if mark_of(line.raw.lstrip())[0] is not Kind.NONE:
        return True
    is_ended = last.words.endswith(_ENDS)
    if not is_ended and _is_heading(last) and line.words[:1].isupper():
        return True
    if width is None:
        return gap > 0 or is_ended
    if (is_ended and _LINK.fullmatch(line.words)) or _LINK.fullmatch(last.words):
        return line.words[:1].isupper() or last.words.endswith(".")
    if line.words[:1].islower():
        return False
    if last.words.endswith(":"):
        return True
    if is_ended and line.indent >= last.indent + _INDENT:
        return True
    is_short = len(last.words) < _SHORT * width
    return (is_ended and (is_short or gap > usual)) or _is_apart(last, line, is_short=is_short)


def _is_heading(line: Line) -> bool:
    """A short numbered line without a final sign: the bodies of a part."""
    kind, _, begins = mark_of(line.raw.lstrip())
    named = Passage.of(line.raw.lstrip()[begins:])
    is_short = len(named.text) < _HEADING and not named.text.endswith(",")
    return kind in (Kind.NUMBER, Kind.ROMAN, Kind.SUBNUMBER) and is_short and starts_agency(named)


def _is_apart(last: Line, line: Line, *, is_short: bool) -> bool:
    """A heading without a full stop, or an opening after a short line."""
    if last.words.isupper() != line.words.isupper():
        return True
    is_heading = is_short and mark_of(last.raw.lstrip())[0] < Kind.BULLET
    return is_short and (is_heading or bool(_PREAMBLE.match(line.folded)))


def _gaps(letter: str, lines: Sequence[Line]) -> list[int]:
    """How many blank lines stand before each line."""
    gaps = [0]
    for last, line in pairwise(lines):
        gaps.append(letter.count("\n", last.end, line.start) - 1)
    return gaps


def _usual(gaps: Sequence[int]) -> int:
    return int(median(gaps[1:])) if len(gaps) > 1 else 0


def _full_width(lines: Sequence[Line]) -> int | None:
    """The width at which lines were broken, or None where they were not."""
    lengths = [len(line.words) for line in lines]
    if len(lengths) < 2 or max(lengths) > _WRAPPED_LONGEST:
        return None
    upper = int(quantiles(lengths, n=10)[-1])
    return upper if upper in _WRAPPED_MEDIAN else None
