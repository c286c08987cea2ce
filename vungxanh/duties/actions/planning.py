"""Writing down ahead when duties fall due."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from vungxanh.core import clock
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HORIZON, Schedule, due_times

_MOMENT = timedelta(microseconds=1)
_YEAR = timedelta(days=366)


def plan(*, at: datetime) -> int:
    """Write down the coming occurrences of every duty that recurs; returns how many are new.

    Safe to run at any time and as often as one likes: what stands is not written again, and what
    a pause left out is.
    """
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=F("planned_until__date"))
    behind = Duty.objects.filter(
        goes_on, ended_at__isnull=True, planned_until__lt=at + HORIZON
    ).exclude(recurrence="")
    ids = list(behind.order_by("id").values_list("id", flat=True))
    return sum(_further(one, at) for one in ids)


def begin(row: Duty, *, at: datetime) -> None:
    """Write the first times of a new duty; what lay before it was written down is owed too."""
    first_day = datetime.combine(row.starts_on, time(), clock.TZ)
    if not _write(row, after=first_day - _MOMENT, until=_reach(row, at)):
        _must_fall_due(row, at)


@transaction.atomic
def _further(duty_id: UUID, at: datetime) -> int:
    """Take one duty up to the horizon, unless it was ended meanwhile."""
    still = Duty.objects.select_for_update().filter(id=duty_id, ended_at__isnull=True)
    row = still.first()
    return _write(row, after=row.planned_until, until=_reach(row, at)) if row else 0


def _reach(row: Duty, at: datetime) -> datetime:
    """How far ahead a duty is planned: the horizon, and at least its first time if it is once."""
    first = datetime.combine(row.starts_on, row.due_time, clock.TZ)
    return at + HORIZON if row.recurrence else max(at + HORIZON, first)


def _write(row: Duty, *, after: datetime, until: datetime) -> int:
    times = due_times(_schedule(row), after=after, until=until)
    found = [Occurrence(duty=row, day=_day(one), due_at=one) for one in times]
    Occurrence.objects.bulk_create(found, ignore_conflicts=True)
    row.planned_until = until
    row.save(update_fields=["planned_until"])
    return len(found)


def _must_fall_due(row: Duty, at: datetime) -> None:
    later = due_times(_schedule(row), after=at, until=at + _YEAR)
    if next(later, None) is None:
        raise refuse.never_due()


def _schedule(row: Duty) -> Schedule:
    return Schedule(row.starts_on, row.due_time, row.recurrence, row.ends_on)


def _day(due_at: datetime) -> date:
    return due_at.astimezone(clock.TZ).date()
