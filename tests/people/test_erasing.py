"""Erasing a person takes them out of every room at once, and proves it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories.register import AT, NUMBER, TRAN_PHU, a_citizen, a_device, a_neighbour
from vungxanh.core import keys, subjects
from vungxanh.core.envelope import opened, rewrapped
from vungxanh.core.errors import MissingError
from vungxanh.core.keys import Use
from vungxanh.core.sealed import UnopenableError
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.actions import opt_out
from vungxanh.messaging.models import Message, OptOut
from vungxanh.people import actions
from vungxanh.people.actions.refusals import StillFollowedError
from vungxanh.people.models import (
    Consent,
    Device,
    ErasureProof,
    Person,
    PersonRequest,
    Phone,
    PhoneProof,
    SearchToken,
    Standing,
)
from vungxanh.people.queries import live_counts, proofs
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Origin, Residence, person_ref
from vungxanh.people.values.consents import Consenting
from vungxanh.people.values.entries import NewPerson
from vungxanh.people.values.rights import Kind, NewRequest
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
LATER = AT + timedelta(days=1)


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Keys of this test alone."""
    settings.KEYS = tmp_path / "keys"
    keys.create_missing()
    yield
    keys.forget()


def erased(person: Person) -> ErasureProof:
    """The proof of an erasure, with everything that follows the commit."""
    proof_id = actions.erase_person(person_id=person.pk, by=SYSTEM, at=LATER)
    return ErasureProof.objects.get(pk=proof_id)


def followed(person: Person) -> None:
    standing = NewStanding(person.pk, Class.CONTACT, AT, None, "case:x")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)


def a_child(guardian: Person) -> Person:
    child = NewPerson(
        Origin.DEPENDANT, "Bé Mẫu", residence=Residence(TRAN_PHU), guardian=guardian.pk
    )
    return actions.add_person(person=child, by=SYSTEM, at=AT)


def test_an_erased_person_is_in_no_table() -> None:
    person = a_citizen()
    erased(person)
    rows = [model.objects.count() for model in (Person, Phone, Device, PhoneProof, Message)]
    assert rows == [0, 0, 0, 0, 0]


def test_the_live_count_falls_in_the_same_transaction() -> None:
    person = a_citizen()
    before = live_counts([TRAN_PHU])[TRAN_PHU, "with_phone"]
    erased(person)
    assert live_counts([TRAN_PHU])[TRAN_PHU, "with_phone"] == before - 1


def test_an_install_leaves_the_count_with_its_person() -> None:
    person = a_citizen()
    device = Device.objects.get(person=person)
    actions.note_seen(device=device, at=LATER)
    assert live_counts([TRAN_PHU])[TRAN_PHU, "devices"] == 1
    erased(person)
    assert live_counts([TRAN_PHU])[TRAN_PHU, "devices"] == 0


def test_the_proof_tells_what_went_and_not_who() -> None:
    person = a_citizen()
    proof = erased(person)
    assert proof.counts["people"]["people_person"] == 1
    assert proof.counts["messaging"]["messaging_message"] == 1
    assert str(person.pk).encode() not in bytes(proof.reference)


