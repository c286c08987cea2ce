"""A row's own key: it opens that row in that column alone, and dies with its wrapping key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from vungxanh.core import keys
from vungxanh.core.envelope import (
    WRAPPED_BYTES,
    Envelope,
    kek_id,
    new_envelope,
    opened,
    rewrapped,
)
from vungxanh.core.keys import CurrentKeyError, UnknownKeyError, Use
from vungxanh.core.sealed import UnopenableError

PLACE = "people_person.name"
ELSEWHERE = "people_person.address"
NAME = "Người mẫu 1"


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Path:
    """Keys of this test alone."""
    place = tmp_path / "keys"
    settings.KEYS = place
    keys.create_missing()
    return place


@pytest.fixture(scope="module", autouse=True)
def _session_keys() -> None:
    keys.create_missing()


@pytest.mark.slow
@given(st.text(), st.text())
def test_every_text_comes_back_in_its_place(text: str, place: str) -> None:
    envelope, wrapped = new_envelope()
    assert opened(wrapped).open(envelope.seal(text, place), place) == text


def test_value_moved_to_another_column_does_not_open() -> None:
    envelope, _ = new_envelope()
    with pytest.raises(UnopenableError):
        envelope.open(envelope.seal(NAME, PLACE), ELSEWHERE)


def test_value_moved_to_another_row_does_not_open() -> None:
    one, other = new_envelope()[0], new_envelope()[0]
    with pytest.raises(UnopenableError):
        other.open(one.seal(NAME, PLACE), PLACE)


@pytest.mark.slow
@given(st.data())
def test_a_single_changed_bit_is_noticed(data: st.DataObject) -> None:
    envelope, wrapped = new_envelope()
    sealed = _with_changed_bit(envelope.seal(NAME, PLACE), data)
    with pytest.raises(UnopenableError):
        envelope.open(sealed, PLACE)
    with pytest.raises((UnopenableError, UnknownKeyError)):
        opened(_with_changed_bit(wrapped, data))


def _with_changed_bit(value: bytes, data: st.DataObject) -> bytes:
    changed = bytearray(value)
    changed[data.draw(st.integers(0, len(value) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    return bytes(changed)


@pytest.mark.slow
@given(st.binary(max_size=80))
def test_garbage_is_refused_and_nothing_else(garbage: bytes) -> None:
    with pytest.raises(UnopenableError):
        Envelope(bytes(32)).open(garbage, PLACE)
    with pytest.raises((UnopenableError, UnknownKeyError)):
        opened(garbage)
    with pytest.raises((UnopenableError, UnknownKeyError)):
        opened(b"\x01" + garbage)


def test_equal_texts_do_not_look_equal_nor_does_their_length_show() -> None:
    envelope, _ = new_envelope()
    assert envelope.seal(NAME, PLACE) != envelope.seal(NAME, PLACE)
    assert len({len(envelope.seal("ă" * n, PLACE)) for n in range(15)}) == 1


def test_wrapped_key_has_the_size_that_is_said_and_names_its_key(own_keys: Path) -> None:
    _, wrapped = new_envelope()
    assert (len(wrapped), kek_id(wrapped)) == (WRAPPED_BYTES, keys.ring(Use.PEOPLE).current)


def test_wrapped_key_of_one_use_does_not_open_under_another(own_keys: Path) -> None:
    (own_keys / "data.json").write_bytes((own_keys / "people.json").read_bytes())
    keys.forget()
    _, wrapped = new_envelope(Use.PEOPLE)
    with pytest.raises(UnopenableError):
        opened(wrapped, Use.DATA)


def test_row_stays_readable_through_a_change_of_the_wrapping_key(own_keys: Path) -> None:
    envelope, old = new_envelope()
    sealed = envelope.seal(NAME, PLACE)
    new_id = keys.add_key(Use.PEOPLE)
    assert opened(old).open(sealed, PLACE) == NAME
    new = rewrapped(old)
    assert (kek_id(new), opened(new).open(sealed, PLACE)) == (new_id, NAME)


def test_destroyed_key_opens_nothing_any_more(own_keys: Path) -> None:
    envelope, backup = new_envelope()
    sealed = envelope.seal(NAME, PLACE)
    keys.add_key(Use.PEOPLE)
    kept = rewrapped(backup)
    keys.destroy_key(Use.PEOPLE, kek_id(backup))
    with pytest.raises(UnknownKeyError):
        opened(backup)
    assert opened(kept).open(sealed, PLACE) == NAME


def test_destroyed_key_is_neither_in_the_file_nor_in_the_one_it_replaced(own_keys: Path) -> None:
    file = own_keys / "people.json"
    (former_id, former), *_ = keys.ring(Use.PEOPLE).keys.items()
    keys.add_key(Use.PEOPLE)
    with file.open("rb") as replaced:
        keys.destroy_key(Use.PEOPLE, former_id)
        left = [path.read_bytes() for path in own_keys.iterdir()] + [replaced.read()]
    assert not any(former.hex().encode() in content for content in left)
    assert file.stat().st_mode & 0o777 == 0o600


def test_key_in_use_cannot_be_destroyed(own_keys: Path) -> None:
    before = keys.ring(Use.PEOPLE).keys
    with pytest.raises(CurrentKeyError):
        keys.destroy_key(Use.PEOPLE, keys.ring(Use.PEOPLE).current)
    assert keys.ring(Use.PEOPLE).keys == before


def test_key_that_is_not_held_cannot_be_destroyed(own_keys: Path) -> None:
    with pytest.raises(UnknownKeyError):
        keys.destroy_key(Use.PEOPLE, b"none")


def test_running_process_takes_a_key_that_another_added(
    own_keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = own_keys / "people.json"
    former = file.read_bytes()
    new_id = keys.add_key(Use.PEOPLE)
    changed = file.read_bytes()
    file.write_bytes(former)
    keys.forget()
    held = keys.ring(Use.PEOPLE).current
    file.write_bytes(changed)
    monkeypatch.setattr(keys, "FRESH_SECONDS", 1)  # another moment than that of the last reading
    assert held != keys.ring(Use.PEOPLE).current == new_id


def test_key_does_not_show_when_printed() -> None:
    envelope, _ = new_envelope()
    assert envelope.key.hex() not in repr(envelope) + str(envelope)
