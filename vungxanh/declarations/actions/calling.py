"""An officer calls somebody ill: claims it, notes what came of it, takes that back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.core import clock
from vungxanh.core.enveloped import sealed
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions import care_refusals as refuse
from vungxanh.declarations.actions.caring import meet_duties, reopen_duties
from vungxanh.declarations.models import Care, CareCall
from vungxanh.declarations.queries.cares import allowed
from vungxanh.declarations.values.care import (
    FOLLOWED,
    FURTHEST_FOLLOW_DAYS,
    HANDLE,
    LONGEST_NOTE,
    WAITING,
    Said,
    is_held,
    may_undo,
    state_after,
)
from vungxanh.declarations.values.states import CareResult, CareState
from vungxanh.people.queries.reaching import reached

_A_DAY = timedelta(days=1)
_TOLD = ("state", "claimed_by", "claimed_at", "result", "called_at", "handled_by", "handled_at")
_FIELDS = (*_TOLD, "again_at", "follow_on", "closed_at", "n_calls")


def claim(*, care_id: UUID, by: Viewer, at: datetime) -> None:
    """Say "I call": for half an hour no colleague calls too. Records declarations.care_claimed."""
    with transaction.atomic():
        row = _own(care_id, by=by)
        if CareState(row.state) not in WAITING:
            raise refuse.over()
        _must_be_free(row, by=by, at=at)
        row.state, row.claimed_by, row.claimed_at = CareState.CALLING, by.id, at
        row.save(update_fields=["state", "claimed_by", "claimed_at"])
        record(event="declarations.care_claimed", by=by, at=at, subject=_ref(row))


def release(*, care_id: UUID, by: Viewer, at: datetime) -> None:
    """Let others call after all. Records declarations.care_released."""
    with transaction.atomic():
        row = _own(care_id, by=by)
        if row.state != CareState.CALLING or row.claimed_by != by.id:
            raise refuse.changed()
        row.state, row.claimed_by, row.claimed_at = CareState.OPEN, "", None
        row.save(update_fields=["state", "claimed_by", "claimed_at"])
        record(event="declarations.care_released", by=by, at=at, subject=_ref(row))


def note_call(*, care_id: UUID, said: Said, n_seen: int, by: Viewer, at: datetime) -> UUID:
    """Note what came of a call; the duties are met unless nobody was reached.

    `n_seen` is how many calls the officer's page showed: what a colleague noted meanwhile is not
    written over. The viewer is the one that `accounts.actions.look` returned. Records
    declarations.care_called.
    """
    _must_be_planned(said, at=at)
    with transaction.atomic():
        row = _own(care_id, by=by)
        if row.state == CareState.CLOSED:
            raise refuse.over()
        if row.n_calls != n_seen:
            raise refuse.changed()
        _must_be_free(row, by=by, at=at)
        made = _written(row, said, by=by, at=at)
        row.n_calls += 1
        _follow(row)
        row.save(update_fields=_FIELDS)
        if CareState(row.state) not in WAITING:
            meet_duties(row, at=at)
        detail: Detail = {"result": str(said.result), "times": row.n_calls}
        record(event="declarations.care_called", by=by, at=at, subject=_ref(row), detail=detail)
    return made.pk


def undo_call(*, care_id: UUID, by: Viewer, at: datetime) -> None:
    """Take the last call back, within ten minutes, by who noted it.

    What it met is owed again. Records declarations.care_undone.
    """
    with transaction.atomic():
        row = _own(care_id, by=by)
        standing = row.calls.filter(undone_at__isnull=True).order_by("-at", "-id")
        last = standing.first()
        if last is None or last.by != by.id or not may_undo(called_at=last.at, at=at):
            raise refuse.undone_too_late()
        _must_be_alone(row)
        last.undone_at = at
        last.save(update_fields=["undone_at"])
        row.n_calls += 1
        _follow(row)
        if row.state == CareState.OPEN:
            row.state, row.claimed_by, row.claimed_at = CareState.CALLING, by.id, at
        row.save(update_fields=_FIELDS)
        if CareState(row.state) in WAITING:
            reopen_duties(row, at=at)
        record(event="declarations.care_undone", by=by, at=at, subject=_ref(row))


def _own(care_id: UUID, *, by: Viewer) -> Care:
    """A care of the officer's own area, locked."""
    rows = Care.objects.select_for_update(of=("self",)).select_related("unit", "escalated_to")
    row = rows.filter(pk=care_id).first()
    return allowed(row, viewer=by, needs=HANDLE, acting=True)


def _must_be_free(row: Care, *, by: Viewer, at: datetime) -> None:
    is_others = row.state == CareState.CALLING and row.claimed_by != by.id
    if is_others and is_held(row.claimed_at, at):
        raise refuse.held_by_other()


def _must_be_alone(row: Care) -> None:
    """The person has declared again meanwhile, and that care waits: it is the one to go on with."""
    others = Care.objects.filter(person_id=row.person_id, state__in=sorted(WAITING))
    if others.exclude(pk=row.pk).exists():
        raise refuse.undone_too_late()


def _must_be_planned(said: Said, *, at: datetime) -> None:
    if len(said.note) > LONGEST_NOTE:
        raise refuse.reason_needed()
    if said.result is CareResult.NOT_REACHED:
        if said.again_at is None or not at < said.again_at <= at + _A_DAY:
            raise refuse.plan_needed("again")
        return
    today = at.astimezone(clock.TZ).date()
    furthest = today + timedelta(days=FURTHEST_FOLLOW_DAYS)
    if said.follow_on is None:
        if said.result in FOLLOWED:
            raise refuse.plan_needed("follow_on")
    elif not today <= said.follow_on <= furthest:
        raise refuse.plan_needed("follow_on")


def _written(row: Care, said: Said, *, by: Viewer, at: datetime) -> CareCall:
    found = reached([row.person_id], viewer=by).get(row.person_id)
    if found is None:
        raise MissingError
    is_followed = state_after(said.result) is CareState.HANDLED
    return CareCall.objects.create(
        care=row,
        at=at,
        by=by.id,
        result=said.result,
        again_at=said.again_at if said.result is CareResult.NOT_REACHED else None,
        follow_on=said.follow_on if is_followed else None,
        **sealed(found.envelope, CareCall, note=said.note.strip()),
    )


def _follow(row: Care) -> None:
    """What a care is by its standing calls; without one it is open as at first.

    Somebody followed who is not reached once stays followed, and is called again as was said.
    """
    row.claimed_by, row.claimed_at, row.closed_at = "", None, None
    row.again_at, row.follow_on, row.called_at = None, None, None
    row.handled_by, row.handled_at = "", None
    row.state, row.result = CareState.OPEN, ""
    standing = list(row.calls.filter(undone_at__isnull=True).order_by("-at", "-id"))
    if not standing:
        return
    last = standing[0]
    met = next((one for one in standing if one.result != CareResult.NOT_REACHED), None)
    row.called_at, row.again_at, row.result = last.at, last.again_at, (met or last).result
    if met is None:
        return
    again_on = last.again_at.astimezone(clock.TZ).date() if last.again_at else None
    row.follow_on = again_on or met.follow_on
    row.handled_by, row.handled_at = met.by, met.at
    row.state = CareState.HANDLED if row.follow_on else CareState.CLOSED
    row.closed_at = None if row.follow_on else last.at


def _ref(row: Care) -> str:
    return f"care:{row.pk}"
