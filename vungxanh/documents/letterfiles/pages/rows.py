"""Words to rows: what stands on one line, in segments parted by gaps wider than a blank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vungxanh.documents.letterfiles.pages.boxes import Word

# In sizes of the type. A blank is a quarter wide; raised figures stand a third higher.
_SAME_BASE: Final = 0.4
_NARROWEST_GAP: Final = 0.6
_GAP_OF_TWO_WORDS: Final = 1.0
_TIMES_A_BLANK: Final = 1.8
_SAME_ROW: Final = 0.65
_WIDE_BLANK: Final = "    "


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of one row that stand close together, from left to right."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return max(word.right for word in self.words)

    @property
    def text(self) -> str:
        """Its words with single blanks."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """Segments side by side, from left to right; never empty."""

    segments: tuple[Segment, ...]

    @property
    def base(self) -> float:
        """The baseline of its first word."""
        return self.segments[0].words[0].base

    @property
    def size(self) -> float:
        """The size of its largest type."""
        return max(word.size for segment in self.segments for word in segment.words)

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.segments[-1].right

    @property
    def text(self) -> str:
        """Its segments with wide blanks between."""
        return _WIDE_BLANK.join(segment.text for segment in self.segments)


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of some words from the top down."""
    rows: list[Row] = []
    for strip in _strips(words):
        segments = _segments(strip)
        if rows and _stand_beside(rows[-1], strip[0], segments):
            both = (*rows[-1].segments, *segments)
            rows[-1] = Row(tuple(sorted(both, key=lambda segment: segment.left)))
        else:
            rows.append(Row(segments))
    return rows


def _strips(words: Iterable[Word]) -> list[list[Word]]:
    """Words on one baseline, which may be raised or lowered a little, each from left to right."""
    strips: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.base, word.left)):
        last = strips[-1][0] if strips else None
        if last and abs(word.base - last.base) <= _SAME_BASE * max(word.size, last.size):
            strips[-1].append(word)
        else:
            strips.append([word])
    return [sorted(strip, key=lambda word: word.left) for strip in strips]


def _segments(strip: Sequence[Word]) -> tuple[Segment, ...]:
    widest = _widest_blank(strip)
    segments: list[list[Word]] = []
    right = 0.0
    for word in strip:
        if segments and word.left - right <= widest:
            segments[-1].append(word)
            right = max(right, word.right)
        else:
            segments.append([word])
            right = word.right
    return tuple(Segment(tuple(words)) for words in segments)


def _widest_blank(strip: Sequence[Word]) -> float:
    """How wide a gap may be and still be a blank: justified lines have wide blanks throughout."""
    size = max(word.size for word in strip)
    gaps = sorted(after.left - before.right for before, after in pairwise(strip))
    if len(gaps) < 2:
        return _GAP_OF_TWO_WORDS * size
    usual = gaps[(len(gaps) - 1) // 4]
    return max(_NARROWEST_GAP * size, _TIMES_A_BLANK * usual)


def _stand_beside(row: Row, first: Word, segments: tuple[Segment, ...]) -> bool:
    """Whether segments a little lower stand beside a row: columns of different type sizes."""
    if first.base - row.base > _SAME_ROW * min(first.size, row.size):
        return False
    return all(
        there.right < here.left or here.right < there.left
        for there in row.segments
        for here in segments
    )
