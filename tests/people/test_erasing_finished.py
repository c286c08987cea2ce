"""What follows the commit of an erasure is finished by a job where the process died."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.register import AT, NUMBER, a_citizen, a_device
from vungxanh.core import subjects
from vungxanh.core.clock import frozen_at
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.messaging.actions import opt_out
from vungxanh.people import actions, jobs
from vungxanh.people.actions import erasing
from vungxanh.people.models import Device, ErasureProof, Person
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.queries.held import subject_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
LATER = AT + timedelta(days=1)
TASK = "people.finish_erasure"


class Shelf:
    """A store that keeps something under every device and number of a subject."""

    name = "shelf"

    def __init__(self) -> None:
        self.entries: set[str] = set()
        self.asked: list[Subject] = []

    def keep(self, subject: Subject) -> None:
        self.entries |= self._of(subject)

    def contains(self, subject: Subject) -> int:
        return len(self.entries & self._of(subject))

    def erase(self, subject: Subject, at: object) -> int:
        self.asked.append(subject)
        n = self.contains(subject)
        self.entries -= self._of(subject)
        return n

    @staticmethod
    def _of(subject: Subject) -> set[str]:
        return {subject.ref, *map(str, subject.devices), *subject.device_refs, *subject.addresses}


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The only store that a room has."""
    kept = Shelf()
    monkeypatch.setattr(subjects, "stores", lambda: (kept,))
    return kept


def die(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def erase_and_die(person: Person, monkeypatch: pytest.MonkeyPatch) -> ErasureProof:
    """The commit is the last thing that the process does."""
    with monkeypatch.context() as broken:
        broken.setattr(erasing, "finish_erasure", die)
        with pytest.raises(KeyboardInterrupt):
            actions.erase_person(person_id=person.pk, by=SYSTEM, at=LATER)
    return ErasureProof.objects.get()


def run_the_job() -> None:
    """What the worker does with the job that waits."""
    with frozen_at(LATER):
        jobs.finish_erasure(**the_job().args)


def the_job() -> ProcrastinateJob:
    """The job of the one proof; jobs of other tests may wait beside it."""
    proof_id = str(ErasureProof.objects.get().pk)
    job: ProcrastinateJob = ProcrastinateJob.objects.get(task_name=TASK, args__proof_id=proof_id)
    return job


def test_the_job_finishes_what_a_dead_process_left_as_it_would_have_been(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_citizen()
    whole = subject_of(person)
    assert (len(whole.devices), whole.addresses) == (1, (NUMBER,))
    shelf.keep(whole)
    proof = erase_and_die(person, monkeypatch)
    assert (Person.objects.count(), proof.checked_at, shelf.contains(whole)) == (0, None, 4)
    run_the_job()
    proof.refresh_from_db()
    assert (shelf.asked, shelf.entries) == ([whole], set())
    assert proof.checked_at == LATER
    assert proof.subject is None
    assert {"people_device", "people_phone", "messaging_message", "shelf"} <= set(proof.left or {})
    assert set((proof.left or {}).values()) == {0}


def test_the_job_finds_by_number_and_device_what_was_left(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = erase_and_die(a_citizen(), monkeypatch)
    opt_out(to=NUMBER, by=SYSTEM, at=LATER)
    run_the_job()
    proof.refresh_from_db()
    assert (proof.left or {})["messaging_optout"] == 1


def test_done_at_once_leaves_the_job_nothing_to_do(shelf: Shelf) -> None:
    actions.erase_person(person_id=a_citizen().pk, by=SYSTEM, at=LATER)
    proof = ErasureProof.objects.get()
    assert (proof.checked_at, len(shelf.asked)) == (LATER, 1)
    assert proof.subject is None
    run_the_job()
    assert len(shelf.asked) == 1


def test_a_store_that_was_away_is_asked_again_by_the_job(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_citizen()
    shelf.keep(subject_of(person))
    with monkeypatch.context() as broken:
        broken.setattr(shelf, "erase", away)
        actions.erase_person(person_id=person.pk, by=SYSTEM, at=LATER)
    assert ErasureProof.objects.get().checked_at is None
    run_the_job()
    assert (shelf.entries, ErasureProof.objects.get().checked_at) == (set(), LATER)


def away(*arguments: object) -> int:
    raise OSError


def test_an_anonymous_device_is_finished_by_the_job_too(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, _ = a_device()
    with monkeypatch.context() as broken:
        broken.setattr(erasing, "finish_erasure", die)
        with pytest.raises(KeyboardInterrupt):
            actions.erase_self(device=device, by=viewer_of(device), at=LATER)
    run_the_job()
    assert Device.objects.count() == 0
    assert [one.devices for one in shelf.asked] == [(device.pk,)]
    assert ErasureProof.objects.get().checked_at == LATER


def test_the_job_says_nothing_of_the_person(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    proof = erase_and_die(a_citizen(), monkeypatch)
    assert the_job().args == {"proof_id": str(proof.pk)}
