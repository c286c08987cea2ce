"""What follows a declaration: the card, what the register lacks, care; once, whatever ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.declarations.declare_scene import ILL, NOON, WELL, a_holder, forms, made
from vungxanh.audit.models import AuditEvent
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions import applying
from vungxanh.declarations.actions.applying import apply_waiting
from vungxanh.declarations.actions.declaring import declare
from vungxanh.declarations.actions.queueing import ask_to_apply
from vungxanh.declarations.models import Care, Declaration, Pending
from vungxanh.people.models import Card, Document, Person
from vungxanh.people.queries.reaching import reached

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _forms(places_of_both_eras: None) -> None:
    forms()


def test_cards_of_a_batch_are_written_with_one_event() -> None:
    devices = [a_holder() for _ in range(3)]
    declare(made=tuple(made(one) for one in devices), at=NOON)
    assert apply_waiting(at=LATER) == 3
    assert sorted(Card.objects.values_list("colour", flat=True)) == ["green"] * 3
    assert AuditEvent.objects.filter(event="people.cards_written").count() == 1
    assert not Pending.objects.exists()


def test_card_ends_when_the_outcome_does() -> None:
    declare(made=(made(a_holder()),), at=NOON)
    apply_waiting(at=LATER)
    card, row = Card.objects.get(), Declaration.objects.get()
    assert (card.starts_at, card.ends_at) == (NOON, row.until)
    assert card.source == f"declaration:{row.pk}"


def test_older_declaration_that_came_late_leaves_the_card() -> None:
    device = a_holder()
    early = replace(made(device, ILL), at=NOON - timedelta(hours=2))
    declare(made=(made(device),), at=NOON)
    apply_waiting(at=LATER)
    declare(made=(early,), at=NOON)
    apply_waiting(at=LATER)
    assert Card.objects.get().colour == "green"


def test_ill_person_gets_one_care_however_often_it_is_applied() -> None:
    declare(made=(made(a_holder(), ILL),), at=NOON)
    waiting = Pending.objects.get()
    apply_waiting(at=LATER)
    Pending.objects.bulk_create([waiting])  # as after an end before the commit
    apply_waiting(at=LATER)
    care = Care.objects.get()
    assert (care.unit_id, care.opened_at) == ("vn-2021:21586", NOON)


def test_well_person_gets_no_care() -> None:
    declare(made=(made(a_holder()),), at=NOON)
    apply_waiting(at=LATER)
    assert not Care.objects.exists()


def test_register_learns_what_it_lacks_and_no_number_by_which_one_is_found() -> None:
    device = a_holder()
    declare(made=(made(device),), at=NOON)
    apply_waiting(at=LATER)
    person = Person.objects.get(pk=device.person_id or 0)
    told = reached([person.pk], viewer=SYSTEM)[person.pk]
    assert (told.name, told.birth_year, told.unit) == (WELL["name"], 1980, "vn-2021:21586")
    assert told.address == WELL["address"]
    assert (told.numbers, Document.objects.count()) == ((), 0)


def test_register_keeps_what_it_knows() -> None:
    device = a_holder()
    declare(made=(made(device),), at=NOON)
    apply_waiting(at=LATER)
    declare(made=(made(device, {**WELL, "name": "Người Khác Hẳn"}),), at=NOON)
    apply_waiting(at=LATER)
    told = reached([device.person_id or 0], viewer=SYSTEM)[device.person_id or 0]
    assert told.name == WELL["name"]


def test_one_that_cannot_be_applied_keeps_no_other_from_it() -> None:
    bad, good = a_holder(), a_holder()
    declare(made=(made(bad), made(good)), at=NOON)
    Person.objects.filter(pk=bad.person_id or 0).update(key=b"\x01" + bytes(64))
    assert apply_waiting(at=LATER) == 1
    assert Card.objects.get().person_id == good.person_id
    assert Pending.objects.get().person_id == bad.person_id


def test_end_in_the_middle_leaves_all_to_the_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    declare(made=(made(a_holder()), made(a_holder(), ILL)), at=NOON)

    def ends(**_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(applying, "open_care", ends)
        with pytest.raises(KeyboardInterrupt):
            apply_waiting(at=LATER)
    assert (Pending.objects.count(), Card.objects.count()) == (2, 0)
    assert apply_waiting(at=LATER) == 2
    assert (Card.objects.count(), Care.objects.count()) == (2, 1)


def test_declaring_asks_for_a_run_after_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as asked:
        declare(made=(made(a_holder()),), at=NOON)
    assert ask_to_apply in asked
