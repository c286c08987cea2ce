"""Letting an occurrence be, with a reason, and opening it again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.loading import owed_occurrence, reasoned
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import ENDED, State

_EVENTS = {State.WAIVED: "duties.waived", State.CANCELLED: "duties.cancelled"}
_FIELDS = ("state", "decided_at", "decided_by", "reason")


def settle(*, occurrence_id: UUID, state: State, reason: str, by: Viewer, at: datetime) -> None:
    """Waive or cancel an open occurrence. Records duties.waived or duties.cancelled."""
    said = reasoned(reason)
    with transaction.atomic():
        row = owed_occurrence(occurrence_id, by=by)
        if row.state != State.OPEN or state not in ENDED:
            raise refuse.changed_meanwhile()
        row.state, row.decided_at, row.decided_by, row.reason = state, at, by.id, said
        row.save(update_fields=_FIELDS)
        record(event=_EVENTS[state], by=by, at=at, subject=_ref(row))


def reopen(*, occurrence_id: UUID, by: Viewer, at: datetime) -> None:
    """Owe again what was waived or cancelled. Records duties.reopened."""
    with transaction.atomic():
        row = owed_occurrence(occurrence_id, by=by)
        if State(row.state) not in ENDED:
            raise refuse.changed_meanwhile()
        detail = {"state": row.state}
        row.state, row.decided_at, row.decided_by, row.reason = State.OPEN, None, "", ""
        row.save(update_fields=_FIELDS)
        record(event="duties.reopened", by=by, at=at, subject=_ref(row), detail=detail)


def _ref(row: Occurrence) -> str:
    return f"occurrence:{row.id}"
