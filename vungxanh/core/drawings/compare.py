"""A few numbers as bars on one scale: what was claimed beside what was counted."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ROW_HEIGHT = 19
BAR_HEIGHT = 15


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its words, its value, and whether it is the disputed claim, a base or our count."""

    label: str
    value: int
    role: Literal["claim", "base", "count"] = "count"


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """A bar with its place: row `y`, `width`, and where its value is written."""

    bar: Bar
    y: int
    width: float
    value_x: float

    @property
    def label_y(self) -> int:
        """The baseline of the words."""
        return self.y + 11

    @property
    def value_y(self) -> int:
        """The baseline of the value."""
        return self.y + 12


def placed_bars(bars: tuple[Bar, ...], *, left: float, width: float) -> tuple[PlacedBar, ...]:
    """Bars from zero on one scale, the greatest `width` wide, beginning at `left`.

    >>> [bar.width for bar in placed_bars((Bar("a", 10), Bar("b", 5)), left=0, width=100)]
    [100.0, 50.0]
    """
    greatest = max((bar.value for bar in bars), default=0) or 1
    widths = [round(max(bar.value, 0) * width / greatest, 1) for bar in bars]
    return tuple(
        PlacedBar(bar, index * ROW_HEIGHT, wide, left + wide + 8)
        for index, (bar, wide) in enumerate(zip(bars, widths, strict=True))
    )


def part_of(value: Decimal | None, scale: Decimal, width: float) -> float:
    """How wide `value` is on a bar `width` wide whose whole is `scale`; 0 when not known.

    >>> part_of(Decimal("13.60"), Decimal("30"), 60)
    27.2
    """
    if value is None or scale <= 0:
        return 0.0
    return round(float(min(max(value, Decimal(0)), scale) / scale) * width, 1)
