"""What became of the reports that were due, how often they came, who fails again and again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vungxanh.duties.values import State
from vungxanh.uptake.rules.reporting import OFFENCES, WITHIN


class Mark(StrEnum):
    """What is said of a reporter and a day; several may hold: late, revised and zero.

    `AWAITED`: its time is not past. `WAIVED`: let off, and nothing came. `ZERO`: it came and told
    nought, which is not `MISSING`.
    """

    MISSING = "missing"
    LATE = "late"
    ON_TIME = "on_time"
    AWAITED = "awaited"
    WAIVED = "waived"
    REVISED = "revised"
    ZERO = "zero"


OFFENDING = frozenset({Mark.MISSING, Mark.LATE})
CAME = frozenset({Mark.ON_TIME, Mark.LATE})
Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """What a duty says of a day."""

    state: State
    due_at: datetime
    was_late: bool


@dataclass(frozen=True, slots=True)
class Came:
    """The report that stands for a day: its revision, counted from 1, and whether all is nought."""

    revision: int
    is_zero: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Of how many reports that were due, how many came, and how many of those in time."""

    n_expected: int = 0
    n_came: int = 0
    n_on_time: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(
            self.n_expected + other.n_expected,
            self.n_came + other.n_came,
            self.n_on_time + other.n_on_time,
        )


def marks_of(due: Due, came: Came | None, *, at: datetime) -> Marks:
    """What is said of a day on which something was owed; nothing where it was never rightly owed.

    >>> from datetime import UTC
    >>> hour = datetime(2020, 8, 28, 9, tzinfo=UTC)
    >>> [one.value for one in marks_of(Due(State.REVISED, hour, True), Came(2, True), at=hour)]
    ['late', 'revised', 'zero']
    >>> [one.value for one in marks_of(Due(State.OPEN, hour, False), None, at=hour)]
    ['awaited']
    """
    if came is None:
        return _without(due, at)
    first = Mark.LATE if due.was_late else Mark.ON_TIME
    revised = (Mark.REVISED,) if came.revision > 1 else ()
    zero = (Mark.ZERO,) if came.is_zero else ()
    return (first, *revised, *zero)


def _without(due: Due, at: datetime) -> Marks:
    if due.state is State.CANCELLED:
        return ()
    if due.state is State.WAIVED:
        return (Mark.WAIVED,)
    return (Mark.MISSING,) if at > due.due_at else (Mark.AWAITED,)


def tallied(days: Iterable[Marks]) -> Tally:
    """How many came of those due; what is let off or still has time was not due.

    >>> tallied([(Mark.LATE,), (Mark.ON_TIME, Mark.ZERO), (Mark.MISSING,), (Mark.AWAITED,)])
    Tally(n_expected=3, n_came=2, n_on_time=1)
    """
    came = on_time = missing = 0
    for marks in days:
        on_time += Mark.ON_TIME in marks
        came += Mark.ON_TIME in marks or Mark.LATE in marks
        missing += Mark.MISSING in marks
    return Tally(came + missing, came, on_time)


def offences(days: Sequence[tuple[date, Marks]]) -> tuple[date, ...]:
    """The days, in order, on which a reporter was late or missing too often within a week.

    >>> first, late = date(2020, 8, 1), (Mark.LATE,)
    >>> on = [(first.replace(day=day), late) for day in (1, 9, 15, 23)]
    >>> [day.day for day in offences(on)]
    [9, 15]
    """
    bad = sorted(day for day, marks in days if OFFENDING.intersection(marks))
    found = {
        one
        for start in range(len(bad) - OFFENCES + 1)
        if bad[start + OFFENCES - 1] - bad[start] < WITHIN
        for one in bad[start : start + OFFENCES]
    }
    return tuple(sorted(found))
