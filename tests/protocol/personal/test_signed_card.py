"""The colour signed beside a code: written to the bit, believed of its own code and in time."""

import json
from datetime import date
from typing import Any

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.personal import card_samples, samples
from tests.protocol.personal.card_samples import DAY
from tests.protocol.personal.samples import FROM, KEY, KEY_ID, KEYS
from vungxanh.protocol import scanned
from vungxanh.protocol.personal import own, signed_card
from vungxanh.protocol.personal.own import Kind, OwnCode
from vungxanh.protocol.personal.signed_card import Colour, Said, SignedCard
from vungxanh.protocol.refusals import ProtocolError
from vungxanh.protocol.scanned import NamedKey

VECTORS: dict[str, Any] = json.loads(card_samples.FILE.read_text(encoding="utf-8"))
CARDS: list[dict[str, Any]] = VECTORS["cards"]
REFUSED: list[dict[str, str]] = VECTORS["refused"]


def read(text: str) -> tuple[OwnCode, SignedCard]:
    code, said = signed_card.parts_of(text)
    read_code = own.read(code, KEYS)
    return read_code, signed_card.read(said, read_code, KEYS)


def test_vectors_are_what_this_code_makes() -> None:
    assert card_samples.made() == VECTORS


@pytest.mark.parametrize("vector", CARDS, ids=lambda one: one["colour_name"])
def test_vector_is_read_from_its_text_alone(vector: dict[str, Any]) -> None:
    code, card = read(vector["text"])
    assert code.verified is True
    assert card == SignedCard(
        Colour(vector["colour"]),
        date.fromisoformat(vector["declared_on"]),
        vector["valid_until"],
        bytes.fromhex(vector["key_id_hex"]),
        verified=True,
    )


@pytest.mark.parametrize("vector", REFUSED, ids=lambda one: one["why"])
def test_vector_that_is_no_card_is_refused_and_its_code_is_read_all_the_same(
    vector: dict[str, str],
) -> None:
    with pytest.raises(ProtocolError) as refused:
        read(vector["text"])
    assert refused.value.code == vector["code"]
    assert own.read(signed_card.parts_of(vector["text"])[0], KEYS).verified is True


def test_card_of_another_key_or_of_another_code_does_not_hold() -> None:
    assert read(VECTORS["not_verified"])[1].verified is False
    assert read(VECTORS["of_another_code"])[1].verified is False
    assert read(VECTORS["unknown_key"])[1].verified is None


def test_code_alone_is_what_it_was() -> None:
    alone = samples.written(Kind.SCREEN)
    assert signed_card.parts_of(alone) == (alone, "")
    assert signed_card.parts_of(f" {card_samples.written()}\r\n")[0] == alone
    with pytest.raises(ProtocolError):
        own.read(card_samples.written(), KEYS)


@given(st.integers(0, 75), st.integers(0, 7))
def test_flipped_bit_is_refused_or_not_verified(place: int, bit: int) -> None:
    code, said = signed_card.parts_of(card_samples.written())
    content = bytearray(signed_card._bytes(said))
    content[place] ^= 1 << bit
    try:
        _, card = read(code + signed_card.PREFIX + signed_card._text(bytes(content)))
    except ProtocolError:
        return
    assert card.verified is not True


@pytest.mark.slow
@given(st.text("VX1C.ABCDE234567=", min_size=120, max_size=130))
def test_any_text_after_a_code_is_read_or_refused(said: str) -> None:
    code = own.read(samples.written(Kind.SCREEN), KEYS)
    with pytest.raises(ProtocolError):
        signed_card.read(said, code, KEYS)


def test_card_is_believed_while_it_and_its_code_are_in_time() -> None:
    code, card = read(card_samples.written(until=FROM + 30))
    seconds = [FROM - 121, FROM - 120, FROM, FROM + 149, FROM + 150, FROM + 10**6]
    told = [signed_card.is_believed(card, code, at) for at in seconds]
    assert told == [False, True, True, True, False, False]


def test_one_time_code_grants_no_clock_a_second() -> None:
    code, card = read(card_samples.written(kind=Kind.ONE_TIME, until=FROM + 600))
    told = [signed_card.is_believed(card, code, FROM + n) for n in (-1, 0, 599, 600)]
    assert told == [False, True, True, False]


@pytest.mark.parametrize("name", ["not_verified", "of_another_code", "unknown_key"])
def test_card_whose_signature_does_not_hold_is_not_believed(name: str) -> None:
    code, card = read(VECTORS[name])
    assert signed_card.is_believed(card, code, FROM) is False


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": FROM}, "protocol.out_of_bounds"),
        ({"until": FROM + 61}, "protocol.out_of_bounds"),
        ({"kind": Kind.CARD, "until": FROM + 61}, "protocol.out_of_bounds"),
        ({"key_id": bytes(3)}, "protocol.wrong_length"),
    ],
)
def test_parts_that_a_card_cannot_hold_are_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        card_samples.written(**change)
    assert refused.value.code == code


def test_day_before_1970_is_refused() -> None:
    said = Said(Colour.GREEN, date(1969, 12, 31), FROM + 60)
    with pytest.raises(ProtocolError) as refused:
        signed_card.write(samples.written(Kind.SCREEN), said, key_id=KEY_ID, private_key=KEY)
    assert refused.value.code == "protocol.out_of_bounds"


def test_scanned_text_says_the_code_and_the_card() -> None:
    known = [NamedKey(None, KEY.public_key())]
    found = scanned.read(card_samples.written(Colour.ORANGE), known)
    assert (found.format, found.verified) == ("vungxanh.person", True)
    assert (
        found.fields
        | {
            "card_colour": "orange",
            "card_declared_on": DAY.isoformat(),
            "card_valid_until": FROM + 60,
            "card_verified": True,
        }
        == found.fields
    )


def test_code_and_card_fit_a_qr_four_modules_wider_than_the_code_alone() -> None:
    drawn = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L)
    drawn.add_data(card_samples.written(), optimize=0)
    drawn.make(fit=True)
    assert drawn.data_list[0].mode == qrcode.util.MODE_ALPHA_NUM
    assert (drawn.version, drawn.modules_count) == (9, 53)
