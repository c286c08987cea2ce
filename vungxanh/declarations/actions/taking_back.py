"""Declarations that were entered by mistake, taken back within ten minutes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vungxanh.audit.actions import record
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import Viewer
from vungxanh.declarations.models import (
    Care,
    Declaration,
    DeclarationCount,
    EnteredSheet,
    Pending,
    Pile,
)
from vungxanh.declarations.queries.forms import form_of
from vungxanh.declarations.values.paper import ENTER, UNDONE_WITHIN, TooLateToUndoError
from vungxanh.people.actions import end_card
from vungxanh.people.values import person_ref


def undo_sheet(*, pile: Pile, sheet_id: UUID, by: Viewer, at: datetime) -> None:
    """Take a sheet of the own pile back: its number is free again, its declaration is gone.

    Card and count are as they were; a call that the station owes for it can no longer be taken
    back, so such a sheet stays. Records declarations.sheet_undone. Twice changes nothing.
    """
    by.require(ENTER)
    with transaction.atomic():
        row = EnteredSheet.objects.select_for_update().filter(pk=sheet_id, pile=pile).first()
        if row is None:
            raise MissingError
        if row.undone_at is not None:
            return
        if at - row.at > UNDONE_WITHIN:
            raise TooLateToUndoError
        _take_back(row.declaration_id, by=by, at=at)
        row.undone_at = at
        row.save(update_fields=["undone_at"])
        subject = person_ref(row.person_id)
        record(event="declarations.sheet_undone", by=by, at=at, subject=subject)


def _take_back(declaration_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Delete a declaration with its place in the queue and its count."""
    row = Declaration.objects.select_for_update().filter(pk=declaration_id).first()
    if row is None:
        return
    if Care.objects.filter(person_id=row.person_id, opened_at__gte=row.received_at).exists():
        raise TooLateToUndoError
    waits = Pending.objects.filter(declaration_id=declaration_id).delete()[0]
    others = Declaration.objects.filter(person_id=row.person_id).exclude(pk=row.pk)
    _count_less(
        row, is_only=not others.filter(day=row.day, questionnaire_id=row.questionnaire_id).exists()
    )
    Declaration.objects.filter(pk=declaration_id).delete()
    if not waits:
        _card_of_before(row.person_id, by=by, at=at)


def _count_less(row: Declaration, *, is_only: bool) -> None:
    found = DeclarationCount.objects.filter(
        day=row.day, unit=row.unit_id, form=_form_of(row), way=row.way
    )
    found.update(
        n=F("n") - 1, n_ill=F("n_ill") - int(row.is_ill), n_first=F("n_first") - int(is_only)
    )


def _form_of(row: Declaration) -> str:
    return form_of(row.questionnaire_id).id


def _card_of_before(person_id: int, *, by: Viewer, at: datetime) -> None:
    """The card goes; the last declaration before, if there is one, is applied once more."""
    end_card(person=person_id, by=by, at=at)
    last = Declaration.objects.filter(person_id=person_id, until__gt=at).order_by("-at").first()
    if last is not None:
        Pending.objects.get_or_create(
            declaration_id=last.pk,
            defaults={"person_id": person_id, "received_at": last.received_at, "work": {}},
        )