def test_everything_is_read_again_after_the_commit(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    person = a_citizen()
    with django_capture_on_commit_callbacks(execute=True):
        proof = erased(person)
    proof.refresh_from_db()
    assert proof.checked_at == LATER
    assert set((proof.left or {}).values()) == {0}
    assert {"people_person", "people_phone", "messaging_message"} <= set(proof.left or {})


def test_the_check_finds_what_was_left() -> None:
    person = a_citizen()
    subject = Subject(person_ref(person.pk), person.pk, addresses=(NUMBER,))
    found = subjects.left(subject)
    assert (found["people_person"], found["people_phone"]) == (1, 2)
    assert found["messaging_message"] == 1


@pytest.mark.usefixtures("own_keys")
def test_once_the_key_above_is_destroyed_a_backup_opens_no_erased_person() -> None:
    person = a_neighbour()
    backup = bytes(person.key)
    proof = erased(person)
    old = bytes.fromhex(proof.key_id)
    assert opened(backup).key  # a backup from before still opens
    keys.add_key(Use.PEOPLE)
    assert rewrapped(backup) != backup
    keys.destroy_key(Use.PEOPLE, old)
    with pytest.raises(keys.UnknownKeyError):
        opened(backup)


def test_a_dependant_goes_with_the_guardian_each_with_a_proof() -> None:
    person = a_citizen()
    a_child(person)
    erased(person)
    assert (Person.objects.count(), ErasureProof.objects.count()) == (0, 2)


def test_whoever_is_followed_up_does_not_erase_themselves() -> None:
    person = a_citizen()
    followed(person)
    device = Device.objects.get(person=person)
    with pytest.raises(StillFollowedError):
        actions.erase_self(device=device, by=viewer_of(device), at=LATER)
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_guardian_of_a_followed_child_does_not_erase_themselves() -> None:
    person = a_citizen()
    followed(a_child(person))
    device = Device.objects.get(person=person)
    with pytest.raises(StillFollowedError):
        actions.erase_self(device=device, by=viewer_of(device), at=LATER)


def test_whoever_has_nothing_in_force_erases_themselves() -> None:
    person = a_citizen()
    device = Device.objects.get(person=person)
    actions.erase_self(device=device, by=viewer_of(device), at=LATER)
    proof = ErasureProof.objects.get()
    assert (Person.objects.count(), proof.erased_by) == (0, "self")


def test_an_anonymous_device_erases_itself() -> None:
    device, _ = a_device()
    actions.give_consent(
        device=device, purpose=Consenting.MESSAGES, version=1, language="vi", by=SYSTEM, at=AT
    )
    actions.erase_self(device=device, by=viewer_of(device), at=LATER)
    assert (Device.objects.count(), Consent.objects.count()) == (0, 0)


def test_what_was_asked_for_loses_its_words_and_its_person() -> None:
    person = a_citizen()
    device = Device.objects.get(person=person)
    asked = NewRequest(Kind.CORRECT, "Tên tôi sai dấu")
    actions.ask(device=device, request=asked, by=viewer_of(device), at=AT)
    erased(person)
    row = PersonRequest.objects.get()
    assert (row.person_id, row.words) == (None, "")


def test_a_refusal_of_messages_goes_too() -> None:
    person = a_citizen()
    opt_out(to=NUMBER, by=SYSTEM, at=AT)
    erased(person)
    assert OptOut.objects.count() == 0


def test_standings_and_search_tokens_go() -> None:
    person = a_neighbour()
    followed(person)
    erased(person)
    assert (Standing.objects.count(), SearchToken.objects.count()) == (0, 0)


def test_nobody_is_erased_twice() -> None:
    person = a_citizen()
    erased(person)
    with pytest.raises(MissingError):
        actions.erase_person(person_id=person.pk, by=SYSTEM, at=LATER)


def test_a_store_of_a_room_is_erased_and_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shelf:
        name = "shelf"

        def __init__(self) -> None:
            self.entries = {"person:1", "person:2"}

        def contains(self, subject: Subject) -> int:
            return len(self.entries & {subject.ref})

        def erase(self, subject: Subject, at: object) -> int:
            n = self.contains(subject)
            self.entries.discard(subject.ref)
            return n

    shelf = Shelf()
    monkeypatch.setattr(subjects, "stores", lambda: (shelf,))
    proof = ErasureProof.objects.create(
        reference=b"r" * 32,
        erased_at=AT,
        erased_by="self",
        counts={},
        key_id="0" * 8,
        data_key_id="1" * 8,
        subject=Subject("person:1", 1).as_text(),
    )
    actions.finish_erasure(proof_id=proof.pk, at=LATER)
    proof.refresh_from_db()
    assert (shelf.entries, (proof.left or {})["shelf"]) == ({"person:2"}, 0)


def test_a_wrapped_key_that_was_changed_opens_nothing() -> None:
    person = a_neighbour()
    whole = bytes(person.key)
    damaged = whole[:-1] + bytes([whole[-1] ^ 1])
    with pytest.raises(UnopenableError):
        opened(damaged)


def test_an_auditor_reads_whether_the_key_of_old_backups_is_still_held() -> None:
    proof = erased(a_neighbour())
    line = proofs.erasures(SYSTEM).rows[0]
    assert line.held_keys == line.key_ids == (proof.key_id, proof.data_key_id)


@pytest.mark.usefixtures("own_keys")
def test_an_auditor_reads_that_the_keys_of_old_backups_are_destroyed() -> None:
    proof = erased(a_neighbour())
    for use, key_id in ((Use.PEOPLE, proof.key_id), (Use.DATA, proof.data_key_id)):
        keys.add_key(use)
        keys.destroy_key(use, bytes.fromhex(key_id))
    assert proofs.erasures(SYSTEM).rows[0].held_keys == ()
