"""What persons ask for under the law on personal data, and what officers do about it.

Each request is two duties of the commune: to answer within two working days, to carry it out within
ten days (to see, to correct) or fifteen, by Law 91/2025/QH15 and Decree 356/2025/NĐ-CP.
"""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.queries import may_read
from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.enveloped import opened
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.duties.actions import end_duty, meet, owe
from vungxanh.duties.queries import for_duty
from vungxanh.duties.values import Holder, HolderKind, NewDuty, Pace, Schedule, SourceKind, State
from vungxanh.messaging.actions import post
from vungxanh.messaging.values import Channel, NewMessage
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.actions.refusals import (
    AskedAlreadyError,
    ExtendedAlreadyError,
    NoPersonYetError,
    NoWordsError,
    RequestEndedError,
    TooLateToExtendError,
)
from vungxanh.people.models import Device, Person, PersonRequest
from vungxanh.people.queries.persons import envelope_of
from vungxanh.people.rules import rights as terms
from vungxanh.people.values.office_days import office_days
from vungxanh.people.values.rights import (
    ACT_DAYS,
    KIND_WORDS,
    REQUESTS,
    Kind,
    NewRequest,
    Outcome,
)

MOST_SIGNS = 2000
ANSWER, ACT = "people.request_answer", "people.request_act"
LAW = "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15, Nghị định 356/2025/NĐ-CP"
DAY_ENDS = time(17, 0)  # of offices
_ROLE = "commune_officer"
_TITLES = {ANSWER: "Trả lời yêu cầu của công dân", ACT: "Thực hiện yêu cầu của công dân"}


def ask(*, device: Device, request: NewRequest, by: Viewer, at: datetime) -> UUID:
    """Write down what a person asks for; two duties of their commune begin.

    Records people.request_asked.
    """
    words = _worded(request.words, may_be_empty=request.kind is Kind.DELETE)
    today, known = at.astimezone(TZ).date(), office_days()
    with transaction.atomic():
        person, unit = _asker(device)
        open_one = PersonRequest.objects.filter(person=person, kind=request.kind, ended_at=None)
        if open_one.exists():
            raise AskedAlreadyError
        row = PersonRequest(
            person=person,
            unit_id=unit,
            kind=request.kind,
            asked_at=at,
            words=words,
            answer_due_on=terms.answer_due_on(today, known.closed, known.worked),
            act_due_on=terms.days_later(today, ACT_DAYS[request.kind]),
        )
        row.duty = str(_owe(row, ANSWER, row.answer_due_on, at=at))
        row.act_duty = str(_owe(row, ACT, row.act_due_on, at=at))
        row.save(force_insert=True)
        _record("people.request_asked", row, by=by, at=at)
    return row.pk


def drop_request(*, device: Device, request_id: UUID, by: Viewer, at: datetime) -> None:
    """Take an own request back; records people.request_dropped."""
    with transaction.atomic():
        mine = PersonRequest.objects.select_for_update().filter(
            pk=request_id, person_id=device.person_id or 0
        )
        row = mine.first()
        if row is None:
            raise MissingError
        _must_be_open(row)
        _finish(row, Outcome.DROPPED, at=at)
        _record("people.request_dropped", row, by=by, at=at)


