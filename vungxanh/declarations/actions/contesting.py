"""Somebody says that an outcome is wrong; an officer keeps it, or corrects it with a reason."""

from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from vungxanh.audit.actions import record
from vungxanh.core import clock
from vungxanh.core.enveloped import opened, sealed
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM, Viewer
from vungxanh.declarations.actions import care_refusals as refuse
from vungxanh.declarations.actions.care_letters import tell_answer
from vungxanh.declarations.models import Contest, Decision, Declaration
from vungxanh.declarations.queries.contests import allowed
from vungxanh.declarations.values.care import CORRECT, LONGEST_NOTE
from vungxanh.declarations.values.states import ColourNumber, ContestState
from vungxanh.duties.actions import meet, owe
from vungxanh.duties.queries import for_duty
from vungxanh.duties.values import Holder, HolderKind, NewDuty, Pace, Schedule, SourceKind, State
from vungxanh.people.actions import write_card
from vungxanh.people.queries.reaching import own_persons, reached
from vungxanh.people.values.standing import Colour, NewCard

CONTEST: Final = "declarations.contest"
SOURCE = "Quy trình xem lại kết quả khai báo y tế"
TITLE = "Trả lời người dân về kết quả khai báo y tế"
WITHIN = timedelta(days=1)
_LETTERS = 5
_DAY_ENDS = time(17, 0)


def contest(*, declaration_id: UUID, words: str, by: Viewer, at: datetime) -> UUID:
    """The person, or who answers for them, says that an outcome is wrong, and why.

    The commune owes an answer by the end of the next day. Records declarations.contest_asked.
    """
    said = _worded(words)
    with transaction.atomic():
        made = Declaration.objects.filter(pk=declaration_id).first()
        if made is None or made.person_id not in own_persons(by):
            raise MissingError
        found = reached([made.person_id], viewer=by)[made.person_id]
        row = Contest(
            declaration_id=made.pk,
            person_id=made.person_id,
            unit_id=made.unit_id or found.unit or None,
            asked_at=at,
            **sealed(found.envelope, Contest, words=said),
        )
        row.duty = str(owe_answer(row, at=at)) if row.unit_id else ""
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise refuse.asked_already() from None
        record(event="declarations.contest_asked", by=by, at=at, subject=_ref(row))
    return row.pk


def keep(*, contest_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """The outcome stands, and why. Records declarations.contest_kept."""
    with transaction.atomic():
        row, made = _waiting(contest_id, by=by)
        colour = ColourNumber(made.colour).colour
        _decide(row, made, (colour, colour), reason=_worded(reason), by=by, at=at)
        record(event="declarations.contest_kept", by=by, at=at, subject=_ref(row))


def correct(
    *, contest_id: UUID, colour: Colour | None, reason: str, by: Viewer, at: datetime
) -> None:
    """Another colour, and why; the card is written, unless it comes of a later declaration.

    Records declarations.contest_corrected.
    """
    with transaction.atomic():
        row, made = _waiting(contest_id, by=by)
        before = ColourNumber(made.colour).colour
        if colour is None or colour is before:
            raise refuse.colour_needed()
        _decide(row, made, (before, colour), reason=_worded(reason), by=by, at=at)
        if made.until > at and not _has_later(made):
            source = f"contest:{row.pk}"
            card = NewCard(made.person_id, colour, made.at, made.until, source)
            write_card(card=card, by=by, at=at)
        record(event="declarations.contest_corrected", by=by, at=at, subject=_ref(row))


def _waiting(contest_id: UUID, *, by: Viewer) -> tuple[Contest, Declaration]:
    """An open contest of the officer's own area, locked, with what it is about."""
    rows = Contest.objects.select_for_update(of=("self",)).select_related("unit")
    row = allowed(rows.filter(pk=contest_id).first(), viewer=by, needs=CORRECT, acting=True)
    if row.state != ContestState.OPEN:
        raise refuse.decided_already()
    made = Declaration.objects.filter(pk=row.declaration_id).first()
    if made is None:
        raise MissingError
    return row, made


def _decide(
    row: Contest,
    made: Declaration,
    colours: tuple[Colour, Colour],
    *,
    reason: str,
    by: Viewer,
    at: datetime,
) -> None:
    """Write the decision with what the outcome stood on; tell the person; the duty is met."""
    found = reached([row.person_id], viewer=by).get(row.person_id)
    if found is None:
        raise MissingError
    before, after = colours
    row.state = ContestState.KEPT if before is after else ContestState.CORRECTED
    row.decided_by, row.decided_at, row.colour = by.id, at, after
    row.reason = sealed(found.envelope, Contest, reason=reason)["reason"]
    row.save(update_fields=["state", "decided_by", "decided_at", "colour", "reason"])
    inputs = opened(found.envelope, made, "outcome")
    Decision.objects.create(
        contest=row,
        declaration_id=made.pk,
        person_id=row.person_id,
        rules_id=made.rules_id,
        before=before,
        after=after,
        at=at,
        by=by.id,
        **sealed(found.envelope, Decision, inputs=inputs, reason=reason),
    )
    _meet(row, at=at)
    tell_answer(row, by=by, at=at)


def _has_later(made: Declaration) -> bool:
    return Declaration.objects.filter(person_id=made.person_id, at__gt=made.at).exists()


def _worded(text: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_NOTE or sum(letter.isalpha() for letter in said) < _LETTERS:
        raise refuse.reason_needed()
    return said


def owe_answer(row: Contest, *, at: datetime) -> UUID:
    """The commune owes an answer by the end of the next day; the duty's id."""
    duty = NewDuty(
        title=TITLE,
        holder=Holder(HolderKind.UNIT, str(row.unit_id)),
        owed_to=str(row.unit_id),
        schedule=Schedule((at + WITHIN).astimezone(clock.TZ).date(), _DAY_ENDS),
        source_kind=SourceKind.RULE,
        source=SOURCE,
        kind=CONTEST,
        key=f"{CONTEST}:{row.pk}",
        pace=Pace.DAYS,
    )
    return owe(duty=duty, by=SYSTEM, at=at)


def _meet(row: Contest, *, at: datetime) -> None:
    if not row.duty:
        return
    for one in for_duty(UUID(row.duty), viewer=SYSTEM, at=at):
        if one.state is State.OPEN:
            evidence = f"contest:{row.pk}"
            meet(occurrence_id=one.id, evidence=evidence, by=SYSTEM, at=at, kind=CONTEST)


def _ref(row: Contest) -> str:
    return f"contest:{row.pk}"
