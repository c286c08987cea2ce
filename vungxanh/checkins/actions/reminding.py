"""Reminders, up to three, and the proposal to suspend that may follow them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.holding import MAY_MANAGE
from vungxanh.checkins.actions.inspections import hold_place
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.actions.reports import commune_owes, meet_duty
from vungxanh.checkins.actions.suspensions import PROPOSED, REMINDED
from vungxanh.checkins.models import Point, Premises, Reminder, SuspensionProposal
from vungxanh.checkins.queries import inspections as queries
from vungxanh.checkins.rules.inspections import Next, is_fair_day
from vungxanh.checkins.rules.letters import plain_text
from vungxanh.checkins.values.door_refusals import (
    NotHigherError,
    NotNowError,
    NoWordsError,
    no_such_result,
    unfair_day,
)
from vungxanh.checkins.values.inspections import (
    LONGEST_REASON,
    RESULTS,
    TO_MEND,
    Place,
    ProposalState,
    Result,
)
from vungxanh.checkins.values.kinds import LIVING, State
from vungxanh.core.clock import TZ
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.duties.actions import owe
from vungxanh.locations.values import registry
from vungxanh.messaging.actions import post
from vungxanh.messaging.values import Channel, NewMessage

_SOURCE: Final = "Kiểm tra điểm kiểm soát"
_DECIDE_WITHIN: Final = 3  # days
SMS, PAPER = "sms", "paper"


@dataclass(frozen=True, slots=True)
class Reminding:
    """What is to be mended, and until the end of which day."""

    reason: Result
    due_on: date
    note: str = ""


def remind_place(*, place: Place, said: Reminding, by: Viewer, at: datetime) -> Reminder:
    """Remind the owner of a point, or premises: the next of three, once the last has run out.

    The owner is told by SMS where the point has a number, else the note is there to print. The
    commune owes another look on the day. Audit event: `checkins.place_reminded`.
    """
    today = at.astimezone(TZ).date()
    if said.reason not in TO_MEND:
        raise no_such_result()
    if not is_fair_day(said.due_on, today=today):
        raise unfair_day()
    with transaction.atomic():
        row = hold_place(place, by=by)
        step = queries.step_of(place, today=today)
        if step.next is not Next.REMIND:
            raise NotNowError
        made = Reminder.objects.create(
            point_id=place.point_id,
            premises_id=place.premises_id,
            number=step.number,
            reason=said.reason,
            note=plain_text(said.note)[:1000],
            due_on=said.due_on,
            at=at,
            by=by.id,
        )
        made.duty = _look_again(row, made, at=at)
        made.save(update_fields=["duty"])
        way = _tell(row, made, by=by, at=at)
        detail: Detail = {"number": made.number, "due": made.due_on.isoformat(), "told": way}
        record(event="checkins.place_reminded", by=by, at=at, subject=place.ref, detail=detail)
    return made


def propose_suspension(*, place: Place, reason: str, by: Viewer, at: datetime) -> UUID:
    """Propose to suspend after three reminders; the level above owes a decision.

    Audit event: `checkins.suspension_proposed`.
    """
    words = _worded(reason)
    with transaction.atomic():
        row = hold_place(place, by=by)
        if queries.step_of(place, today=at.astimezone(TZ).date()).next is not Next.PROPOSE:
            raise NotNowError
        made = SuspensionProposal.objects.create(
            point_id=place.point_id,
            premises_id=place.premises_id,
            reason=words,
            at=at,
            by=by.id,
        )
        made.duty = _decide(row, made, at=at)
        made.save(update_fields=["duty"])
        record(event="checkins.suspension_proposed", by=by, at=at, subject=place.ref)
    return made.pk


def decide_proposal(
    *, proposal_id: UUID, accepts: bool, reason: str, by: Viewer, at: datetime
) -> None:
    """Accept or reject a proposal, as an officer of a level above; the round is over either way.

    Accepted, a point is suspended and its codes revoked until it was mended. Audit events:
    `checkins.suspension_accepted`, `checkins.suspension_rejected`.
    """
    words = _worded(reason)
    with transaction.atomic():
        found = queries.found_proposal(proposal_id, viewer=by, acting=True)
        place = queries.place_in(found)
        row = hold_place(place, by=by)
        made = SuspensionProposal.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if made.state != ProposalState.PROPOSED:
            raise NotNowError
        by.require(MAY_MANAGE)
        if not queries.may_decide(made, row, by=by):
            raise NotHigherError
        made.state = ProposalState.ACCEPTED if accepts else ProposalState.REJECTED
        made.decided_at, made.decided_by, made.decided_reason = at, by.id, words
        made.save(update_fields=["state", "decided_at", "decided_by", "decided_reason"])
        _lapse(place, at=at)
        if made.duty is not None:
            meet_duty(made.duty, evidence=f"proposal:{made.pk}", kind=PROPOSED, at=at)
        if accepts and isinstance(row, Point) and row.state in LIVING:
            decide_point(point=row, state=State.SUSPENDED, reason=words, by=by, at=at)
        event = {
            True: "checkins.suspension_accepted",
            False: "checkins.suspension_rejected",
        }[accepts]
        record(event=event, by=by, at=at, subject=place.ref)


def _worded(text: str) -> str:
    words = plain_text(text)[:LONGEST_REASON]
    if not words:
        raise NoWordsError
    return words


def _lapse(place: Place, *, at: datetime) -> None:
    """The round of reminders is over; the proposal stands for what they asked."""
    for one in queries.open_reminders(place):
        one.lapsed_at = at
        one.save(update_fields=["lapsed_at"])
        if one.duty is not None:
            meet_duty(one.duty, evidence=place.ref, kind=REMINDED, at=at)


def _look_again(row: Point | Premises, made: Reminder, *, at: datetime) -> UUID:
    title = f"Xem lại {row.name} sau lần nhắc thứ {made.number}"
    words = (REMINDED, f"{REMINDED}:{made.pk}", _SOURCE)
    duty = commune_owes(row.unit_id, title=title, until=made.due_on, words=words)
    return owe(duty=duty, by=SYSTEM, at=at)


def _decide(row: Point | Premises, made: SuspensionProposal, *, at: datetime) -> UUID:
    above = registry().above(registry().unit(row.unit_id))[0]
    until = date.fromordinal(at.astimezone(TZ).date().toordinal() + _DECIDE_WITHIN)
    words = (PROPOSED, f"{PROPOSED}:{made.pk}", _SOURCE)
    title = f"Quyết định tạm dừng {row.name}"
    role = f"{above.level.value}_officer"
    duty = commune_owes(above.id, title=title, until=until, words=words, role=role)
    return owe(duty=duty, by=SYSTEM, at=at)


def _tell(row: Point | Premises, made: Reminder, *, by: Viewer, at: datetime) -> str:
    """An SMS to the number of the point; without one the note is printed and handed over."""
    phone = str(row.contact_phone) if isinstance(row, Point) and row.contact_phone else ""
    if not phone:
        return PAPER
    values = {
        "name": row.name,
        "number": str(made.number),
        "day": f"{made.due_on:%d/%m/%Y}",
        "reason": RESULTS[Result(made.reason)].vi,
    }
    message = NewMessage(
        kind=REMINDED,
        channel=Channel.SMS,
        to=phone,
        template=REMINDED,
        values=values,
        about=queries.place_in(made).ref,
        key=f"{REMINDED}:{made.pk}",
    )
    post(message=message, by=by, at=at)
    return SMS
