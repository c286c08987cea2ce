"""Two columns side by side, as in a letterhead and above a signature: found by their gutter.

A gutter is a stretch that stays free over several rows. It counts only where at least two rows
have words on both sides (one, where its words are those of a letterhead or of "Nơi nhận"), and
where the left side is more than bullets, labels or the names of a list of figures.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final

from vungxanh.documents.letterfiles.pages.rows import Row, Segment
from vungxanh.documents.letterfiles.phrases import are_figures, stands_in_two_columns

# In sizes of the type.
_NARROWEST: Final = 0.2
_FARTHEST_LINE: Final = 1.8
_FARTHEST_LINE_ABOVE: Final = 1.5
_FARTHEST_ROW: Final = 6.0
_MOST_ROWS: Final = 200
_FEWEST_ROWS: Final = 2
_LABEL: Final = re.compile(r"[^\w\s]+|\(?[\w.]{1,4}[.)]|.*:")
_ENDLESS: Final = 1e9


@dataclass(frozen=True, slots=True)
class Gutter:
    """Rows `first` to `last` (not included) and the free stretch that parts all of them."""

    first: int
    last: int
    left: float
    right: float

    def sides(self, row: Row) -> tuple[list[Segment], list[Segment]]:
        """The segments of a row on the left and on the right."""
        middle = (self.left + self.right) / 2
        before = [segment for segment in row.segments if segment.left < middle]
        return before, list(row.segments[len(before) :])


def gutters(rows: Sequence[Row]) -> list[Gutter]:
    """The gutters of a page from the top down; none overlaps another."""
    found: list[Gutter] = []
    for place, row in enumerate(rows):
        first = found[-1].last if found else 0
        if place >= first and len(row.segments) > 1:
            grown = [_trimmed(rows, _grown(rows, gutter, first)) for gutter in _gaps(row, place)]
            proved = [gutter for gutter in grown if _is_proved(rows, gutter)]
            if proved:
                found.append(max(proved, key=lambda g: (g.last - g.first, g.right - g.left)))
    return found


def _gaps(row: Row, place: int) -> list[Gutter]:
    return [
        Gutter(place, place + 1, before.right, after.left)
        for before, after in pairwise(row.segments)
    ]


def _grown(rows: Sequence[Row], gutter: Gutter, first: int) -> Gutter:
    """The gutter over as many rows as it stays free in, below and above."""
    anchor = gutter.first
    for place in range(anchor + 1, min(anchor + _MOST_ROWS, len(rows))):
        longer = _narrowed(rows, gutter, place)
        if longer is None or not _may_follow(rows, longer, place):
            break
        gutter = longer
    for place in range(anchor - 1, max(anchor - _MOST_ROWS, first) - 1, -1):
        longer = _narrowed(rows, gutter, place)
        if longer is None or not _may_precede(rows, place):
            break
        gutter = longer
    return gutter


def _trimmed(rows: Sequence[Row], gutter: Gutter) -> Gutter:
    """The gutter without rows at its end that stand apart on the right: a title, the next text."""
    last = gutter.last
    alone = len(
        list(takewhile(lambda row: not gutter.sides(row)[0], rows[gutter.first : last][::-1]))
    )
    for place in range(last - alone, last):
        above, row = rows[place - 1], rows[place]
        if row.base - above.base > _FARTHEST_LINE * min(above.size, row.size):
            return replace(gutter, last=place)
    return gutter


def _narrowed(rows: Sequence[Row], gutter: Gutter, place: int) -> Gutter | None:
    """The part of the gutter that is free in one more row, None where too little is."""
    row = rows[place]
    edges = [-_ENDLESS, *(side for s in row.segments for side in (s.left, s.right)), _ENDLESS]
    free = zip(edges[::2], edges[1::2], strict=True)
    shared = [(max(left, gutter.left), min(right, gutter.right)) for left, right in free]
    left, right = max(shared, key=lambda stretch: stretch[1] - stretch[0])
    if right - left < _NARROWEST * row.size:
        return None
    return Gutter(min(gutter.first, place), max(gutter.last, place + 1), left, right)


def _may_follow(rows: Sequence[Row], gutter: Gutter, place: int) -> bool:
    """A row with words on the left alone may already be the text below the columns."""
    row = rows[place]
    left, right = gutter.sides(row)
    if not left:
        return True
    if right:
        return row.base - rows[place - 1].base <= _FARTHEST_ROW * row.size
    above = [r for r in rows[gutter.first : place] if gutter.sides(r)[0]]
    return not above or row.base - above[-1].base <= _FARTHEST_LINE * row.size


def _may_precede(rows: Sequence[Row], place: int) -> bool:
    row, below = rows[place], rows[place + 1]
    return below.base - row.base <= _FARTHEST_LINE_ABOVE * max(row.size, below.size)


def _is_proved(rows: Sequence[Row], gutter: Gutter) -> bool:
    sides = [gutter.sides(row) for row in rows[gutter.first : gutter.last]]
    both = [(left, right) for left, right in sides if left and right]
    if len(sides) < _FEWEST_ROWS:
        return False
    told = any(stands_in_two_columns(row.text) for row in rows[gutter.first : gutter.last])
    if told:
        return True
    if len(both) < _FEWEST_ROWS or _holds_a_list(both):
        return False
    crowded = sum(len(left) > 1 or len(right) > 1 for left, right in both)
    return 2 * crowded < len(both)


def _holds_a_list(both: list[tuple[list[Segment], list[Segment]]]) -> bool:
    """Bullets or labels on the left, or figures on the right."""
    labels = [left for left, _ in both if _LABEL.fullmatch(_text(left))]
    return 2 * len(labels) >= len(both) or are_figures([_text(right) for _, right in both])


def _text(segments: list[Segment]) -> str:
    return " ".join(segment.text for segment in segments)
