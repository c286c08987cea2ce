"""A day by the hour: how many came and how many left, as pairs of bars on one scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SLOT: Final = 16
BAR: Final = 6
TALL: Final = 72
TOP: Final = 14
"""Room above the bars for the number of the tallest."""
_MORNING, _EVENING = 6, 20
_EVERY: Final = 3


@dataclass(frozen=True, slots=True)
class HourPair:
    """An hour with the heights of its two bars; `x` is where the first stands."""

    hour: int
    x: int
    came: float
    left: float
    is_named: bool

    @property
    def second_x(self) -> int:
        """Where the second bar stands."""
        return self.x + BAR + 1

    @property
    def came_y(self) -> float:
        """The upper edge of the first bar."""
        return round(TOP + TALL - self.came, 1)

    @property
    def left_y(self) -> float:
        """The upper edge of the second bar."""
        return round(TOP + TALL - self.left, 1)


@dataclass(frozen=True, slots=True)
class DayDrawing:
    """All pairs, how wide the drawing is, and the number of the tallest bar with its place."""

    pairs: tuple[HourPair, ...]
    width: int
    greatest: int
    greatest_x: int
    bottom: int = TOP + TALL
    height: int = TOP + TALL + 16
    bar: int = BAR


def day_drawing(by_hour: Mapping[int, tuple[int, int]]) -> DayDrawing:
    """From six to twenty o'clock at least, further where somebody came or left.

    >>> drawing = day_drawing({5: (2, 0), 9: (4, 1)})
    >>> [(one.hour, one.came, one.left) for one in drawing.pairs if one.came][:2]
    [(5, 36.0, 0.0), (9, 72.0, 18.0)]
    """
    first, last = min([_MORNING, *by_hour]), max([_EVENING, *by_hour])
    greatest = max((max(pair) for pair in by_hour.values()), default=0)
    scale = TALL / max(greatest, 1)
    pairs = []
    for hour in range(first, last + 1):
        came, left = by_hour.get(hour, (0, 0))
        heights = (round(came * scale, 1), round(left * scale, 1))
        pairs.append(HourPair(hour, (hour - first) * SLOT + 1, *heights, hour % _EVERY == 0))
    peak = next((one for one in pairs if max(one.came, one.left) == TALL), None)
    at = 0 if peak is None else peak.x if peak.came >= peak.left else peak.second_x
    return DayDrawing(tuple(pairs), (last - first + 1) * SLOT, greatest, at + BAR // 2)
