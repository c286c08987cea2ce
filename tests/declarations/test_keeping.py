"""Declarations go with their day and with their person; one person's become another's."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

from tests.declarations.declare_scene import ILL, NOON, a_holder, forms, made
from tests.factories.register import AT
from vungxanh.core.ids import new_id
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.applying import apply_waiting
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.actions.erasing import absorb
from vungxanh.declarations.actions.purging import purge
from vungxanh.declarations.models import (
    Care,
    Declaration,
    DeclarationCount,
    DeclarationLink,
    Draft,
    Pending,
)
from vungxanh.declarations.queries.of_person import export, held, left, person_models
from vungxanh.declarations.queries.purging import overdue
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.models import Person
from vungxanh.people.queries.persons import envelope_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _forms(places_of_both_eras: None) -> None:
    forms()


def partitions() -> set[str]:
    """The tables in which declarations lie."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits "
            "WHERE inhparent = 'declarations_declaration'::regclass"
        )
        return {name for (name,) in cursor.fetchall()}


def test_days_are_made_a_week_ahead_and_dropped_after_thirty() -> None:
    now = datetime.now(UTC)
    purge(at=now)
    assert f"declarations_declaration_{now + 7 * DAY:%Y%m%d}" in partitions()
    purge(at=now + 40 * DAY)
    assert f"declarations_declaration_{now:%Y%m%d}" not in partitions()


def test_declarations_are_overdue_after_thirty_days_and_gone_after_the_purge() -> None:
    now = datetime.now(UTC)
    device = a_holder()
    declare(made=(replace(made(device), id=new_id(), at=NOON),), at=NOON)
    table = Declaration._meta.db_table
    assert overdue(now + 30 * DAY)[table] == 0
    assert overdue(now + 32 * DAY)[table] == 1
    purge(at=now + 32 * DAY)
    assert (Declaration.objects.count(), Pending.objects.count()) == (0, 0)
    assert DeclarationCount.objects.get().n == 1
    assert set(overdue(now + 32 * DAY).values()) == {0}


def test_links_and_drafts_go_in_time() -> None:
    device = a_holder()
    DeclarationLink.objects.create(
        digest=b"1" * 32, person_id=device.person_id or 0, form="daily", at=AT, by="", until=AT
    )
    Draft.objects.create(device_id=device.pk, questionnaire_id=1, answers="{}", at=AT)
    purge(at=AT + 6 * DAY)
    assert (DeclarationLink.objects.count(), Draft.objects.count()) == (1, 1)
    purge(at=AT + 31 * DAY)
    assert (DeclarationLink.objects.count(), Draft.objects.count()) == (0, 0)


def test_every_table_of_persons_is_asked() -> None:
    names = {one._meta.db_table for one in person_models()}
    assert names >= {
        "declarations_declaration",
        "declarations_pending",
        "declarations_care",
        "declarations_contest",
        "declarations_declarationlink",
        "declarations_draft",
    }


def test_person_is_told_and_handed_what_they_declared() -> None:
    device = a_holder()
    declare(made=(made(device, ILL),), at=NOON)
    apply_waiting(at=NOON)
    subject = Subject(f"person:{device.person_id}", device.person_id)
    assert {line.table: line.n for line in held(subject)} == {
        "declarations": 1,
        "care": 1,
        "contests": 0,
    }
    (row,) = export(subject)["declarations"]
    assert row["form"] == "general@2"
    assert json.loads(json.dumps(row["answers"]))["signs"] == ["fever", "cough"]


def test_erased_person_leaves_nothing_but_counts() -> None:
    device = a_holder()
    person = device.person_id or 0
    declare(made=(made(device, ILL),), at=NOON)
    apply_waiting(at=NOON)
    declare(made=(made(device),), at=NOON)
    erase_person(person_id=person, by=SYSTEM, at=NOON)
    assert set(left(Subject(f"person:{person}", person)).values()) == {0}
    assert Declaration.objects.count() == Care.objects.count() == Pending.objects.count() == 0
    assert sum(DeclarationCount.objects.values_list("n", flat=True)) == 2


def test_declarations_of_who_turned_out_to_be_another_open_by_their_key() -> None:
    before, after = a_holder(), a_holder()
    declare(made=(made(before, ILL),), at=NOON)
    apply_waiting(at=NOON)
    assert absorb(absorbed=before.person_id or 0, kept=after.person_id or 0, at=NOON) == 2
    row = Declaration.objects.get()
    assert row.person_id == after.person_id == Care.objects.get().person_id
    kept = envelope_of(Person.objects.get(pk=after.person_id or 0))
    text = kept.open(bytes(row.answers or b""), "declarations_declaration.answers")
    assert json.loads(text)["signs"] == ["fever", "cough"]


def test_room_is_asked_by_the_house() -> None:
    config = apps.get_app_config("declarations")
    hooks = ("held", "export", "erase", "absorb", "left", "purge", "overdue")
    assert [name for name in hooks if not hasattr(config, name)] == []
