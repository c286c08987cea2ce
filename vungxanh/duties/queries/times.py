"""Times of duties of one room: what it needs to say who reported when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import State

_FIELDS = ("duty_id", "id", "day", "due_at", "state", "was_late", "met_at", "n_met", "reason")


@dataclass(frozen=True, slots=True)
class Time:
    """One time that a duty falls due, bare."""

    duty_id: UUID
    id: UUID
    day: date
    due_at: datetime
    state: State
    was_late: bool
    met_at: datetime | None
    n_met: int
    reason: str


def times(duties: Collection[UUID], *, first: date, last: date) -> tuple[Time, ...]:
    """All times of these duties on the days from `first` to `last`; one query.

    For the room whose duties they are: it answers for who may see them.
    """
    found = Occurrence.objects.filter(duty_id__in=duties, day__gte=first, day__lte=last)
    rows = found.order_by("due_at", "id").values_list(*_FIELDS)
    return tuple(
        Time(duty, key, day, due_at, State(state), *rest)
        for duty, key, day, due_at, state, *rest in rows
    )
