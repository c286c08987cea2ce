"""A few numbers as bars on one scale: what was claimed beside what was counted."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its words, its value, and whether it is the disputed claim, a base or our count."""

    label: str
    value: int
    role: Literal["claim", "base", "count"] = "count"


@dataclass(frozen=True, slots=True)
class MeasuredBar:
    """A bar with its width in pixels."""

    bar: Bar
    width: float


def measured_bars(bars: tuple[Bar, ...], *, width: float) -> tuple[MeasuredBar, ...]:
    """Bars from zero on one scale, the greatest `width` wide.

    >>> [bar.width for bar in measured_bars((Bar("a", 10), Bar("b", 5)), width=100)]
    [100.0, 50.0]
    """
    greatest = max((bar.value for bar in bars), default=0) or 1
    return tuple(MeasuredBar(bar, round(max(bar.value, 0) * width / greatest, 1)) for bar in bars)


def part_of(value: Decimal | None, scale: Decimal, width: float) -> float:
    """How wide `value` is on a bar `width` wide whose whole is `scale`; 0 when not known.

    >>> part_of(Decimal("13.60"), Decimal("30"), 60)
    27.2
    """
    if value is None or scale <= 0:
        return 0.0
    return round(float(min(max(value, Decimal(0)), scale) / scale) * width, 1)
