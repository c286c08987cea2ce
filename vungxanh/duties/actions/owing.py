"""Writing duties down, and ending them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.values import Standing, area_of
from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.loading import owed_duty, reasoned
from vungxanh.duties.actions.planning import begin
from vungxanh.duties.models import Duty
from vungxanh.duties.rules import HolderKind, State, recurrence
from vungxanh.duties.values import MANAGE, Holder, NewDuty
from vungxanh.locations import queries as locations
from vungxanh.locations.queries import organisations
from vungxanh.locations.values import BadUnitIdError, UnknownUnitError
from vungxanh.refusals import RefusalError

WORDS, NOTE = 300, 1000


def owe(*, duty: NewDuty, by: Viewer, at: datetime) -> UUID:
    """Write a duty down with its next times; the id of the one that stands where its key is known.

    Records duties.owed.
    """
    by.require(MANAGE)
    _must_be_worded(duty)
    _must_own(duty.owed_to, by)
    _must_be_holder(duty.holder, by)
    with transaction.atomic():
        row = _row(duty, by=by, at=at)
        known = _written_before(row)
        if known is not None:
            return known
        begin(row, at=at)
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


def _written_before(row: Duty) -> UUID | None:
    """Write the row, unless one with its key stands, also one that another run just writes."""
    Duty.objects.bulk_create([row], ignore_conflicts=True)
    if row.key is None:
        return None
    standing: UUID = Duty.objects.values_list("id", flat=True).get(key=row.key)
    return standing if standing != row.id else None


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


def _must_be_worded(duty: NewDuty) -> None:
    worded = all(0 < len(" ".join(text.split())) <= WORDS for text in (duty.title, duty.source))
    if not worded or len(duty.note.strip()) > NOTE:
        raise refuse.not_worded()
    ends_on = duty.schedule.ends_on
    if ends_on is not None and ends_on < duty.schedule.starts_on:
        raise refuse.never_due()


def _must_own(unit_id: str, by: Viewer) -> None:
    try:
        is_own = _lies_in_area(unit_id, by)
    except (BadUnitIdError, UnknownUnitError):
        is_own = False
    if not is_own:
        raise refuse.outside_area()


def _must_be_holder(holder: Holder, by: Viewer) -> None:
    """An organisation may owe from anywhere; a unit only to those in charge of it."""
    try:
        if holder.kind is HolderKind.ORGANISATION:
            organisations.organisation(UUID(holder.id))
            return
        is_own = _lies_in_area(holder.id, by)
    except (MissingError, RefusalError, ValueError):
        raise refuse.unknown_holder() from None
    if not is_own:
        raise refuse.holder_outside()


def _lies_in_area(unit_id: str, by: Viewer) -> bool:
    unit = locations.unit(unit_id)
    if "system" in by.roles:
        return True
    return area_of(by.units).standing(unit.id, unit.path) is Standing.WHOLE
