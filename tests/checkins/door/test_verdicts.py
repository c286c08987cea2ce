"""Is it genuine? Answered without a network from keys and a list."""

from datetime import date

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.checkins.values.verdicts import VERDICTS, Known, Verdict, checked
from vungxanh.engines.revocation import revocations_of
from vungxanh.protocol.places import links, payloads, revocations
from vungxanh.protocol.places.payloads import PlaceCode

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
KEY_ID = bytes.fromhex("0a0b0c0d")
KEYS = {KEY_ID: KEY.public_key()}
SITE = "https://vungxanh.example"
CODE = 123_456_789
NOW = 1_772_416_800  # 2/3/2026
DAY = date(2026, 3, 1)


def payload(
    issue: int = 7, *, code: int = CODE, day: date = DAY, key: Ed25519PrivateKey = KEY
) -> str:
    return payloads.write(PlaceCode(code, 0, day, issue, KEY_ID), key)


def the_list(*revoked: int, upto: int = 10, key: Ed25519PrivateKey = KEY) -> Known:
    made = revocations_of(np.arange(1, upto + 1), np.array(revoked, np.int64), upto=upto)
    content = revocations.write(made, built_at=NOW, key_id=KEY_ID, private_key=key)
    return Known(KEYS, revocations.read(content, KEYS), SITE)


def verdict(text: str, known: Known | None = None, *, code: int | None = CODE) -> Verdict:
    return checked(text, known or the_list(3), at=NOW, code=code).verdict


def test_a_signed_code_that_is_not_on_the_list_is_genuine() -> None:
    found = checked(payload(), the_list(3), at=NOW, code=CODE)
    assert (found.verdict, found.is_covered) == (Verdict.GENUINE, True)


def test_the_whole_address_is_read_as_well() -> None:
    assert verdict(links.write(SITE, payload())) is Verdict.GENUINE


def test_a_code_on_the_list_is_revoked() -> None:
    assert verdict(payload(3)) is Verdict.REVOKED


def test_a_code_above_the_list_is_genuine_and_said_to_be_uncovered() -> None:
    found = checked(payload(11), the_list(3), at=NOW)
    assert (found.verdict, found.is_covered) == (Verdict.GENUINE, False)


def test_without_a_list_a_signed_code_is_genuine_and_uncovered() -> None:
    found = checked(payload(3), Known(KEYS), at=NOW)
    assert (found.verdict, found.is_covered) == (Verdict.GENUINE, False)


def test_a_list_that_somebody_else_signed_is_not_believed() -> None:
    found = checked(payload(3), the_list(3, key=OTHER), at=NOW)
    assert (found.verdict, found.is_covered) == (Verdict.GENUINE, False)


def test_a_code_that_another_key_signed_is_forged() -> None:
    assert verdict(payload(key=OTHER)) is Verdict.FORGED


def test_a_changed_character_makes_a_code_forged() -> None:
    text = payload()
    assert verdict("Z" + text[1:]) is Verdict.NEWER
    assert verdict(text[:30] + ("A" if text[30] != "A" else "B") + text[31:]) is Verdict.FORGED


def test_a_key_that_is_not_known_here_is_said_to_be_unknown() -> None:
    assert verdict(payload(), Known({}, None, SITE)) is Verdict.UNKNOWN_KEY


def test_the_code_of_another_point_is_of_another_place() -> None:
    assert verdict(payload(code=CODE + 1)) is Verdict.OTHER_PLACE


def test_an_address_whose_path_is_not_its_payload_s_is_forged() -> None:
    other = links.write(SITE, payload(code=CODE + 1)).split("#")[0]
    assert verdict(f"{other}#{payload()}") is Verdict.FORGED


def test_a_code_of_tomorrow_is_early() -> None:
    assert verdict(payload(day=date(2026, 3, 3))) is Verdict.EARLY


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example/pay?to=1",
        "http://192.0.2.7/c/",
        links.write("https://other.example", payload()),
        "https://xn--vngxanh-example.example/",
    ],
)
def test_another_site_is_said_to_be_another_site(text: str) -> None:
    assert verdict(text) is Verdict.OTHER_SITE


@pytest.mark.parametrize(
    "text", ["", "javascript:alert(1)", "WIFI:S:x;;", "#" * 110, "\u202e" * 110, "x" * 100_000]
)
def test_what_is_no_code_is_said_to_be_none(text: str) -> None:
    assert verdict(text) is Verdict.UNREADABLE


@given(
    st.one_of(st.text(max_size=200), st.from_regex(r"https?://[^ ]{0,80}#?[A-Za-z0-9_-]{0,110}"))
)
def test_no_text_breaks_it_and_none_is_genuine_by_chance(text: str) -> None:
    assert verdict(text) not in {Verdict.GENUINE, Verdict.REVOKED}


def test_every_verdict_has_words_in_both_languages() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert all(
        one.words.vi and one.words.en and one.means.vi and one.means.en for one in VERDICTS.values()
    )
