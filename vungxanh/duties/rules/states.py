"""What a duty may be and become."""

from datetime import datetime
from enum import StrEnum


class HolderKind(StrEnum):
    """Who owes it: an administrative unit or an organisation."""

    UNIT = "unit"
    ORGANISATION = "organisation"


class SourceKind(StrEnum):
    """What it is owed by: an official letter, a standing rule, a law."""

    LETTER = "letter"
    RULE = "rule"
    LAW = "law"


class State(StrEnum):
    """What became of one occurrence of a duty.

    `OPEN`: nothing came yet. `DONE`: it came in time; `LATE`: it came after. `REVISED`: it came and
    was replaced by another. `WAIVED`: whoever it is owed to lets it be, with a reason. `CANCELLED`:
    it was never rightly owed, with a reason; it counts nowhere.
    """

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    REVISED = "revised"
    WAIVED = "waived"
    CANCELLED = "cancelled"


MET = frozenset({State.DONE, State.LATE, State.REVISED})
ENDED = frozenset({State.WAIVED, State.CANCELLED})


def is_overdue(state: State, *, due_at: datetime, at: datetime) -> bool:
    """Whether it is owed, and its time is past; at the due time itself it is not yet."""
    return state is State.OPEN and at > due_at


def may_be_met(state: State) -> bool:
    """Whether evidence may still come; a waived duty may be met all the same."""
    return state is not State.CANCELLED


def state_when_met(state: State, *, due_at: datetime, at: datetime) -> State:
    """What an occurrence becomes when evidence comes at an instant.

    >>> from datetime import UTC
    >>> due = datetime(2020, 8, 28, 9, tzinfo=UTC)
    >>> state_when_met(State.OPEN, due_at=due, at=due).value
    'done'
    >>> state_when_met(State.LATE, due_at=due, at=due).value
    'revised'
    """
    if state in MET:
        return State.REVISED
    return State.DONE if at <= due_at else State.LATE
