"""What is done about findings."""

from datetime import datetime

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.uptake.actions import refusals
from vungxanh.uptake.actions.owning import IMPORT, must_handle, own
from vungxanh.uptake.models import FindingRecord
from vungxanh.uptake.rules import FindingState


def decide_finding(
    *, finding_id: int, state: FindingState, note: str, by: Viewer, at: datetime
) -> FindingRecord:
    """Say what was done about a finding: the sender was asked, or it is accepted and why."""
    with transaction.atomic():
        rows = FindingRecord.objects.select_for_update(of=("self",))
        row = rows.select_related("submission__scope").filter(id=finding_id).first()
        finding = own(row, by=by, needs=IMPORT, unit=lambda one: one.submission.scope)
        must_handle(finding.submission, by=by)
        if state is FindingState.ACCEPTED and not note.strip():
            raise refusals.reason_missing()
        finding.state, finding.note = state, note.strip()
        is_open = state is FindingState.OPEN
        finding.decided_at = None if is_open else at
        finding.decided_by = "" if is_open else by.id
        finding.save(update_fields=["state", "note", "decided_at", "decided_by"])
        record(
            event="uptake.finding_decided",
            by=by,
            at=at,
            subject=f"finding:{finding_id}",
            detail={"code": finding.code, "state": state.value},
        )
    return finding
