"""Our codes of places: written to the bit, read strictly, bound to their address."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.places import samples
from tests.protocol.places.samples import KEY, KEY_ID, KEYS, PLACES, SITE
from vungxanh.protocol.personal import own
from vungxanh.protocol.places import links, payloads, short_codes
from vungxanh.protocol.places.payloads import PlaceCode
from vungxanh.protocol.refusals import ProtocolError

VECTORS: dict[str, Any] = json.loads(samples.FILE.read_text(encoding="utf-8"))
CODES: list[dict[str, Any]] = VECTORS["codes"]
REFUSED: list[dict[str, str]] = VECTORS["refused"]

PLACE = st.builds(
    PlaceCode,
    st.integers(0, 2**40 - 1),
    st.integers(0, 255),
    st.integers(0, 65_535).map(lambda day: payloads.FIRST_DAY + timedelta(days=day)),
    st.integers(0, 2**40 - 1),
    st.just(KEY_ID),
)


def test_vectors_are_what_this_code_makes() -> None:
    assert samples.made() == VECTORS


@pytest.mark.parametrize("vector", CODES, ids=lambda one: one["short_code"])
def test_vector_is_read_from_its_address_alone(vector: dict[str, Any]) -> None:
    found = links.read(vector["url"], KEYS, site=SITE)
    assert found.site == SITE
    assert found.place == PlaceCode(
        vector["code"],
        vector["entrance"],
        date.fromisoformat(vector["valid_from"]),
        vector["issue"],
        bytes.fromhex(vector["key_id_hex"]),
        verified=True,
    )


@pytest.mark.parametrize("vector", CODES, ids=lambda one: one["short_code"])
def test_vector_is_written_from_its_parts(vector: dict[str, Any]) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["private_key_hex"]))
    place = PlaceCode(
        vector["code"],
        vector["entrance"],
        date.fromisoformat(vector["valid_from"]),
        vector["issue"],
        bytes.fromhex(vector["key_id_hex"]),
    )
    assert payloads.write(place, key) == vector["payload"]
    assert links.write(SITE, vector["payload"]) == vector["url"]


@pytest.mark.parametrize("vector", REFUSED, ids=lambda one: one["why"])
def test_vector_that_is_no_code_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(ProtocolError) as refused:
        links.read(vector["text"], KEYS)
    assert refused.value.code == vector["code"]


def test_typed_vectors_are_the_second_code() -> None:
    assert {short_codes.read(typed) for typed in VECTORS["typed"]} == {CODES[1]["code"]}


def test_signature_of_another_key_and_unknown_keys_are_told_apart() -> None:
    assert links.read(VECTORS["not_verified"], KEYS).place.verified is False
    assert links.read(VECTORS["not_verified"], {}).place.verified is None


@given(PLACE)
def test_what_is_written_is_read_and_all_texts_have_one_size(place: PlaceCode) -> None:
    text = payloads.write(place, KEY)
    assert len(text) == payloads.TEXT_SIZE
    assert payloads.read(text, KEYS) == replace(place, verified=True)
    assert links.read(links.write(SITE, text), KEYS).place.code == place.code


@given(st.integers(0, payloads.SIZE - 1), st.integers(1, 255))
def test_changed_byte_is_refused_or_not_verified(at: int, change: int) -> None:
    content = bytearray(payloads._bytes(payloads.write(PLACES[1], KEY)))
    content[at] ^= change
    try:
        found = payloads.read(payloads._text(bytes(content)), KEYS)
    except ProtocolError:
        return
    assert found.verified is not True


@given(st.integers(0, payloads.TEXT_SIZE - 1), st.sampled_from("AZaz09-_+/=\u202e\n"))
def test_changed_character_is_refused_or_not_verified(at: int, letter: str) -> None:
    good = payloads.write(PLACES[1], KEY)
    text = good[:at] + letter + good[at + 1 :]
    try:
        found = payloads.read(text, KEYS)
    except ProtocolError:
        return
    assert (found.verified is True) == (text == good)


def test_signature_made_for_another_kind_of_code_does_not_pass() -> None:
    content = samples.content_of(PLACES[1])
    bare = payloads._text(content + KEY.sign(content))
    assert payloads.read(bare, KEYS).verified is False
    person = own.write(
        own.Kind.CARD, bytes(44), valid_from=0, valid_until=1, key_id=KEY_ID, private_key=KEY
    )
    signature = own._bytes(person)[-payloads.SIGNATURE_SIZE :]
    assert payloads.read(payloads._text(content + signature), KEYS).verified is False


@pytest.mark.parametrize(
    "site",
    [
        "vungxanh.example",
        "https://vungxanh.example/",
        "https://a@vungxanh.example",
        "https://xn--vngxanh-jya.example",
        "https://vùngxanh.example",
        "https://vungxanh.example:0",
        "javascript://vungxanh.example",
    ],
)
def test_address_is_written_for_a_plain_site_only(site: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        links.write(site, payloads.write(PLACES[1], KEY))
    assert refused.value.code == "protocol.other_site"


@pytest.mark.parametrize("site", [SITE, "http://127.0.0.1:8000", "https://localhost:8443"])
def test_address_of_any_plain_site_is_read_back(site: str) -> None:
    link = links.write(site, payloads.write(PLACES[1], KEY))
    assert links.is_link(link)
    assert links.read(link, KEYS, site=site).place.verified is True


def test_genuine_payload_behind_another_site_is_refused_where_the_site_is_known() -> None:
    link = links.write("https://vungxanh.evil.example", payloads.write(PLACES[1], KEY))
    with pytest.raises(ProtocolError) as refused:
        links.read(link, KEYS, site=SITE)
    assert refused.value.code == "protocol.other_site"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key_id": bytes(5)}, "protocol.wrong_length"),
        ({"code": 2**40}, "protocol.out_of_bounds"),
        ({"code": -1}, "protocol.out_of_bounds"),
        ({"entrance": 256}, "protocol.out_of_bounds"),
        ({"issue": 2**40}, "protocol.out_of_bounds"),
        ({"valid_from": date(2019, 12, 31)}, "protocol.out_of_bounds"),
        ({"valid_from": date(2199, 6, 7)}, "protocol.out_of_bounds"),
    ],
)
def test_parts_that_a_code_cannot_hold_are_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        payloads.write(replace(PLACES[1], **change), KEY)
    assert refused.value.code == code


def test_code_begins_at_midnight_in_viet_nam() -> None:
    begins = datetime(2021, 10, 1, tzinfo=timezone(timedelta(hours=7)))
    second = int(begins.astimezone(UTC).timestamp())
    assert payloads.is_early(PLACES[1], second - 1)
    assert not payloads.is_early(PLACES[1], second)


def test_address_fits_a_qr_of_version_eight_at_medium_correction() -> None:
    drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawn.add_data(links.write(SITE, payloads.write(PLACES[1], KEY)))
    drawn.make(fit=True)
    assert drawn.version == 8
