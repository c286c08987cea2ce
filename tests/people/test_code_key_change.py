"""A change of the key that signs codes: former ones prove theirs until the last one is over."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.factories.register import AT, a_neighbour
from vungxanh.checkins.apps import CheckinsConfig
from vungxanh.core import code_keys, keys
from vungxanh.core.keys import CurrentKeyError, Use
from vungxanh.core.reseal import KeySettlingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions.personal_codes import (
    print_card,
    read_code,
    screen_code,
)
from vungxanh.people.actions.refusals import ForeignCodeError
from vungxanh.people.queries.code_keys import public_keys
from vungxanh.protocol.personal import own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
# Codes of points hang longer than any card is valid.
OVER = AT + CheckinsConfig.codes_live + timedelta(seconds=keys.FRESH_SECONDS)


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """Keys of this test alone."""
    settings.KEYS = tmp_path / "keys"
    keys.create_missing()
    yield
    keys.forget()


def changed() -> tuple[bytes, bytes]:
    """A new key signs; the former id and the new one."""
    former = keys.ring(Use.QR).current
    keys.add_coming(Use.QR)
    return former, code_keys.take_into_use(at=AT)


def signed_by(text: str) -> bytes:
    return own.read(text, public_keys()).key_id


def test_doors_know_the_coming_key_before_it_signs() -> None:
    coming = keys.add_coming(Use.QR)
    assert coming in public_keys()
    text = screen_code(person_id=a_neighbour().pk, at=AT).text
    assert signed_by(text) == keys.ring(Use.QR).current != coming


def test_new_codes_take_the_new_key_and_former_ones_still_prove() -> None:
    person = a_neighbour()
    card = print_card(person_id=person.pk, by=SYSTEM, at=AT)
    former, new = changed()
    shown = screen_code(person_id=person.pk, at=AT)
    assert (signed_by(card.text), signed_by(shown.text)) == (former, new)
    late = card.until - timedelta(seconds=1)
    assert read_code(text=card.text, by=SYSTEM, at=late).person == person.pk
    assert read_code(text=shown.text, by=SYSTEM, at=AT).person == person.pk


def test_a_former_key_is_destroyed_when_its_last_code_is_over_and_not_before() -> None:
    card = print_card(person_id=a_neighbour().pk, by=SYSTEM, at=AT)
    former, new = changed()
    assert code_keys.needed_until(former) == OVER > card.until
    with pytest.raises(KeySettlingError):
        code_keys.destroy(former, at=OVER - timedelta(seconds=1))
    assert read_code(text=card.text, by=SYSTEM, at=AT).person
    code_keys.destroy(former, at=OVER)
    assert set(keys.ring(Use.QR).keys) == {new}
    with pytest.raises(ForeignCodeError):
        read_code(text=card.text, by=SYSTEM, at=AT)


def test_each_former_key_has_its_own_end() -> None:
    first, _ = changed()
    keys.add_coming(Use.QR)
    second = keys.ring(Use.QR).current
    code_keys.take_into_use(at=AT + timedelta(days=30))
    code_keys.destroy(first, at=OVER)
    with pytest.raises(KeySettlingError):
        code_keys.destroy(second, at=OVER)
    code_keys.destroy(second, at=OVER + timedelta(days=30))


def test_the_key_in_use_is_not_destroyed() -> None:
    with pytest.raises(CurrentKeyError):
        code_keys.destroy(keys.ring(Use.QR).current, at=OVER)


def test_a_former_key_of_which_no_end_is_noted_is_not_destroyed() -> None:
    former = keys.ring(Use.QR).current
    keys.add_key(Use.QR)
    with pytest.raises(KeySettlingError):
        code_keys.destroy(former, at=AT)
