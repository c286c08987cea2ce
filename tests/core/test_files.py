"""The file store: nothing acknowledged is lost, nothing lies open, nothing is stored twice."""

import os
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import Settings

from tests.factories.people import Person
from vungxanh.core import clock, files
from vungxanh.core.errors import MissingError
from vungxanh.core.models import StoredFile
from vungxanh.core.sealed import UnopenableError

CONTENT = "Họ tên;Nguyễn Văn A\n".encode()


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Settings) -> Path:
    """A data directory of this test alone, under the session's keys."""
    settings.HOME = tmp_path
    return tmp_path / "files"


def keep(by: Person, content: bytes = CONTENT, *, sealed: bool = True) -> StoredFile:
    return files.keep(
        content, name="danh-sach.csv", media_type="text/csv", by=by.viewer, sealed=sealed
    )


def on_disk(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize("sealed", [True, False])
def test_what_is_kept_comes_back(sealed: bool, officer: Person) -> None:
    stored = keep(officer, sealed=sealed)
    row = StoredFile.objects.get()
    assert files.open_file(stored.id) == CONTENT
    assert (row.name, row.size_bytes, row.kept_by) == (
        "danh-sach.csv",
        len(CONTENT),
        officer.viewer.id,
    )


def test_sealed_file_shows_neither_content_nor_digest(officer: Person, store: Path) -> None:
    stored = keep(officer)
    (path,) = on_disk(store)
    assert CONTENT not in path.read_bytes()
    assert stored.sha256 not in path.name
    assert path.stat().st_mode & 0o077 == 0


def test_open_file_is_named_by_its_digest(officer: Person, store: Path) -> None:
    stored = keep(officer, sealed=False)
    (path,) = on_disk(store)
    assert path.name == stored.sha256
    assert path.read_bytes() == CONTENT


def test_equal_contents_share_their_bytes_but_not_their_rows(
    officer: Person, other_officer: Person, store: Path
) -> None:
    first, second = keep(officer), keep(other_officer)
    assert first.address == second.address
    assert len(on_disk(store)) == 1
    assert {row.kept_by for row in StoredFile.objects.all()} == {
        officer.viewer.id,
        other_officer.viewer.id,
    }


def test_changed_bytes_are_not_handed_out(officer: Person, store: Path) -> None:
    sealed, public = keep(officer), keep(officer, sealed=False)
    for path in on_disk(store):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    for stored in (sealed, public):
        with pytest.raises(UnopenableError):
            files.open_file(stored.id)


def test_file_that_is_not_there_is_a_plain_refusal(db: None) -> None:
    with pytest.raises(MissingError):
        files.open_file(uuid4())


def test_row_that_fails_leaves_bytes_that_a_sweep_takes(officer: Person, store: Path) -> None:
    with transaction.atomic():
        keep(officer)
        transaction.set_rollback(True)
    assert len(on_disk(store)) == 1
    assert files.sweep(clock.now()) == 0
    assert files.sweep(clock.now() + timedelta(days=2)) == 1
    assert on_disk(store) == []


def test_sweep_leaves_what_a_row_names(officer: Person, store: Path) -> None:
    keep(officer)
    assert files.sweep(clock.now() + timedelta(days=2)) == 0
    assert len(on_disk(store)) == 1


def test_crash_while_writing_leaves_neither_row_nor_name(
    officer: Person, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        keep(officer)
    monkeypatch.undo()
    assert not StoredFile.objects.exists()
    assert [path for path in on_disk(store) if not path.name.startswith(".")] == []
    assert files.sweep(clock.now() + timedelta(days=2)) == 1


def test_content_is_on_disk_before_its_name_is(
    officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        steps.append("sync")
        real_sync(descriptor)

    def replace(path: Path, to: Path) -> Path:
        steps.append("name")
        return real_replace(path, to)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    keep(officer)
    assert steps[:3] == ["sync", "name", "sync"]
