"""What may follow at a place where something is to be mended: remind, wait, propose, decide.

A round is up to three reminders that were neither met nor have lapsed. Each gives days to mend;
the next comes only when they have passed, and after the third a proposal to suspend.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

MOST_REMINDERS: Final = 3
LONGEST_WAIT: Final = timedelta(days=60)


class Next(StrEnum):
    """What may be done now."""

    REMIND = "remind"
    WAIT = "wait"
    PROPOSE = "propose"
    DECIDE = "decide"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Standing:
    """What was done in the round: the days until which each open reminder asked, oldest first.

    `is_proposed`: a proposal waits for its decision; `is_suspended`: one was accepted and holds.
    """

    due_on: Sequence[date] = ()
    is_proposed: bool = False
    is_suspended: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What may be done: the number of the next reminder, or the first day on which it may be."""

    next: Next
    number: int = 0
    on: date | None = None


def next_step(standing: Standing, *, today: date) -> Step:
    """What may follow today.

    >>> next_step(Standing(), today=date(2026, 3, 2))
    Step(next=<Next.REMIND: 'remind'>, number=1, on=None)
    >>> next_step(Standing([date(2026, 3, 5)]), today=date(2026, 3, 5)).next.value
    'wait'
    """
    if standing.is_suspended:
        return Step(Next.SUSPENDED)
    if standing.is_proposed:
        return Step(Next.DECIDE)
    n_sent = len(standing.due_on)
    if n_sent and today <= standing.due_on[-1]:
        return Step(Next.WAIT, n_sent, standing.due_on[-1] + timedelta(days=1))
    if n_sent >= MOST_REMINDERS:
        return Step(Next.PROPOSE)
    return Step(Next.REMIND, n_sent + 1)


def is_fair_day(due_on: date, *, today: date) -> bool:
    """Whether a day leaves somebody at least until tomorrow, and no longer than two months."""
    return today < due_on <= today + LONGEST_WAIT
