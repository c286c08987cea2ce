"""Answering the proposal to tell the next unit up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries.acting import Reader, acting_for_unit
from vungxanh.audit.actions import record
from vungxanh.core.viewer import Viewer
from vungxanh.duties.actions import refusals as refuse
from vungxanh.duties.actions.letters import raised
from vungxanh.duties.actions.loading import owed_occurrence, reasoned
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import State
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
        if row.state != State.OPEN or row.proposed_at is None or row.answered_at is not None:
            raise refuse.changed_meanwhile()
        row.answered_at, row.answered_by, row.answer = at, by.id, said
        if is_raised:
            _raise(row, by=by, at=at)
        row.save(update_fields=_FIELDS)
        if not is_raised:
            record(event="duties.not_raised", by=by, at=at, subject=_ref(row))


def _raise(row: Occurrence, *, by: Viewer, at: datetime) -> None:
    row.raised_to_id = _next_up(row)
    detail: dict[str, str | int] = {"unit": row.raised_to_id, "told": _tell(row, by=by, at=at)}
    record(event="duties.raised", by=by, at=at, subject=_ref(row), detail=detail)


def _next_up(row: Occurrence) -> str:
    """The unit next above the holder on that day; of an organisation, the unit that it lies in."""
    duty = row.duty
    if duty.unit_id is None:
        return str(duty.organisation.unit_id) if duty.organisation else duty.owed_to_id
    above = locations.next_up(duty.unit_id, row.day)
    return str(above.id) if above is not None else duty.owed_to_id


def _tell(row: Occurrence, *, by: Viewer, at: datetime) -> int:
    """Write to who works in the unit above; how many were told."""
    readers = acting_for_unit(str(row.raised_to_id), at=at, needs=VIEW)
    return sum(_posted(row, one, by=by, at=at) for one in readers)


def _posted(row: Occurrence, reader: Reader, *, by: Viewer, at: datetime) -> bool:
    subject, text = raised(row)
    message = NewMessage(
        kind="duties.raised",
        to=reader.email,
        subject=subject,
        text=text,
        about=_ref(row),
        key=f"duties:{row.id}:raised:{reader.ref}"[:128],
    )
    try:
        return post(message=message, by=by, at=at) is not None
    except BadAddressError:
        return False


def _ref(row: Occurrence) -> str:
    return f"occurrence:{row.id}"
