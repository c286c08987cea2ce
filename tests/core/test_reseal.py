"""A change of key: everything opens all along, it goes on after a kill, old backups close."""

from base64 import b64decode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import DatabaseError
from pytest_django import Settings

from tests.audit.tampering import NOON
from tests.factories.people import Colleague
from vungxanh.accounts.models import Staff
from vungxanh.accounts.models.factors import opened as opened_factor
from vungxanh.accounts.models.factors import sealed as sealed_factor
from vungxanh.core import envelope, files, keys, reseal, sealed_places
from vungxanh.core.keys import CurrentKeyError, UnknownKeyError, Use
from vungxanh.core.models import KeyChange, StoredFile
from vungxanh.core.privacy import internal
from vungxanh.core.reseal import places
from vungxanh.core.sealed import SealedField
from vungxanh.core.sealed_places import Columns, Renewed
from vungxanh.core.viewer import SYSTEM

pytestmark = pytest.mark.slow
LATER = NOON + reseal.SETTLING
TABLE = "test_enveloped"
PLACE = f"{TABLE}.name"
NAMES = [f"Người mẫu {n}" for n in range(1, 8)]


class Enveloped(models.Model):
    """People as the register keeps them: each with a key of their own."""

    key = models.BinaryField()
    name = models.BinaryField()
    objects: ClassVar["models.Manager[Enveloped]"] = models.Manager()
    privacy = internal("id", "key", "name")

    class Meta:
        app_label = "silent"
        managed = False
        db_table = TABLE


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Settings) -> Path:
    """Keys and files of this test alone."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    keys.create_missing()
    return tmp_path / "keys"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows at a time."""
    monkeypatch.setattr(reseal, "BATCH", 2)


@pytest.fixture
def enveloped(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A table of people, registered as a room registers it."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id serial PRIMARY KEY, key bytea, name bytea)")
    place = Columns(Enveloped, ("key",), Use.PEOPLE)
    monkeypatch.setattr(reseal, "places", lambda use: (place,))
    for name in NAMES:
        own, wrapped = envelope.new_envelope()
        Enveloped.objects.create(key=wrapped, name=own.seal(name, PLACE))
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def rows() -> list[tuple[bytes, bytes]]:
    """What a dump of the table holds."""
    return [(bytes(row.key), bytes(row.name)) for row in Enveloped.objects.order_by("id")]


def names(dump: list[tuple[bytes, bytes]]) -> list[str]:
    return [envelope.opened(key).open(name, PLACE) for key, name in dump]


def change(use: Use) -> tuple[bytes, bytes]:
    """Take a new key into use; the former id and the new one."""
    former = keys.ring(use).current
    new = keys.add_key(use)
    reseal.begin(use, at=NOON)
    return former, new


def finish(use: Use) -> list[reseal.Step]:
    return list(reseal.go_on(use, now=lambda: NOON))


def heads() -> set[bytes]:
    """Which keys the people are wrapped under."""
    return {envelope.kek_id(key) for key, _ in rows()}


def test_everybody_opens_after_each_batch(enveloped: None, small_batches: None) -> None:
    former, new = change(Use.PEOPLE)
    seen = []
    for _ in reseal.go_on(Use.PEOPLE, now=lambda: NOON):
        assert names(rows()) == NAMES
        seen.append(heads())
    assert (seen[0], seen[-1]) == ({former, new}, {new})
    assert reseal.is_finished(Use.PEOPLE)


