"""Sheets of paper that officers enter: signed by whom they are about, each number once."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.actions import look
from vungxanh.accounts.actions.purposes import for_purpose
from vungxanh.audit.actions import record
from vungxanh.core.clock import TZ
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.models import EnteredSheet, Pile, Questionnaire, SheetCount
from vungxanh.declarations.queries.paper import (
    form_name,
    sheet_numbered,
    staff_name,
    version_numbered,
)
from vungxanh.declarations.rules.paper import number_of, read_number
from vungxanh.declarations.values.declared import Made, Refusal, Told
from vungxanh.declarations.values.paper import (
    ENTER,
    BadNumberError,
    Entered,
    NobodySaidError,
    NotTakenError,
    OtherFormError,
    SheetEnteredError,
    TypedSheet,
)
from vungxanh.declarations.values.states import Way
from vungxanh.engines.forms import AnswersError
from vungxanh.people.actions import add_person
from vungxanh.people.queries.officers_person import person_for
from vungxanh.people.values import person_ref

_NOON = time(12, tzinfo=TZ)
_SOMEBODY = "Một cán bộ"


def begin_pile(
    *, version: Questionnaire, purpose: str, lies_at: str, by: Viewer, at: datetime
) -> UUID:
    """Begin a pile of sheets of one form; records declarations.pile_begun with the purpose."""
    by.require(ENTER)
    looking = for_purpose(by, purpose, at)
    with transaction.atomic():
        row = Pile.objects.create(
            questionnaire=version, purpose=purpose, lies_at=lies_at, at=at, by=by.id
        )
        subject = f"pile:{row.pk}"
        record(event="declarations.pile_begun", by=looking, at=at, subject=subject)
    return row.pk


def enter_sheet(*, pile: Pile, sheet: TypedSheet, by: Viewer, at: datetime) -> Entered:
    """Keep what a signed sheet says, for somebody of the register or somebody begun by it.

    Nothing is stored unless all of it is. Records declarations.sheet_entered. Raises AnswersError
    where the form does not take the answers, a refusal for a number that was entered before.
    """
    by.require(ENTER)
    looking = for_purpose(by, pile.purpose, at)
    number = must_be_free(pile=pile, typed=sheet.number)
    with transaction.atomic():
        person_id = _person(sheet, looking, at)
        told = _declared(pile, sheet, person_id, by=looking, at=at)
        row = EnteredSheet.objects.create(
            pile=pile,
            number=number,
            declaration_id=told.id,
            person_id=person_id,
            signed_on=sheet.signed_on,
            at=at,
            by=by.id,
        )
        record(
            event="declarations.sheet_entered",
            by=looking,
            at=at,
            subject=person_ref(person_id),
            detail={"form": pile.questionnaire.code, "consent": "signed"},
        )
    return Entered(row.pk, number, told.colour, told.is_ill)


def must_be_free(*, pile: Pile, typed: str) -> str:
    """The twelve digits of a sheet of this pile that nobody entered yet."""
    sheet = read_number(typed, usual=pile.questionnaire_id)
    if sheet is None:
        raise BadNumberError
    if sheet.questionnaire != pile.questionnaire_id:
        other = version_numbered(sheet.questionnaire)
        raise OtherFormError(form_name(other)) if other else BadNumberError
    count = SheetCount.objects.filter(questionnaire=pile.questionnaire_id).first()
    if not 0 < sheet.nth <= (count.n if count else 0):
        raise BadNumberError
    number = number_of(sheet)
    former = sheet_numbered(number)
    if former is not None:
        when = former.at.astimezone(TZ)
        raise SheetEnteredError(
            staff_name(former.by) or _SOMEBODY, f"{when:%H:%M} {when.day}/{when.month}"
        )
    return number


def _person(sheet: TypedSheet, looking: Viewer, at: datetime) -> int:
    """Somebody of the officer's area, looked at through the door; or somebody begun."""
    if sheet.person is not None:
        row = person_for(looking, sheet.person, acting=True)
        look(
            viewer=looking,
            purpose=looking.purpose,
            resource="paper_declaration",
            subject=person_ref(row.pk),
            at=at,
        )
        return row.pk
    if sheet.new is None or not sheet.new.name.strip() or sheet.new.residence is None:
        raise NobodySaidError
    return add_person(person=sheet.new, by=looking, at=at).pk


def _declared(pile: Pile, sheet: TypedSheet, person_id: int, *, by: Viewer, at: datetime) -> Told:
    today = at.astimezone(TZ).date()
    when = at if sheet.signed_on >= today else datetime.combine(sheet.signed_on, _NOON)
    made = Made(
        id=new_id(),
        questionnaire=form_name(pile.questionnaire),
        answers=sheet.answers,
        person_id=person_id,
        way=Way.PAPER,
        lang=sheet.lang,
        device_id=None,
        by=by.id,
        point=None,
        at=when,
    )
    return kept(declare(made=(made,), at=at)[0])


def kept(told: Told) -> Told:
    """The same, once it lies in its table; else why not."""
    if told.outcome == Refusal.ANSWERS:
        raise AnswersError(told.faults)
    if not told.is_kept:
        raise NotTakenError(told.outcome)
    return told
