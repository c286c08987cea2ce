"""Commands on keys that must be known everywhere before they make anything."""

import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from tests.factories.register import a_neighbour
from vungxanh.audit.models import AuditEvent
from vungxanh.config import key_commands, programs
from vungxanh.core import keys, reseal
from vungxanh.core.keys import Use
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.queries.finding import with_number

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
PHONE = "+84912000003"


@pytest.fixture(autouse=True)
def own_installation(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Keys and files of this test alone; the database runs already and nobody else reads keys."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    keys.create_missing()
    monkeypatch.setattr(programs, "installation", lambda role: nullcontext())
    monkeypatch.setattr(reseal, "HEARD_AFTER_SECONDS", 0)
    monkeypatch.setenv("VUNGXANH_LANG", "en")
    yield
    keys.forget()


def run(*arguments: str) -> str:
    """What a command answers."""
    ended = CliRunner().invoke(key_commands.keys, arguments, catch_exceptions=False)
    assert ended.exit_code == 0, ended.output
    return ended.output


def events() -> list[tuple[str, str]]:
    rows = AuditEvent.objects.filter(event__startswith="core.key").order_by("sequence")
    return [(row.event, row.subject) for row in rows]


def test_the_index_key_is_changed_by_one_command() -> None:
    person = a_neighbour(phone=PHONE)
    said = run("change", "index")
    new = keys.ring(Use.INDEX).current.hex()
    assert "(coming)" in said
    assert f"The new key {new} is in use" in said
    assert "everything is made again" in said
    assert [one.pk for one in with_number(SYSTEM, PHONE)] == [person.pk]
    assert events() == [
        ("core.key_changed", f"key:{new}"),
        ("core.key_change_ended", f"key:{new}"),
    ]


@pytest.mark.parametrize("use", [Use.INDEX, Use.QR])
def test_a_change_stopped_while_the_key_is_coming_goes_on(
    use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = keys.ring(use).current
    with monkeypatch.context() as broken:
        broken.setattr(time, "sleep", _stopped)
        CliRunner().invoke(key_commands.keys, ["change", str(use)])
    coming = keys.ring(use).coming
    assert (keys.ring(use).current, events()) == (former, [])
    assert coming is not None
    assert f"{use} {coming.hex()} (coming)" in run("status")
    assert coming.hex() in run("continue")
    assert (keys.ring(use).current, keys.ring(use).coming) == (coming, None)


def _stopped(seconds: float) -> None:
    raise KeyboardInterrupt


def test_status_counts_under_each_key_while_two_are_held() -> None:
    a_neighbour(phone=PHONE)
    former = keys.ring(Use.INDEX).current.hex()
    assert f"index {former} (in use): everything" in run("status")
    run("change", "index")
    said = run("status")
    assert f"index {former} (former): nothing" in said
    assert "people_phone.number_index 1" in said


def test_status_says_until_when_a_former_signing_key_is_needed() -> None:
    former = keys.ring(Use.QR).current.hex()
    run("change", "qr")
    assert f"qr {former} (former): codes under it live until " in run("status")
    refused = CliRunner().invoke(key_commands.keys, ["destroy", "qr", former, "--yes"])
    assert isinstance(refused.exception, reseal.KeySettlingError)
    assert bytes.fromhex(former) in keys.ring(Use.QR).keys
