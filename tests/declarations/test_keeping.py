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
from vungxanh.declarations.actions.erasing import absorb, erase
from vungxanh.declarations.actions.purging import purge
from vungxanh.declarations.models import (
    Care,
    Declaration,
    DeclarationCount,
    DeclarationLink,
    Draft,
    EnteredSheet,
    Pending,
    Pile,
    Questionnaire,
)
from vungxanh.declarations.queries.of_person import export, held, left, person_models
from vungxanh.declarations.queries.purging import overdue
from vungxanh.people.actions.erasing import erase_person
from vungxanh.people.models import Device, Person
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
        "declarations_decision",
        "declarations_enteredsheet",
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
        "sheets": 0,
        "links": 0,
        "drafts": 0,
    }
    (row,) = export(subject)["declarations"]
    assert row["form"] == "general@2"
    assert json.loads(json.dumps(row["answers"]))["signs"] == ["fever", "cough"]


def entered(device: Device, at: datetime = NOON) -> EnteredSheet:
    """A sheet about the holder of a phone, in a pile of its own."""
    version = Questionnaire.objects.get(code="general", version=2)
    pile = Pile.objects.create(
        questionnaire=version, purpose="tracing", lies_at="Tủ hồ sơ", at=at, by="staff:1"
    )
    return EnteredSheet.objects.create(
        pile=pile,
        number="100000000000",
        declaration_id=new_id(),
        person_id=device.person_id or 0,
        signed_on=at.date(),
        at=at,
        by="staff:1",
    )


def asked_by_sms(device: Device, at: datetime = NOON) -> DeclarationLink:
    """A link to declare that was sent to the holder of a phone."""
    return DeclarationLink.objects.create(
        digest=b"2" * 32,
        person_id=device.person_id or 0,
        form="daily",
        at=at,
        by="staff:1",
        until=at + 7 * DAY,
    )


def begun(device: Device) -> Draft:
    """A declaration that the holder of a phone began and did not send."""
    version = Questionnaire.objects.get(code="general", version=2)
    return Draft.objects.create(
        device_id=device.pk, questionnaire_id=version.pk, answers='{"been": true}', at=NOON
    )


def subject_of(device: Device) -> Subject:
    return Subject(f"person:{device.person_id}", device.person_id, devices=(device.pk,))


def test_sheets_of_paper_go_after_thirty_days_and_piles_with_their_last_sheet() -> None:
    entered(a_holder())
    tables = ("declarations_enteredsheet", "declarations_pile")
    assert [overdue(NOON + 29 * DAY)[one] for one in tables] == [0, 0]
    assert [overdue(NOON + 31 * DAY)[one] for one in tables] == [1, 0]
    purge(at=NOON + 31 * DAY)
    assert (EnteredSheet.objects.count(), Pile.objects.count()) == (0, 0)


def test_person_is_told_of_paper_links_and_drafts() -> None:
    device = a_holder()
    entered(device)
    asked_by_sms(device)
    begun(device)
    lines = {line.table: line for line in held(subject_of(device))}
    days = {table: (lines[table].n, lines[table].kept_until) for table in lines if lines[table].n}
    assert days == {
        "sheets": (1, (NOON + 30 * DAY).date()),
        "links": (1, (NOON + 37 * DAY).date()),
        "drafts": (1, (NOON + 7 * DAY).date()),
    }


def test_person_is_handed_paper_links_and_drafts_whole() -> None:
    device = a_holder()
    entered(device)
    asked_by_sms(device)
    begun(device)
    told = export(subject_of(device))
    assert [row["lies_at"] for row in told["sheets"]] == ["Tủ hồ sơ"]
    assert [(row["form"], row["used_at"]) for row in told["links"]] == [("daily", "")]
    assert [(row["form"], row["answers"]) for row in told["drafts"]] == [
        ("general@2", {"been": True})
    ]


def test_draft_of_a_phone_without_a_person_is_handed_out() -> None:
    device = a_holder()
    begun(device)
    told = export(Subject("", None, devices=(device.pk,)))
    assert {table: len(list(rows)) for table, rows in told.items()} == {"drafts": 1}


def test_all_that_a_person_is_told_of_is_handed_out() -> None:
    device = a_holder()
    begun(device)
    subject = subject_of(device)
    assert {line.table for line in held(subject)} == set(export(subject))


def test_erased_person_leaves_no_sheet_link_or_draft() -> None:
    device = a_holder()
    entered(device)
    asked_by_sms(device)
    begun(device)
    erase(subject=subject_of(device), at=NOON)
    assert set(left(subject_of(device)).values()) == {0}
    assert (EnteredSheet.objects.count(), DeclarationLink.objects.count()) == (0, 0)
    assert (Draft.objects.count(), Pile.objects.get().lies_at) == (0, "Tủ hồ sơ")


def test_sheets_and_links_follow_who_somebody_turned_out_to_be() -> None:
    before, after = a_holder(), a_holder()
    entered(before)
    asked_by_sms(before)
    assert absorb(absorbed=before.person_id or 0, kept=after.person_id or 0, at=NOON) == 2
    assert EnteredSheet.objects.get().person_id == after.person_id
    assert DeclarationLink.objects.get().person_id == after.person_id


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
