"""Writing duties down, and the times at which they fall due."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from vungxanh.accounts.values import Standing, area_of
from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.loading import owed_duty, reasoned
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import HORIZON, HolderKind, Schedule, State, due_times, recurrence
from vungxanh.duties.values import MANAGE, Holder, NewDuty
from vungxanh.locations import queries as locations
from vungxanh.locations.queries import organisations
from vungxanh.locations.values import BadUnitIdError, UnknownUnitError
from vungxanh.refusals import RefusalError

_MOMENT = timedelta(microseconds=1)


def owe(*, duty: NewDuty, by: Viewer, at: datetime) -> UUID:
    """Write a duty down with its next times; the id of the one that stands where its key is known.

    Records duties.owed.
    """
    by.require(MANAGE)
    _must_own(duty.owed_to, by)
    _must_be_holder(duty.holder)
    with transaction.atomic():
        known = Duty.objects.filter(key=duty.key).first() if duty.key else None
        if known is not None:
            return known.id
        row = _row(duty, by=by, at=at)
        row.save(force_insert=True)
        if not _plan(row, after=_before_first(row), until=_reach(row, at)):
            _must_fall_due(row, at)
        detail = {"kind": row.kind, "holder": str(row.holder_kind), "owed_to": row.owed_to_id}
        record(event="duties.owed", by=by, at=at, subject=f"duty:{row.id}", detail=detail)
    return row.id


def end_duty(*, duty_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """Owe it no longer: what is not yet due and open is cancelled; what was due stays.

    Records duties.ended.
    """
    with transaction.atomic():
        row = owed_duty(duty_id, by=by)
        if row.ended_at is not None:
            raise refuse.already_ended()
        row.ended_at, row.ended_by, row.ended_reason = at, by.id, reasoned(reason)
        row.save(update_fields=["ended_at", "ended_by", "ended_reason"])
        ahead = row.occurrences.filter(state=State.OPEN, due_at__gt=at)
        n_ahead = ahead.update(
            state=State.CANCELLED, decided_at=at, decided_by=by.id, reason=row.ended_reason
        )
        detail = {"cancelled": n_ahead}
        record(event="duties.ended", by=by, at=at, subject=f"duty:{row.id}", detail=detail)


def plan(*, at: datetime) -> int:
    """Write down the coming occurrences of every duty that recurs; returns how many are new.

    Safe to run at any time and as often as one likes: what stands is not written again.
    """
    n_new = 0
    today = at.astimezone(clock.TZ).date()
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    behind = Duty.objects.filter(
        goes_on, ended_at__isnull=True, planned_until__lt=at + HORIZON
    ).exclude(recurrence="")
    ids = list(behind.order_by("id").values_list("id", flat=True))
    for duty_id in ids:
        with transaction.atomic():
            row = Duty.objects.select_for_update().get(id=duty_id)
            n_new += _plan(row, after=row.planned_until, until=_reach(row, at))
    return n_new


def schedule_of(row: Duty) -> Schedule:
    """When a duty falls due."""
    return Schedule(row.starts_on, row.due_time, row.recurrence, row.ends_on)


def _row(duty: NewDuty, *, by: Viewer, at: datetime) -> Duty:
    is_unit = duty.holder.kind is HolderKind.UNIT
    return Duty(
        kind=duty.kind,
        key=duty.key or None,
        title=" ".join(duty.title.split()),
        note=duty.note.strip(),
        unit_id=duty.holder.id if is_unit else None,
        organisation_id=None if is_unit else UUID(duty.holder.id),
        role=duty.holder.role,
        owed_to_id=duty.owed_to,
        source_kind=duty.source_kind,
        source=" ".join(duty.source.split()),
        starts_on=duty.schedule.starts_on,
        due_time=duty.schedule.due_time,
        recurrence=recurrence(duty.schedule.recurrence),
        ends_on=duty.schedule.ends_on,
        pace=duty.pace,
        planned_until=at,
        created_at=at,
        created_by=by.id,
    )


def _before_first(row: Duty) -> datetime:
    """Just before the first day; what lay before it was written down is owed too."""
    return datetime.combine(row.starts_on, time(), clock.TZ) - _MOMENT


def _reach(row: Duty, at: datetime) -> datetime:
    """How far ahead a duty is planned: the horizon, and at least its first time if it is once."""
    first = datetime.combine(row.starts_on, row.due_time, clock.TZ)
    return at + HORIZON if row.recurrence else max(at + HORIZON, first)


def _plan(row: Duty, *, after: datetime, until: datetime) -> int:
    times = list(due_times(schedule_of(row), after=after, until=until))
    found = [Occurrence(duty=row, day=_day(one), due_at=one) for one in times]
    Occurrence.objects.bulk_create(found, ignore_conflicts=True)
    row.planned_until = until
    row.save(update_fields=["planned_until"])
    return len(found)


def _day(due_at: datetime) -> date:
    return due_at.astimezone(clock.TZ).date()


def _must_fall_due(row: Duty, at: datetime) -> None:
    later = due_times(schedule_of(row), after=at, until=at + timedelta(days=366))
    if next(later, None) is None:
        raise refuse.never_due()


def _must_own(unit_id: str, by: Viewer) -> None:
    if "system" in by.roles:
        return
    try:
        unit = locations.unit(unit_id)
    except (BadUnitIdError, UnknownUnitError):
        raise refuse.outside_area() from None
    if area_of(by.units).standing(unit.id, unit.path) is not Standing.WHOLE:
        raise refuse.outside_area()


def _must_be_holder(holder: Holder) -> None:
    try:
        if holder.kind is HolderKind.UNIT:
            locations.unit(holder.id)
        else:
            organisations.organisation(UUID(holder.id))
    except (MissingError, RefusalError, ValueError):
        raise refuse.unknown_holder() from None
