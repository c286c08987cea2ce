"""Reminding holders before, on and after the due time, then proposing to go one unit up."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries.acting import Reader, acting_for_organisation, acting_for_unit
from vungxanh.audit.actions import record
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties.actions.letters import proposal, reminder
from vungxanh.duties.models import Duty, Occurrence
from vungxanh.duties.rules import PACES, Pace, State, Step, step_to_take
from vungxanh.duties.values import MANAGE
from vungxanh.messaging.actions import BadAddressError, post
from vungxanh.messaging.values import NewMessage

_EARLIEST = max(-steps[0][1] for steps in PACES.values())
_LATEST = timedelta(days=30)


def remind(*, at: datetime) -> int:
    """Take every open occurrence the step whose time has come; returns how many were told of.

    Each is told of in a transaction of its own: a run that dies leaves nothing half said, and two
    runs at once never tell twice. One that fails keeps no other from being told; the run fails at
    its end. After a pause only the newest step is taken. Records duties.reminded and
    duties.raise_proposed.
    """
    n_told, failures = 0, []
    for one in _come(at):
        try:
            n_told += _take(one, at)
        except Exception as failure:  # whatever it is: raised again when all others were told
            failures.append(failure)
    if failures:
        raise ExceptionGroup("reminders that did not go out", failures)
    return n_told


def holders_of(duty: Duty, at: datetime) -> tuple[Reader, ...]:
    """Who is reminded of a duty; one query."""
    if duty.unit_id:
        return acting_for_unit(duty.unit_id, at=at, role=duty.role)
    return acting_for_organisation(duty.organisation_id, at=at, role=duty.role)


def _come(at: datetime) -> list[UUID]:
    """Open occurrences for which a step's time has come; one query."""
    near = Occurrence.objects.filter(
        state=State.OPEN, due_at__lte=at + _EARLIEST, due_at__gt=at - _LATEST
    ).exclude(step=Step.PROPOSED)
    rows = near.order_by("due_at", "id").values_list("id", "duty__pace", "step", "due_at")
    return [
        one
        for one, pace, step, due_at in rows
        if step_to_take(Pace(pace), Step(step), due_at=due_at, at=at)
    ]


@transaction.atomic
def _take(occurrence_id: UUID, at: datetime) -> bool:
    rows = Occurrence.objects.select_for_update(of=("self",), skip_locked=True)
    rows = rows.select_related("duty__owed_to", "duty__unit", "duty__organisation")
    row = rows.filter(id=occurrence_id, state=State.OPEN).first()
    if row is None:
        return False
    step = step_to_take(Pace(row.duty.pace), Step(row.step), due_at=row.due_at, at=at)
    if step is None:
        return False
    row.step = step
    if step is Step.PROPOSED:
        row.proposed_at = at
    row.save(update_fields=["step", "proposed_at"])
    n_told = _tell(row, step, at)
    event = "duties.raise_proposed" if step is Step.PROPOSED else "duties.reminded"
    detail: dict[str, str | int] = {"step": str(step), "told": n_told}
    record(event=event, by=SYSTEM, at=at, subject=f"occurrence:{row.id}", detail=detail)
    return True


def _tell(row: Occurrence, step: Step, at: datetime) -> int:
    """Write to whom this step concerns; an unusable address keeps nobody else from being told."""
    if step is Step.PROPOSED:
        readers = acting_for_unit(row.duty.owed_to_id, at=at, needs=MANAGE)
        subject, text = proposal(row)
    else:
        readers = holders_of(row.duty, at)
        subject, text = reminder(row, step)
    return sum(_posted(row, step, one, subject=subject, text=text, at=at) for one in readers)


def _posted(
    row: Occurrence, step: Step, reader: Reader, *, subject: str, text: str, at: datetime
) -> bool:
    message = NewMessage(
        kind="duties.raise_proposed" if step is Step.PROPOSED else "duties.reminder",
        to=reader.email,
        subject=subject,
        text=text,
        about=f"occurrence:{row.id}",
        key=f"duties:{row.id}:{step}:{reader.ref}"[:128],
    )
    try:
        return post(message=message, by=SYSTEM, at=at) is not None
    except BadAddressError:
        return False