def test_killed_process_goes_on_where_it_stopped(
    enveloped: None, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(Use.PEOPLE)
    reseal.step(Use.PEOPLE, at=NOON)
    with monkeypatch.context() as broken:
        broken.setattr(KeyChange, "save", _killed)  # rows are written, progress is not
        with pytest.raises(KeyboardInterrupt):
            reseal.step(Use.PEOPLE, at=NOON)
    assert names(rows()) == NAMES
    noted = KeyChange.objects.get()
    assert (noted.n_rows, noted.last_row) == (2, str(_ids()[1]))
    finish(Use.PEOPLE)
    noted.refresh_from_db()
    assert (noted.n_rows, noted.last_row, noted.ended_at) == (len(NAMES), "", NOON)


def _killed(*arguments: object, **named: object) -> None:
    raise KeyboardInterrupt


def _ids() -> list[int]:
    return list(Enveloped.objects.order_by("id").values_list("id", flat=True))


def test_backup_from_before_does_not_open_after_the_former_key_is_destroyed(
    enveloped: None, own_keys: Path
) -> None:
    backup = rows()
    former, _ = change(Use.PEOPLE)
    Enveloped.objects.order_by("id")[0].delete()  # somebody asks to be forgotten
    finish(Use.PEOPLE)
    assert names(backup) == NAMES
    reseal.destroy(Use.PEOPLE, former, at=LATER)
    assert names(rows()) == NAMES[1:]
    assert former not in keys.ring(Use.PEOPLE).keys
    for one in backup:
        with pytest.raises(UnknownKeyError):
            names([one])


def test_two_runners_at_once_do_no_harm(enveloped: None, small_batches: None) -> None:
    _, new = change(Use.PEOPLE)
    runners = [Thread(target=_run) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    finish(Use.PEOPLE)
    assert (names(rows()), heads()) == (NAMES, {new})
    assert KeyChange.objects.get().n_rows == len(NAMES)


def _run() -> None:
    try:
        finish(Use.PEOPLE)
    finally:
        connection.close()


def test_row_that_somebody_holds_is_passed_by_and_taken_later(
    enveloped: None, small_batches: None
) -> None:
    _, new = change(Use.PEOPLE)
    with transaction.atomic():
        Enveloped.objects.select_for_update().get(id=_ids()[2])
        runner = Thread(target=_run)
        runner.start()
        runner.join()
        assert not reseal.is_finished(Use.PEOPLE)
    assert len(heads()) == 2
    finish(Use.PEOPLE)
    assert (names(rows()), heads()) == (NAMES, {new})


def test_erased_key_is_left_as_it_is(enveloped: None) -> None:
    Enveloped.objects.filter(id=_ids()[0]).update(key=b"")
    change(Use.PEOPLE)
    finish(Use.PEOPLE)
    assert rows()[0][0] == b""
    assert names(rows()[1:]) == NAMES[1:]
    assert reseal.is_finished(Use.PEOPLE)


def test_key_under_which_something_lies_is_not_destroyed(enveloped: None) -> None:
    _, left = envelope.new_envelope()
    former, _ = change(Use.PEOPLE)
    finish(Use.PEOPLE)
    Enveloped.objects.filter(id=_ids()[0]).update(key=left)  # by a hand that held the former key
    with pytest.raises(reseal.KeyStillNeededError):
        reseal.destroy(Use.PEOPLE, former, at=LATER)
    assert former in keys.ring(Use.PEOPLE).keys


def test_key_is_not_destroyed_before_the_change_has_ended_and_settled(enveloped: None) -> None:
    former, new = change(Use.PEOPLE)
    with pytest.raises(reseal.ChangeUnfinishedError):
        reseal.destroy(Use.PEOPLE, former, at=LATER)
    finish(Use.PEOPLE)
    with pytest.raises(reseal.KeySettlingError):
        reseal.destroy(Use.PEOPLE, former, at=LATER - timedelta(seconds=1))
    with pytest.raises(CurrentKeyError):
        reseal.destroy(Use.PEOPLE, new, at=LATER)
    assert set(keys.ring(Use.PEOPLE).keys) == {former, new}


def test_key_is_not_destroyed_while_somebody_writes(
    enveloped: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reseal, "LOCK_WAIT", "100ms")
    former, _ = change(Use.PEOPLE)
    finish(Use.PEOPLE)
    raised: list[Exception] = []
    with transaction.atomic():
        Enveloped.objects.filter(id=_ids()[0]).update(key=b"")
        runner = Thread(target=_destroy, args=(former, raised))
        runner.start()
        runner.join()
    assert [type(error) for error in raised] == [reseal.WritersBusyError]
    assert former in keys.ring(Use.PEOPLE).keys


def _destroy(key_id: bytes, raised: list[Exception]) -> None:
    try:
        reseal.destroy(Use.PEOPLE, key_id, at=LATER)
    except reseal.WritersBusyError as error:
        raised.append(error)
    finally:
        connection.close()


@pytest.mark.parametrize("use", [Use.AUDIT, Use.SEAL, Use.QR], ids=str)
def test_keys_of_what_cannot_be_sealed_again_are_left_alone(use: Use, db: None) -> None:
    former = keys.ring(use).current
    keys.add_key(use)
    with pytest.raises(reseal.NotWalkedError):
        reseal.begin(use, at=NOON)
    with pytest.raises(reseal.NotWalkedError):
        reseal.destroy(use, former, at=LATER)


def test_key_of_people_is_not_destroyed_where_no_room_says_what_lies_under_it(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reseal, "places", lambda use: ())
    former, _ = change(Use.PEOPLE)
    with pytest.raises(reseal.ChangeUnfinishedError):
        reseal.destroy(Use.PEOPLE, former, at=LATER)


def test_without_a_former_key_there_is_nothing_to_do(db: None) -> None:
    reseal.begin(Use.DATA, at=NOON)
    assert finish(Use.DATA) == []


def test_every_sealed_field_of_every_room_is_walked() -> None:
    walked = {(place.name, c) for place in places(Use.DATA) for c in getattr(place, "columns", ())}
    fields = [field for model in apps.get_models() for field in model._meta.local_concrete_fields]
    sealed = [field for field in fields if isinstance(field, SealedField)]
    assert walked == {(field.model._meta.db_table, field.column) for field in sealed}
    assert ("accounts_staff", "name") in walked


def test_originals_their_rows_and_second_factors_are_sealed_again(
    officer: Colleague,
) -> None:
    kept = files.keep(b"original", name="mau.csv", media_type="text/csv", by=SYSTEM)
    open_one = files.keep(b"\x01public", name="x", media_type="x", by=SYSTEM, sealed=False)
    data = {"name": sealed_factor("điện thoại"), "codes": [sealed_factor("123")], "count": 3}
    factor = Authenticator.objects.create(user=officer.staff, type="totp", data=data)
    former, new = change(Use.DATA)
    finish(Use.DATA)
    keys.destroy_key(Use.DATA, former)
    assert reseal.counts(Use.DATA)[new]["files"] == 1
    assert (files.open_file(kept.id), files.open_file(open_one.id)) == (b"original", b"\x01public")
    assert StoredFile.objects.get(id=kept.id).name == "mau.csv"
    assert Staff.objects.get(id=officer.staff.id).email == officer.email
    factor.refresh_from_db()
    assert b64decode(factor.data["name"])[1:5] == new
    assert opened_factor(factor.data["name"]) == "điện thoại"
    assert (opened_factor(factor.data["codes"][0]), factor.data["count"]) == ("123", 3)


def test_table_that_is_written_once_is_sealed_again_and_still_written_once(
    enveloped: None,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TRIGGER once BEFORE UPDATE ON {TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION directives_refuse_change()"
        )
    _, new = change(Use.PEOPLE)
    finish(Use.PEOPLE)
    assert heads() == {new}
    with pytest.raises(DatabaseError):
        Enveloped.objects.update(name=b"")


def test_file_swept_meanwhile_is_no_fault(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    files.keep(b"original", name="mau.csv", media_type="text/csv", by=SYSTEM)
    (path,) = files.kept(after="")
    change(Use.DATA)
    monkeypatch.setattr(files, "kept", lambda *, after: [path.with_name("f" * 64)])
    assert sealed_places.Originals().renew("", 10) == Renewed(0, "f" * 64, is_end=True)
