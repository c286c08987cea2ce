"""What becomes of reminders and of a suspension once what was asked for is done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.reports import meet_duty
from vungxanh.checkins.models import Reminder, SuspensionProposal
from vungxanh.checkins.queries import inspections as queries
from vungxanh.checkins.values.inspections import Place, ProposalState, Result
from vungxanh.core.viewer import SYSTEM, Viewer

REMINDED: Final = "checkins.reminder"
PROPOSED: Final = "checkins.proposal"
_MENDED: Final = "Đã khắc phục trước khi có quyết định"
_HAS_POINT: Final = "Cơ sở đã có điểm kiểm soát trước khi có quyết định"


def meet_reminders(*, place: Place, by: Viewer, at: datetime) -> None:
    """Open reminders are met, with their duties. Audit event: `checkins.place_mended`."""
    reminders = list(queries.open_reminders(place))
    for one in reminders:
        one.met_at = at
        one.save(update_fields=["met_at"])
        if one.duty is not None:
            meet_duty(one.duty, evidence=place.ref, kind=REMINDED, at=at)
    if reminders:
        detail = {"reminders": len(reminders)}
        record(event="checkins.place_mended", by=by, at=at, subject=place.ref, detail=detail)


def let_proposal_fall(*, place: Place, by: Viewer, at: datetime, reason: str = _MENDED) -> None:
    """A proposal that waits has lost its ground: it stands rejected by itself, with the reason.

    Audit event: `checkins.suspension_rejected`.
    """
    waiting = queries.proposals_in_force(place).filter(state=ProposalState.PROPOSED)
    row = waiting.select_for_update().first()
    if row is None:
        return
    row.state, row.decided_at, row.decided_by = ProposalState.REJECTED, at, SYSTEM.id
    row.decided_reason = reason
    row.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])
    if row.duty is not None:
        meet_duty(row.duty, evidence=f"proposal:{row.pk}", kind=PROPOSED, at=at)
    record(event="checkins.suspension_rejected", by=by, at=at, subject=place.ref)


def end_suspension(*, place: Place, by: Viewer, at: datetime) -> bool:
    """A suspension that holds is over; whether there was one. Audit: `.suspension_ended`."""
    accepted = queries.proposals_in_force(place).filter(state=ProposalState.ACCEPTED)
    held = accepted.select_for_update().first()
    if held is None:
        return False
    held.ended_at, held.ended_by = at, by.id
    held.save(update_fields=["ended_at", "ended_by"])
    record(event="checkins.suspension_ended", by=by, at=at, subject=place.ref)
    return True


def settle_for_points(*, premises: Iterable[int], by: Viewer, at: datetime) -> None:
    """Premises have their point now: whatever asked for that alone is done.

    Where a reminder asked for something else too, all waits for an inspection.
    """
    for premises_id in _asked(premises):
        place = Place(premises_id=premises_id)
        if queries.reasons_of_round(place) == {Result.NO_POINT}:
            meet_reminders(place=place, by=by, at=at)
            let_proposal_fall(place=place, by=by, at=at, reason=_HAS_POINT)
            end_suspension(place=place, by=by, at=at)


def _asked(premises: Iterable[int]) -> list[int]:
    """Those of the premises that were reminded or are suspended; two queries."""
    ids = list(premises)
    reminded = Reminder.objects.filter(queries.OPEN_ROUND, premises__in=ids)
    proposed = SuspensionProposal.objects.filter(queries.IN_FORCE, premises__in=ids)
    return sorted(
        set(reminded.values_list("premises_id", flat=True))
        | set(proposed.values_list("premises_id", flat=True))
    )
