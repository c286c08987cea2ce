"""Evidence: what meets an occurrence, and what takes that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.loading import own_occurrence
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import MET, State, may_be_met, state_when_met

BY_HAND = "duties.task"
_MET_FIELDS = ("state", "met_at", "met_by", "evidence", "n_met", "was_late")


def meet(
    *, occurrence_id: UUID, evidence: str, by: Viewer, at: datetime, by_hand: bool = False
) -> State:
    """Note what came for an occurrence; what came before makes it revised.

    `evidence` names it ("submission:<id>", or the person's own words where a task is done by
    hand). The same evidence twice changes nothing. Records duties.met.
    """
    with transaction.atomic():
        row = own_occurrence(occurrence_id, by=by)
        if by_hand and row.duty.kind != BY_HAND:
            raise refuse.told_elsewhere()
        if not may_be_met(State(row.state)):
            raise refuse.not_to_be_met()
        if row.evidence != evidence:
            _note(row, evidence, by=by, at=at)
        return State(row.state)


def take_back(*, occurrence_id: UUID, by: Viewer, at: datetime) -> None:
    """What was said to have come did not: it is open again. Records duties.taken_back."""
    with transaction.atomic():
        row = own_occurrence(occurrence_id, by=by)
        if State(row.state) not in MET:
            raise refuse.changed_meanwhile()
        detail = {"state": row.state}
        row.state, row.met_at, row.met_by, row.evidence = State.OPEN, None, "", ""
        row.n_met, row.was_late = 0, False
        row.save(update_fields=_MET_FIELDS)
        record(event="duties.taken_back", by=by, at=at, subject=_ref(row), detail=detail)


def _note(row: Occurrence, evidence: str, *, by: Viewer, at: datetime) -> None:
    row.state = state_when_met(State(row.state), due_at=row.due_at, at=at)
    if not row.n_met:
        row.was_late = at > row.due_at
    row.met_at, row.met_by, row.evidence = at, by.id, evidence[:128]
    row.n_met += 1
    row.save(update_fields=_MET_FIELDS)
    detail: dict[str, str | int] = {"state": str(row.state), "times": row.n_met}
    record(event="duties.met", by=by, at=at, subject=_ref(row), detail=detail)


def _ref(row: Occurrence) -> str:
    return f"occurrence:{row.id}"
