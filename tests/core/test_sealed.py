"""Sealed values and blind indexes: only the right key and the right place open them."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import FieldError
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from vungxanh.accounts.models import Staff
from vungxanh.core import keys
from vungxanh.core.keys import KeysMissingError, UnknownKeyError, Use
from vungxanh.core.sealed import (
    IndexKey,
    UnopenableError,
    plain_form,
    seal,
    seal_text,
    unseal,
    unseal_text,
)

PLACE = "people_person.name"
ELSEWHERE = "people_person.address"


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
@given(st.text())
def test_every_text_comes_back(text: str) -> None:
    assert unseal_text(seal_text(text, PLACE), PLACE) == text


@pytest.mark.slow
@given(st.binary(max_size=200))
def test_all_bytes_come_back(content: bytes) -> None:
    assert unseal(seal(content, PLACE), PLACE) == content


def test_equal_texts_do_not_look_equal() -> None:
    assert seal_text("Nguyễn Văn A", PLACE) != seal_text("Nguyễn Văn A", PLACE)


def test_length_of_a_name_does_not_show() -> None:
    assert len({len(seal_text("ă" * n, PLACE)) for n in range(15)}) == 1


def test_value_moved_to_another_column_does_not_open() -> None:
    with pytest.raises(UnopenableError):
        unseal_text(seal_text("Nguyễn Văn A", PLACE), ELSEWHERE)


@pytest.mark.slow
@given(st.data())
def test_a_single_changed_bit_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(seal_text("Nguyễn Văn A", PLACE))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((UnopenableError, UnknownKeyError)):
        unseal_text(bytes(sealed), PLACE)


@pytest.mark.slow
@given(st.binary(max_size=40))
def test_garbage_is_refused_and_nothing_else(garbage: bytes) -> None:
    with pytest.raises((UnopenableError, UnknownKeyError)):
        unseal(garbage, PLACE)


def test_old_values_open_after_a_new_key_and_new_ones_take_it(own_keys: Path) -> None:
    old = seal_text("trước", PLACE)
    key_id = keys.add_key(Use.DATA)
    new = seal_text("sau", PLACE)
    assert new[1:5] == key_id != old[1:5]
    assert (unseal_text(old, PLACE), unseal_text(new, PLACE)) == ("trước", "sau")


def test_key_added_by_another_process_is_found(own_keys: Path) -> None:
    known = keys.ring(Use.DATA)
    keys.add_key(Use.DATA)
    new = seal_text("sau", PLACE)
    assert new[1:5] not in known.keys
    keys.forget()
    assert unseal_text(new, PLACE) == "sau"


def test_values_of_another_installation_do_not_open(
    own_keys: Path, tmp_path: Path, settings: Settings
) -> None:
    foreign = seal_text("Nguyễn Văn A", PLACE)
    settings.KEYS = tmp_path / "others"
    keys.create_missing()
    with pytest.raises(UnknownKeyError):
        unseal_text(foreign, PLACE)


def test_lost_key_file_is_never_replaced_by_use(tmp_path: Path, settings: Settings) -> None:
    settings.KEYS = tmp_path / "lost"
    with pytest.raises(KeysMissingError):
        seal_text("Nguyễn Văn A", PLACE)
    assert not settings.KEYS.exists()


def test_making_keys_twice_keeps_the_first(own_keys: Path) -> None:
    before = {file.name: file.read_bytes() for file in own_keys.iterdir()}
    keys.create_missing()
    assert {file.name: file.read_bytes() for file in own_keys.iterdir()} == before


def test_key_files_are_the_owners_alone_one_for_each_use(own_keys: Path) -> None:
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in own_keys.iterdir()}
    assert modes == {f"{use}.json": 0o600 for use in Use}
    assert stat.S_IMODE(own_keys.stat().st_mode) == 0o700


def test_data_keys_and_index_keys_have_nothing_in_common(own_keys: Path) -> None:
    data, index = keys.ring(Use.DATA), keys.ring(Use.INDEX)
    assert not set(data.keys.values()) & set(index.keys.values())


def test_keys_do_not_show_when_printed(own_keys: Path) -> None:
    ring = keys.ring(Use.DATA)
    assert ring.keys[ring.current].hex() not in repr(ring) + str(ring)


def test_equal_values_have_equal_indexes_whatever_case_spaces_and_composition() -> None:
    index = IndexKey("people_person.name")
    composed, decomposed = "Nguyễn  Văn A ", "nguyễn văn a"
    assert index.digest(composed) == index.digest(decomposed)
    assert index.digest("Nguyễn Văn A") != index.digest("Nguyễn Văn B")


def test_indexes_of_two_purposes_cannot_be_joined() -> None:
    assert IndexKey("a.phone").digest("0912") != IndexKey("b.phone").digest("0912")


def test_old_indexes_are_searched_during_a_change_of_key(own_keys: Path) -> None:
    index = IndexKey("people_person.phone")
    old = index.digest("0912345678")
    keys.add_key(Use.INDEX)
    assert index.digest("0912345678") != old
    assert old in index.digests("0912345678")


@pytest.mark.slow
@given(st.text())
def test_plain_form_is_its_own_plain_form(text: str) -> None:
    assert plain_form(plain_form(text)) == plain_form(text)


def test_sealed_field_cannot_be_searched(db: None) -> None:
    with pytest.raises(FieldError, match="blind index"):
        Staff.objects.filter(name="Nguyễn Văn A").exists()


def test_sealed_field_can_be_asked_whether_it_is_there(db: None) -> None:
    assert not Staff.objects.filter(name__isnull=True).exists()
