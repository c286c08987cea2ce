"""Tokens: equal under one purpose, unrelated under another, found through a change of key."""

import hashlib
import hmac
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.tokens import TOKEN_BYTES, TokenKey

SYLLABLES = TokenKey("people_nametoken.syllable")
PAIRS = TokenKey("people_nametoken.pair")


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
@given(st.lists(st.text()))
def test_tokens_stand_in_the_order_of_values_and_are_equal_for_equal_ones(
    values: list[str],
) -> None:
    found = SYLLABLES.tokens(values)
    assert found == [SYLLABLES.tokens([value])[0] for value in values]
    assert len(set(found)) == len(set(values))


def test_token_is_the_start_of_an_hmac_under_a_derived_key() -> None:
    ring = keys.ring(Use.INDEX)
    key = keys.derived(ring.keys[ring.current], "token:people_nametoken.pair")
    whole = hmac.new(key, b"van mau", hashlib.sha256).digest()
    assert PAIRS.tokens(["van mau"]) == [whole[:TOKEN_BYTES]]


def test_tokens_of_two_purposes_cannot_be_joined() -> None:
    assert SYLLABLES.tokens(["mau"]) != PAIRS.tokens(["mau"])


def test_rows_of_before_a_change_of_key_are_still_found(own_keys: Path) -> None:
    (old,) = SYLLABLES.tokens(["mau"])
    keys.add_key(Use.INDEX)
    (new,) = SYLLABLES.tokens(["mau"])
    assert old != new
    assert SYLLABLES.all_tokens(iter(["mau"])) == [new, old]


def test_without_a_change_all_tokens_are_the_tokens() -> None:
    assert SYLLABLES.all_tokens(["a", "b"]) == SYLLABLES.tokens(["a", "b"])
