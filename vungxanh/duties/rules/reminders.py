"""When the holder of a duty is reminded, and when going one unit up is proposed."""

from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from typing import Final


class Pace(StrEnum):
    """How fast reminders follow one another: within the afternoon, or within the week."""

    HOURS = "hours"
    DAYS = "days"


class Step(StrEnum):
    """How far the reminding of one occurrence has gone."""

    NONE = "none"
    BEFORE = "before"
    ON = "on"
    AFTER_1 = "after_1"
    AFTER_2 = "after_2"
    AFTER_3 = "after_3"
    PROPOSED = "proposed"


_ORDER: Final = tuple(Step)
_HOURS = (-60, 0, 15, 30, 45, 60)
_DAYS = (-1, 0, 1, 2, 3, 4)
_STEPS = _ORDER[1:]
PACES: Final = {
    Pace.HOURS: tuple(zip(_STEPS, (timedelta(minutes=n) for n in _HOURS), strict=True)),
    Pace.DAYS: tuple(zip(_STEPS, (timedelta(days=n) for n in _DAYS), strict=True)),
}
"""Each step and how long after the due time; what is due at 16h00 daily is settled by 17h00."""


def step_at(pace: Pace, *, due_at: datetime, at: datetime) -> Step:
    """The last step whose time has come: after a night without power only the newest is taken.

    >>> from datetime import UTC
    >>> due = datetime(2020, 8, 28, 9, tzinfo=UTC)
    >>> [step_at(Pace.HOURS, due_at=due, at=due + timedelta(minutes=n)).value for n in (-61, 0, 50)]
    ['none', 'on', 'after_3']
    """
    come = takewhile(lambda step: due_at + step[1] <= at, PACES[pace])
    return max((step for step, _ in come), key=_ORDER.index, default=Step.NONE)


def step_to_take(pace: Pace, taken: Step, *, due_at: datetime, at: datetime) -> Step | None:
    """The newest step whose time has come, if it lies beyond what was taken.

    A clock that was set back, or a run that began earlier and comes later, takes no step again.

    >>> from datetime import UTC
    >>> due = datetime(2020, 8, 28, 9, tzinfo=UTC)
    >>> [step_to_take(Pace.HOURS, one, due_at=due, at=due) for one in (Step.BEFORE, Step.AFTER_1)]
    [<Step.ON: 'on'>, None]
    """
    newest = step_at(pace, due_at=due_at, at=at)
    return newest if _ORDER.index(newest) > _ORDER.index(taken) else None
