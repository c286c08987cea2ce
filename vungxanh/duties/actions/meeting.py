"""Evidence: what meets an occurrence, and what takes that back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.loading import occurrence_of
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import MET, State, may_be_met, state_when_met
from vungxanh.duties.values import BY_HAND

EVIDENCE = 128
_MET_FIELDS = ("state", "met_at", "met_by", "evidence", "n_met", "was_late")


def meet(
    *,
    occurrence_id: UUID,
    evidence: str,
    by: Viewer,
    at: datetime,
    by_hand: bool = False,
    kind: str = "",
) -> State:
    """Note what came for an occurrence; what came before makes it revised.

    `evidence` names it ("submission:<id>", or the person's own words where a task is done by
    hand). `kind` is said by the room whose duty it is, which has authorised `by` itself. The same
    evidence twice changes nothing. Records duties.met.
    """
    brought = _said(evidence)
    with transaction.atomic():
        row = occurrence_of(occurrence_id, by=by, kind=kind)
        if by_hand:
            _must_be_task(row)
        if not may_be_met(State(row.state)):
            raise refuse.not_to_be_met()
        if row.evidence != brought:
            _note(row, brought, by=by, at=at)
        return State(row.state)


def take_back(
    *, occurrence_id: UUID, by: Viewer, at: datetime, by_hand: bool = False, kind: str = ""
) -> None:
    """What was said to have come did not: it is open again, or waived as it was before.

    `by_hand` is set where a person does so, who takes back no report; `kind` as in `meet`. Records
    duties.taken_back.
    """
    with transaction.atomic():
        row = occurrence_of(occurrence_id, by=by, kind=kind)
        if by_hand:
            _must_be_task(row)
        if State(row.state) not in MET:
            raise refuse.changed_meanwhile()
        detail = {"state": row.state}
        row.state = State.WAIVED if row.decided_at else State.OPEN
        row.met_at, row.met_by, row.evidence = None, "", ""
        row.n_met, row.was_late = 0, False
        row.save(update_fields=_MET_FIELDS)
        record(event="duties.taken_back", by=by, at=at, subject=_ref(row), detail=detail)


def _said(evidence: str) -> str:
    """Evidence as it is kept; refuses what says nothing."""
    brought = " ".join(evidence.split())[:EVIDENCE]
    if not brought:
        raise refuse.evidence_needed()
    return brought


def _must_be_task(row: Occurrence) -> None:
    if row.duty.kind != BY_HAND:
        raise refuse.told_elsewhere()


def _note(row: Occurrence, evidence: str, *, by: Viewer, at: datetime) -> None:
    row.state = state_when_met(State(row.state), due_at=row.due_at, at=at)
    if not row.n_met:
        row.was_late = at > row.due_at
    row.met_at, row.met_by, row.evidence = at, by.id, evidence
    row.n_met += 1
    row.save(update_fields=_MET_FIELDS)
    detail: dict[str, str | int] = {"state": str(row.state), "times": row.n_met}
    record(event="duties.met", by=by, at=at, subject=_ref(row), detail=detail)


def _ref(row: Occurrence) -> str:
    return f"occurrence:{row.id}"
