"""Answering the proposal to tell the next unit up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries.acting import acting_for_unit
from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.letters import holder_name, written
from vungxanh.duties.actions.loading import owed_occurrence, reasoned
from vungxanh.duties.models import Occurrence
from vungxanh.duties.values import VIEW
from vungxanh.locations import queries as locations
from vungxanh.messaging.actions import BadAddressError, post
from vungxanh.messaging.values import NewMessage

_FIELDS = ("answered_at", "answered_by", "answer", "raised_to")


def answer_proposal(
    *, occurrence_id: UUID, is_raised: bool, answer: str, by: Viewer, at: datetime
) -> None:
    """Tell the unit next above the holder, as of that day, or let it be; with a reason.

    Records duties.raised or duties.not_raised.
    """
    said = reasoned(answer)
    with transaction.atomic():
        row = owed_occurrence(occurrence_id, by=by)
        if row.proposed_at is None or row.answered_at is not None:
            raise refuse.changed_meanwhile()
        row.answered_at, row.answered_by, row.answer = at, by.id, said
        if is_raised:
            row.raised_to_id = _next_up(row)
            _tell(row, by=by, at=at)
        row.save(update_fields=_FIELDS)
        event = "duties.raised" if is_raised else "duties.not_raised"
        detail = {"to": row.raised_to_id or ""}
        record(event=event, by=by, at=at, subject=f"occurrence:{row.id}", detail=detail)


def _next_up(row: Occurrence) -> str:
    """The unit next above the holder on that day; of an organisation, the unit that it lies in."""
    duty = row.duty
    if duty.unit_id is None:
        return str(duty.organisation.unit_id) if duty.organisation else duty.owed_to_id
    above = locations.next_up(duty.unit_id, row.day)
    return str(above.id) if above is not None else duty.owed_to_id


def _tell(row: Occurrence, *, by: Viewer, at: datetime) -> None:
    title, due = row.duty.title, written(row.due_at)
    text = (
        f"{holder_name(row.duty)} chưa hoàn thành: {title}\nHạn: {due}.\n"
        f"Nơi nhận báo lên: {row.answer}\n\n"
        f"{holder_name(row.duty)} has not yet met: {title}\nDue: {due}.\nSaid: {row.answer}\n"
    )
    for reader in acting_for_unit(str(row.raised_to_id), at=at, needs=VIEW):
        message = NewMessage(
            kind="duties.raised",
            to=reader.email,
            subject="Vùng Xanh: Báo lên cấp trên / Raised",
            text=text,
            about=f"occurrence:{row.id}",
            key=f"duties:{row.id}:raised:{reader.ref}"[:128],
        )
        try:
            post(message=message, by=by, at=at)
        except BadAddressError:
            continue
