"""Our personal code: written to the bit, read strictly, judged at a second."""

import json
from typing import Any

import pytest
import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.personal import samples
from tests.protocol.personal.samples import ENDS, FROM, KEY, KEY_ID, KEYS
from vungxanh.protocol.personal import own
from vungxanh.protocol.personal.own import Kind, OwnCode, Validity
from vungxanh.protocol.refusals import ProtocolError

VECTORS: dict[str, Any] = json.loads(samples.FILE.read_text(encoding="utf-8"))
CODES: list[dict[str, Any]] = VECTORS["codes"]
REFUSED: list[dict[str, str]] = VECTORS["refused"]


def test_vectors_are_what_this_code_makes() -> None:
    assert samples.made() == VECTORS


@pytest.mark.parametrize("vector", CODES, ids=lambda one: one["kind_name"])
def test_vector_is_read_from_its_text_alone(vector: dict[str, Any]) -> None:
    assert own.read(vector["text"], KEYS) == OwnCode(
        Kind(vector["kind"]),
        bytes.fromhex(vector["handle_hex"]),
        vector["valid_from"],
        vector["valid_until"],
        bytes.fromhex(vector["key_id_hex"]),
        verified=True,
    )


@pytest.mark.parametrize("vector", CODES, ids=lambda one: one["kind_name"])
def test_vector_is_written_from_its_parts(vector: dict[str, Any]) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTORS["private_key_hex"]))
    text = own.write(
        Kind(vector["kind"]),
        bytes.fromhex(vector["handle_hex"]),
        valid_from=vector["valid_from"],
        valid_until=vector["valid_until"],
        key_id=bytes.fromhex(vector["key_id_hex"]),
        private_key=key,
    )
    assert text == vector["text"]


@pytest.mark.parametrize("vector", REFUSED, ids=lambda one: one["why"])
def test_vector_that_is_no_code_is_refused(vector: dict[str, str]) -> None:
    with pytest.raises(ProtocolError) as refused:
        own.read(vector["text"], KEYS)
    assert refused.value.code == vector["code"]


def test_signature_of_another_key_and_unknown_keys_are_told_apart() -> None:
    assert own.read(VECTORS["not_verified"], KEYS).verified is False
    assert own.read(VECTORS["unknown_key"], KEYS).verified is None
    assert own.read(samples.written(Kind.CARD), {}).verified is None


@given(st.integers(0, own.SIZE - 1), st.integers(1, 255))
def test_changed_byte_is_refused_or_not_verified(place: int, change: int) -> None:
    content = bytearray(own._bytes(samples.written(Kind.CARD)))
    content[place] ^= change
    try:
        found = own.read(own._text(bytes(content)), KEYS)
    except ProtocolError:
        return
    assert found.verified is not True


CODE = st.builds(
    lambda kind, handle, begin, life: (kind, handle, begin, begin + life),
    st.sampled_from(Kind),
    st.binary(min_size=44, max_size=44),
    st.integers(0, 2**32 - 61),
    st.integers(1, 60),
)


@given(CODE)
def test_what_is_written_is_read_and_all_texts_have_one_size(
    parts: tuple[Kind, bytes, int, int],
) -> None:
    kind, handle, begin, end = parts
    text = own.write(
        kind, handle, valid_from=begin, valid_until=end, key_id=KEY_ID, private_key=KEY
    )
    assert len(text) == own.TEXT_SIZE
    assert own.read(f" {text}\r\n", KEYS) == OwnCode(
        kind, handle, begin, end, KEY_ID, verified=True
    )


@pytest.mark.slow
@given(st.text(max_size=250) | st.text("VX1P.ABCDE234567=", min_size=195, max_size=205))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(ProtocolError):
        own.read(text, KEYS)


@given(st.binary(min_size=own.SIZE, max_size=own.SIZE))
def test_any_bytes_in_a_code_are_read_or_refused(content: bytes) -> None:
    try:
        found = own.read(own._text(content), {content[2:6]: KEY.public_key()})
    except ProtocolError:
        return
    assert found.verified is False


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"handle": bytes(43)}, "protocol.wrong_length"),
        ({"key_id": bytes(5)}, "protocol.wrong_length"),
        ({"valid_from": -1}, "protocol.out_of_bounds"),
        ({"valid_from": 2**32 - 1}, "protocol.out_of_bounds"),
        ({"valid_until": FROM}, "protocol.out_of_bounds"),
        ({"valid_until": FROM + 61}, "protocol.out_of_bounds"),
        ({"kind": Kind.CARD, "valid_until": 2**32}, "protocol.out_of_bounds"),
    ],
)
def test_parts_that_a_code_cannot_hold_are_refused(change: dict[str, Any], code: str) -> None:
    parts: dict[str, Any] = {
        "kind": Kind.SCREEN,
        "handle": bytes(44),
        "valid_from": FROM,
        "valid_until": FROM + 60,
        "key_id": KEY_ID,
    }
    with pytest.raises(ProtocolError) as refused:
        own.write(**{**parts, **change}, private_key=KEY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "second", "found"),
    [
        (Kind.SCREEN, FROM - 121, Validity.EARLY),
        (Kind.SCREEN, FROM - 120, Validity.VALID),
        (Kind.SCREEN, FROM + 179, Validity.VALID),
        (Kind.SCREEN, FROM + 180, Validity.LATE),
        (Kind.ONE_TIME, FROM - 1, Validity.EARLY),
        (Kind.ONE_TIME, FROM, Validity.VALID),
        (Kind.ONE_TIME, FROM + 899, Validity.VALID),
        (Kind.ONE_TIME, FROM + 900, Validity.LATE),
        (Kind.CARD, ENDS[Kind.CARD] - 1, Validity.VALID),
        (Kind.CARD, ENDS[Kind.CARD], Validity.LATE),
    ],
)
def test_clocks_may_differ_for_codes_on_screens_only(
    kind: Kind, second: int, found: Validity
) -> None:
    assert own.validity(own.read(samples.written(kind), KEYS), second) is found


def test_door_with_a_set_clock_grants_nothing() -> None:
    code = own.read(samples.written(Kind.SCREEN), KEYS)
    assert own.validity(code, FROM + 60, tolerance_seconds=0) is Validity.LATE
    assert own.validity(code, FROM + 59, tolerance_seconds=0) is Validity.VALID


def test_scanned_texts_are_sorted_by_their_beginning() -> None:
    assert own.is_own(" " + samples.written(Kind.CARD))
    assert not own.is_own("052185000001|")


def test_code_fits_a_small_qr_in_alphanumeric_mode() -> None:
    drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    drawn.add_data(samples.written(Kind.CARD), optimize=0)
    drawn.make(fit=True)
    assert drawn.data_list[0].mode == qrcode.util.MODE_ALPHA_NUM
    assert drawn.version == 8
