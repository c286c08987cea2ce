"""What phones with Bluezone advertise and answer, to the byte."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.vectors import vectors
from vungxanh.protocol import advertising, bluezone
from vungxanh.protocol.refusals import ProtocolError

GIVEN = vectors("bluezone")["payloads"]
ID = bytes.fromhex(GIVEN["bluezone_id_hex"])
ANDROID = bytes.fromhex(GIVEN["android_hex"])
IOS = bytes.fromhex(GIVEN["ios_hex"])
BACKGROUND = bytes.fromhex(GIVEN["ios_background_hex"])
GAEN = bytes.fromhex("02011a03036ffd17166ffd" + "00" * 20)


def manufacturer(content: bytes) -> bytes:
    """A payload of manufacturer data alone."""
    return advertising.written(advertising.Structure(advertising.MANUFACTURER, content))


def test_phones_advertise_as_given() -> None:
    assert bluezone.android_advertisement(ID) == ANDROID
    assert bluezone.ios_advertisement() == IOS
    assert bluezone.ios_background_advertisement() == BACKGROUND
    assert [len(one) for one in (ANDROID, IOS, BACKGROUND)] == [23, 31, 24]


def test_services_are_those_of_the_app() -> None:
    assert GIVEN["gatt_service"] == bluezone.IOS_SERVICE
    assert GIVEN["gatt_characteristic"] == bluezone.CHARACTERISTIC
    assert UUID(bluezone.IOS_SERVICE).bytes[::-1] in IOS
    assert UUID(bluezone.IOS_SERVICE).fields[0] == bluezone.SERVICE


@pytest.mark.parametrize(
    ("payload", "seen"),
    [
        (ANDROID, (ID, False, False)),
        (IOS, (None, True, False)),
        (BACKGROUND, (None, False, True)),
        (GAEN, (None, False, False)),
        (b"", (None, False, False)),
    ],
)
def test_each_phone_is_told_from_the_others(
    payload: bytes, seen: tuple[bytes | None, bool, bool]
) -> None:
    assert seen == (
        bluezone.identifier_in(payload),
        bluezone.is_ios(payload),
        bluezone.is_ios_in_background(payload),
    )


def test_a_service_among_others_is_found() -> None:
    listed = bytes(16) + IOS[5:21]
    assert bluezone.is_ios(advertising.written(advertising.Structure(0x07, listed)))
    assert not bluezone.is_ios(advertising.written(advertising.Structure(0x07, b"\x00" + listed)))


@pytest.mark.parametrize(
    ("content", "is_ours"),
    [
        ("4c000108" + "00" * 15, True),
        ("4c0001" + "ff" * 16, True),
        ("4c000188" + "00" * 14 + "01", True),
        ("4c0001f7" + "ff" * 15, False),
        ("4c000208" + "00" * 15, False),
        ("4d000108" + "00" * 15, False),
        ("4c000108" + "00" * 14, False),
        ("4c000108" + "00" * 16, False),
        ("08" + "00" * 15, False),
        ("4c0001", False),
    ],
)
def test_the_bit_of_the_mask_is_what_counts(content: str, *, is_ours: bool) -> None:
    assert bluezone.is_ios_in_background(manufacturer(bytes.fromhex(content))) is is_ours


@pytest.mark.parametrize(
    "content", ["b522" + "00" * 11, "b522" + "00" * 13, "b622" + "00" * 12, "00" * 12]
)
def test_an_identifier_of_another_company_or_length_is_none(content: str) -> None:
    payload = manufacturer(bytes.fromhex(content)) + b"\x03\x03\x56\x4e"
    assert bluezone.identifier_in(payload) is None


@pytest.mark.parametrize(("n", "is_read"), [(0, False), (11, False), (12, True), (13, False)])
def test_a_value_that_was_read_has_twelve_bytes_or_is_nothing(n: int, *, is_read: bool) -> None:
    assert bluezone.identifier_read(bytes(n)) == (bytes(n) if is_read else None)


def test_an_identifier_of_another_length_is_not_advertised() -> None:
    with pytest.raises(ProtocolError) as refusal:
        bluezone.android_advertisement(ID[:11])
    assert refusal.value.code == "protocol.wrong_length"


@given(st.binary(max_size=80))
def test_whatever_comes_by_radio_is_answered(payload: bytes) -> None:
    assert bluezone.is_ios_in_background(payload) in {True, False}
    assert len(bluezone.identifier_read(payload) or bytes(12)) == 12
    assert sum(2 + len(one.value) for one in advertising.structures_in(payload)) <= len(payload)
