"""What becomes of a point: decided on by officers, closed by its owner, taken back."""

from datetime import datetime
from typing import Final

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.codes import codes_for, revoke_all, unrevoke
from vungxanh.checkins.actions.holding import locked, must_change, must_manage, point_ref
from vungxanh.checkins.actions.suspensions import end_suspension
from vungxanh.checkins.models import Point, PointChange
from vungxanh.checkins.rules import states
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.inspections import Place
from vungxanh.checkins.values.kinds import State
from vungxanh.core.viewer import Viewer

_DECIDED: Final = {
    "approved": "checkins.point_approved",
    "suspended": "checkins.point_suspended",
    "closed": "checkins.point_closed",
    "opened": "checkins.point_opened",
}


def decide_point(
    *, point: Point, state: State, reason: str = "", by: Viewer, at: datetime
) -> Point:
    """Approve, suspend, close or open a point again, as an officer of its area.

    Its codes are revoked when it is suspended or closed, and issued anew when it opens again; a
    suspension that was proposed and accepted ends with that. Audit events:
    `checkins.point_approved`, `.point_suspended`, `.point_closed`, `.point_opened`.
    """
    with transaction.atomic():
        row = locked(point.pk)
        must_manage(by=by, unit_id=row.unit_id)
        if row.merged_into_id is not None:
            raise refusals.merged_already()
        if not states.may_become(row.state, state):
            raise refusals.cannot_become()
        if states.needs_a_reason(state) and not reason.strip():
            raise refusals.reason_needed()
        return _bring(row, state, reason.strip(), by=by, at=at)


def close_point(*, point: Point, reason: str = "", by: Viewer, at: datetime) -> Point:
    """Close a point as its owner; its codes are revoked. Audit event: `checkins.point_closed`."""
    with transaction.atomic():
        row = locked(point.pk)
        must_change(row, by=by)
        if not states.may_become(row.state, State.CLOSED):
            raise refusals.cannot_become()
        return _bring(row, State.CLOSED, reason.strip(), by=by, at=at)


def undo_decision(*, point: Point, by: Viewer, at: datetime) -> Point:
    """Take back what the same viewer last decided, within ten minutes; codes hang as before.

    Audit event: `checkins.point_undone`.
    """
    with transaction.atomic():
        row = locked(point.pk)
        last = PointChange.objects.filter(point=row).order_by("-at", "-id").first()
        may = last is not None and last.by == by.id and at - last.at <= states.UNDO_WITHIN
        if last is None or not may or last.action not in _DECIDED:
            raise refusals.too_late_to_undo()
        return _take_back(row, last, by=by, at=at)


def _bring(row: Point, state: State, reason: str, *, by: Viewer, at: datetime) -> Point:
    word = states.word_of(row.state, state)
    before = _standing(row)
    n_codes = _codes_follow(row, state, reason or word, by=by, at=at)
    row.state, row.state_reason = state, reason[:300]
    row.decided_at, row.decided_by = at, by.id
    row.save(update_fields=["state", "state_reason", "decided_at", "decided_by"])
    PointChange.objects.create(
        point=row, action=word, before=before, after=_standing(row), reason=reason, at=at, by=by.id
    )
    detail = {"codes": n_codes}
    record(event=_DECIDED[word], by=by, at=at, subject=point_ref(row), detail=detail)
    if word == "opened":
        end_suspension(place=Place(point_id=row.pk), by=by, at=at)
    return row


def _codes_follow(row: Point, state: State, reason: str, *, by: Viewer, at: datetime) -> int:
    if states.ends_codes(row.state, state):
        return revoke_all(point=row, reason=reason, by=by, at=at)
    if states.needs_codes(row.state, state):
        return len(codes_for(point=row, by=by, at=at))
    return 0


def _take_back(row: Point, last: PointChange, *, by: Viewer, at: datetime) -> Point:
    former = last.before
    if states.ends_codes(former["state"], row.state):
        unrevoke(point=row, revoked_at=last.at)
    if states.ends_codes(row.state, former["state"]):
        revoke_all(point=row, reason="undone", by=by, at=at)
    before = _standing(row)
    row.state, row.state_reason = former["state"], former["reason"]
    decided = former["decided_at"]
    row.decided_at = datetime.fromisoformat(decided) if decided else None
    row.decided_by = former["decided_by"]
    row.save(update_fields=["state", "state_reason", "decided_at", "decided_by"])
    PointChange.objects.create(
        point=row, action="undone", before=before, after=_standing(row), at=at, by=by.id
    )
    record(event="checkins.point_undone", by=by, at=at, subject=point_ref(row))
    if states.needs_codes(before["state"], row.state):
        end_suspension(place=Place(point_id=row.pk), by=by, at=at)
    return row


def _standing(row: Point) -> dict[str, str]:
    """How a point stands, as its history keeps it."""
    return {
        "state": str(row.state),
        "reason": row.state_reason,
        "decided_at": row.decided_at.isoformat() if row.decided_at else "",
        "decided_by": row.decided_by,
    }
