"""Small lines: a trend in a table row, and the way to a target beside the pace so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from vungxanh.core.drawings.cells import PointXY, polyline

STEPS = tuple(factor * 10**power for power in range(13) for factor in (1, 2, 5))
MOST_STEPS = 4
LEAST_POINTS = 2
LABEL_HEIGHT = 34.0  # two lines of text at the right end of a line


@dataclass(frozen=True, slots=True)
class Spark:
    """A line without axes that ends in a dot."""

    d: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The plotting field inside a drawing."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A value on the upright axis."""

    y: float
    value: int


@dataclass(frozen=True, slots=True)
class DayTick:
    """A day on the level axis."""

    x: float
    day: date


@dataclass(frozen=True, slots=True)
class Course:
    """A drawn course of figures: axes, the line so far, and where it stands today."""

    frame: Frame
    values: tuple[ValueTick, ...]
    days: tuple[DayTick, ...]
    history: str
    now: PointXY
    needed: str = ""
    wanted_y: float = 0.0
    pace: str = ""
    pace_y: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """From days and values to the drawing; zero is always on the value axis."""

    frame: Frame
    first: date
    last: date
    top: int

    def x(self, day: date) -> float:
        """The place of a day."""
        whole = max((self.last - self.first).days, 1)
        width = self.frame.right - self.frame.left
        return round(self.frame.left + width * (day - self.first).days / whole, 1)

    def y(self, value: float) -> float:
        """The place of a value."""
        height = self.frame.bottom - self.frame.top
        return round(self.frame.bottom - height * value / self.top, 1)


def spark(points: Sequence[int], *, width: float = 58, height: float = 18) -> Spark | None:
    """A trend from its own least to its own greatest value; None with fewer than two points.

    The axis does not begin at zero: a spark shows the course, the figure beside it the size.
    """
    if len(points) < LEAST_POINTS:
        return None
    low, high = min(points), max(points)
    step = (width - 6) / (len(points) - 1)
    placed = tuple(
        (
            round(2 + n * step, 1),
            round(height - 3 - (height - 6) * (p - low) / ((high - low) or 1), 1),
        )
        for n, p in enumerate(points)
    )
    return Spark(polyline(placed), *placed[-1])


def axis_top(greatest: int) -> tuple[int, int]:
    """A round top for an axis from zero, and its step: at most four steps of 1, 2 or 5.

    >>> axis_top(580448), axis_top(9), axis_top(0)
    ((600000, 200000), (10, 5), (1, 1))
    """
    if greatest <= 0:
        return 1, 1
    step = next(step for step in STEPS if -(-greatest // step) <= MOST_STEPS)
    return -(-greatest // step) * step, step


def course(
    history: Sequence[tuple[date, int]],
    *,
    frame: Frame,
    due_on: date | None = None,
    wanted: int | None = None,
    pace_ends_at: int | None = None,
) -> Course:
    """The figures so far and, with a target, the needed line and the line of the present pace.

    `history` is oldest first and not empty. Labels at the right end keep two lines apart.
    """
    now_on, now = history[-1]
    last = max(due_on or now_on, now_on)
    top, step = axis_top(max(wanted or 0, pace_ends_at or 0, *(value for _, value in history)))
    scale = Scale(frame, history[0][0], last, top)
    start = (scale.x(now_on), scale.y(now))
    wanted_y = scale.y(wanted) if wanted is not None else 0.0
    pace_y = scale.y(pace_ends_at) if pace_ends_at is not None else 0.0
    return Course(
        frame=frame,
        values=tuple(ValueTick(scale.y(value), value) for value in range(0, top + 1, step)),
        days=tuple(DayTick(scale.x(day), day) for day in ticks_between(history[0][0], last)),
        history=polyline(tuple((scale.x(day), scale.y(value)) for day, value in history)),
        now=start,
        needed=polyline((start, (frame.right, wanted_y))) if wanted is not None else "",
        wanted_y=wanted_y,
        pace=polyline((start, (frame.right, pace_y))) if pace_ends_at is not None else "",
        pace_y=apart(pace_y, wanted_y if wanted is not None else None),
    )


def apart(y: float, other: float | None) -> float:
    """`y` moved away from `other` until two labels of two lines fit beside each other."""
    if other is None or abs(y - other) >= LABEL_HEIGHT:
        return y
    return other + LABEL_HEIGHT if y >= other else other - LABEL_HEIGHT


def ticks_between(first: date, last: date) -> tuple[date, ...]:
    """The first and the last day and up to three firsts of a month between, clear of both.

    >>> [day.isoformat() for day in ticks_between(date(2021, 5, 26), date(2021, 8, 31))]
    ['2021-05-26', '2021-07-01', '2021-08-01', '2021-08-31']
    """
    if first >= last:
        return (first,)
    clear = max((last - first).days // 8, 1)
    months = [
        day
        for day in _firsts_of_months(first, last)
        if (day - first).days >= clear and (last - day).days >= clear
    ]
    every = -(-len(months) // 3) or 1
    return (first, *months[::every], last)


def _firsts_of_months(first: date, last: date) -> list[date]:
    days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
    return [day for day in days if day.day == 1]