def answer_request(*, request_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Tell the person what will be done; the first duty is met.

    The person is told by message that an answer waits. Records people.request_answered.
    """
    with transaction.atomic():
        row = _open_request(request_id, by=by)
        row.answer = _worded(words)
        _answered(row, by=by, at=at)
        row.save()
        _tell(row, by=by, at=at)
        _record("people.request_answered", row, by=by, at=at)


def extend_request(*, request_id: UUID, why: str, by: Viewer, at: datetime) -> date:
    """Take the one extension, as long as the term, with its reason, which the person is told.

    Records people.request_extended.
    """
    with transaction.atomic():
        row = _open_request(request_id, by=by)
        if row.extended_at is not None:
            raise ExtendedAlreadyError
        if at.astimezone(TZ).date() > row.act_due_on:
            raise TooLateToExtendError
        row.extended_why, row.extended_at = _worded(why), at
        row.act_due_on = terms.days_later(row.act_due_on, ACT_DAYS[Kind(row.kind)])
        end_duty(duty_id=UUID(row.act_duty), reason="Gia hạn theo luật", by=SYSTEM, at=at)
        row.act_duty = str(_owe(row, ACT, row.act_due_on, at=at, key="extended"))
        row.save()
        _tell(row, by=by, at=at)
        _record("people.request_extended", row, by=by, at=at)
    return row.act_due_on


def carry_out(*, request_id: UUID, words: str, by: Viewer, at: datetime) -> UUID | None:
    """Say that it was done; a request to delete erases the person now, and the proof is returned.

    Records people.request_done.
    """
    with transaction.atomic():
        row = _open_request(request_id, by=by)
        person_id = row.person_id
        row.answer = _worded(words)
        _answered(row, by=by, at=at)
        _finish(row, Outcome.DONE, at=at)
        _tell(row, by=by, at=at)
        _record("people.request_done", row, by=by, at=at)
        if row.kind != Kind.DELETE or person_id is None:
            return None
        return erase_person(person_id=person_id, by=by, at=at)


def refuse_request(*, request_id: UUID, why: str, by: Viewer, at: datetime) -> None:
    """Refuse, with the reason, which the person reads; records people.request_refused."""
    with transaction.atomic():
        row = _open_request(request_id, by=by)
        row.answer = _worded(why)
        _answered(row, by=by, at=at)
        _finish(row, Outcome.REFUSED, at=at)
        _tell(row, by=by, at=at)
        _record("people.request_refused", row, by=by, at=at)


def _worded(text: str, *, may_be_empty: bool = False) -> str:
    words = text.strip()
    if len(words) > MOST_SIGNS or not (words or may_be_empty):
        raise NoWordsError
    return words


def _asker(device: Device) -> tuple[Person, str]:
    """The person behind a device, locked, and the commune that answers them."""
    person = Person.objects.select_for_update().filter(pk=device.person_id or 0).first()
    if person is None or person.residence_id is None:
        raise NoPersonYetError
    return person, person.residence_id


def _open_request(request_id: UUID, *, by: Viewer) -> PersonRequest:
    """A request that this officer may decide on; whoever may not finds nothing."""
    by.require(REQUESTS)
    rows = PersonRequest.objects.select_for_update(of=("self",)).select_related("unit")
    row = rows.filter(pk=request_id).first()
    if row is None or not may_read(by, row.unit, ref=f"request:{request_id}", wholly=True):
        raise MissingError
    _must_be_open(row)
    return row


def _must_be_open(row: PersonRequest) -> None:
    if row.ended_at is not None:
        raise RequestEndedError


def _answered(row: PersonRequest, *, by: Viewer, at: datetime) -> None:
    if row.answered_at is None:
        row.answered_at, row.answered_by = at, by.id
        _meet(row.duty, row, at=at)


def _finish(row: PersonRequest, outcome: Outcome, *, at: datetime) -> None:
    """End a request; what is still owed for it is met."""
    row.ended_at, row.outcome = at, outcome
    for duty in (row.duty, row.act_duty):
        _meet(duty, row, at=at)
    row.save()


def _owe(row: PersonRequest, kind: str, day: date, *, at: datetime, key: str = "") -> UUID:
    duty = NewDuty(
        title=f"{_TITLES[kind]}: {KIND_WORDS[Kind(row.kind)].vi}",
        holder=Holder(HolderKind.UNIT, row.unit_id, _ROLE),
        owed_to=row.unit_id,
        schedule=Schedule(day, DAY_ENDS),
        source_kind=SourceKind.LAW,
        source=LAW,
        kind=kind,
        key=f"{kind}:{row.pk}:{key}",
        pace=Pace.DAYS,
    )
    return owe(duty=duty, by=SYSTEM, at=at)


def _meet(duty: str, row: PersonRequest, *, at: datetime) -> None:
    """Meet what is still owed of a duty."""
    for one in for_duty(UUID(duty), viewer=SYSTEM, at=at):
        if one.state is State.OPEN:
            evidence = f"request:{row.pk}"
            meet(occurrence_id=one.id, evidence=evidence, by=SYSTEM, at=at, kind=one.kind)


def _tell(row: PersonRequest, *, by: Viewer, at: datetime) -> None:
    """A message says that there is an answer, and nothing of what it says."""
    person = row.person
    if person is None:
        return
    phone = person.phones.filter(proved_at__isnull=False).order_by("-proved_at").first()
    if phone is None:
        return
    message = NewMessage(
        kind="people.request",
        channel=Channel.SMS,
        to=opened(envelope_of(person), phone, "number"),
        template="people.request",
        language=person.language,
        about=f"request:{row.pk}",
    )
    post(message=message, by=by, at=at)


def _record(event: str, row: PersonRequest, *, by: Viewer, at: datetime) -> None:
    detail = {"request": str(row.kind), "unit": str(row.unit_id)}
    record(event=event, by=by, at=at, subject=f"request:{row.pk}", detail=detail)
