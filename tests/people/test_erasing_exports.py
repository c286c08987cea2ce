"""A file of exported persons goes when somebody in it is erased, and the proof says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tests.factories.people import Colleague
from tests.factories.register import AT, a_citizen, a_neighbour
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.actions import exported
from vungxanh.accounts.actions.exports import ExportClosedError
from vungxanh.accounts.models import PersonExport
from vungxanh.accounts.queries import exports as queries
from vungxanh.accounts.values.exports import ExportAsked, ExportForm, ExportState
from vungxanh.core import files, keys
from vungxanh.core.clock import frozen_at
from vungxanh.core.models import StoredFile
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import ErasureProof, Person
from vungxanh.people.overview.officers_lists import RESOURCE
from vungxanh.people.values import person_ref
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
STORE = exported.ExportedFiles.name


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Files of this test alone, under the keys of all."""
    settings.KEYS, settings.HOME = keys.folder(), tmp_path


@pytest.fixture(autouse=True)
def morning(db: None) -> Iterator[None]:
    """Nine o'clock, with the purposes that the package brings."""
    with frozen_at(AT):
        accounts.load_purposes(by=SYSTEM, at=AT)
        yield


def followed(person: Person, cls: Class) -> Person:
    standing = NewStanding(person.pk, cls, AT, AT + timedelta(days=14), "case:1")
    actions.write_standing(standing=standing, by=SYSTEM, at=AT)
    return person


def exported_by(officer: Colleague, list_id: str, form: ExportForm = ExportForm.PDF) -> UUID:
    asked = ExportAsked(RESOURCE, list_id, "tracing", form)
    return accounts.ask_export(asked=asked, language="vi", by=officer.viewer, at=AT)


def erased(person: Person) -> ErasureProof:
    """The proof of an erasure that was finished."""
    proof_id = actions.erase_person(person_id=person.pk, by=SYSTEM, at=AT)
    actions.finish_erasure(proof_id=proof_id, at=AT)
    return ErasureProof.objects.get(pk=proof_id)


@pytest.mark.parametrize("form", list(ExportForm))
def test_the_file_with_an_erased_person_is_gone_and_the_proof_lists_it(
    officer: Colleague, form: ExportForm
) -> None:
    person = followed(a_neighbour(), Class.QUARANTINED)
    export_id = exported_by(officer, "cach-ly", form)
    assert exported.ExportedFiles().contains(subject_of(person)) == 1
    proof = erased(person)
    assert (proof.left or {})[STORE] == 0
    row = PersonExport.objects.get(id=export_id)
    assert (row.state, row.file_id, row.subjects) == (ExportState.GONE, None, None)
    assert (StoredFile.objects.count(), files.kept(after="")) == (0, [])
    with pytest.raises(ExportClosedError):
        accounts.open_export(export_id=export_id, by=officer.viewer, at=AT)


def subject_of(person: Person) -> Subject:
    return Subject(person_ref(person.pk), person.pk)


def test_the_file_of_others_stays(officer: Colleague) -> None:
    person = followed(a_neighbour(), Class.QUARANTINED)
    followed(a_neighbour("Người Mẫu Hai"), Class.TO_BE_TESTED)
    with_them, with_others = exported_by(officer, "cach-ly"), exported_by(officer, "xet-nghiem")
    erased(person)
    assert PersonExport.objects.get(id=with_them).file_id is None
    assert accounts.open_export(export_id=with_others, by=officer.viewer, at=AT).content
    assert len(files.kept(after="")) == 1


def test_a_file_that_does_not_say_whom_it_has_goes_with_anybody(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed(a_neighbour(), Class.QUARANTINED)
    silent = replace(queries.person_list(RESOURCE), subject=None)
    monkeypatch.setattr("vungxanh.accounts.actions.exports.person_list", lambda name: silent)
    export_id = exported_by(officer, "cach-ly")
    erased(a_citizen())
    assert PersonExport.objects.get(id=export_id).file_id is None


def test_an_erasure_that_was_stopped_at_the_file_is_done_again(
    officer: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = followed(a_neighbour(), Class.QUARANTINED)
    exported_by(officer, "cach-ly")
    proof_id = actions.erase_person(person_id=person.pk, by=SYSTEM, at=AT)
    with monkeypatch.context() as broken:
        broken.setattr(StoredFile, "delete", _killed)  # the bytes are gone, the row is not
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            actions.finish_erasure(proof_id=proof_id, at=AT)
    assert ErasureProof.objects.get(pk=proof_id).checked_at is None
    assert exported.ExportedFiles().contains(subject_of(person)) == 1
    actions.finish_erasure(proof_id=proof_id, at=AT)
    assert (ErasureProof.objects.get(pk=proof_id).left or {})[STORE] == 0
    assert (StoredFile.objects.count(), files.kept(after="")) == (0, [])


def _killed(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def test_whoever_makes_a_file_holds_off_whoever_erases() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        exported.while_files_are_made()
        cursor.execute("SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert ("ShareLock",) in cursor.fetchall()
