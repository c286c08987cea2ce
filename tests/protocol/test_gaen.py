"""GAEN v1.2 to the bit, against the published vectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.vectors import vectors
from vungxanh.protocol import gaen
from vungxanh.protocol.refusals import ProtocolError

GIVEN = vectors("gaen")
TEK = bytes.fromhex(GIVEN["tek"])
START = GIVEN["rolling_start_interval_number"]
RPIS = [bytes.fromhex(one["rpi"]) for one in GIVEN["intervals"]]
AEMS = [bytes.fromhex(one["aem"]) for one in GIVEN["intervals"]]
METADATA = bytes.fromhex(GIVEN["ble_metadata"])
keys = st.binary(min_size=16, max_size=16)
intervals = st.integers(0, 2**32 - 145)


def test_keys_derived_of_the_published_key() -> None:
    found = gaen.derived_keys(TEK)
    assert (found.rpik.hex(), found.aemk.hex()) == (GIVEN["rpik"], GIVEN["aemk"])


def test_all_identifiers_of_the_published_day() -> None:
    assert [one["enin"] for one in GIVEN["intervals"]] == list(range(START, START + 144))
    assert list(gaen.identifiers(TEK, START)) == RPIS


def test_all_metadata_of_the_published_day() -> None:
    aemk = gaen.derived_keys(TEK).aemk
    assert [gaen.crypted_metadata(aemk, rpi, METADATA) for rpi in RPIS] == AEMS
    assert {gaen.crypted_metadata(aemk, *pair) for pair in zip(RPIS, AEMS, strict=True)} == {
        METADATA
    }


def test_the_published_second_lies_in_the_published_interval() -> None:
    assert gaen.interval_of(GIVEN["key_generation_unix_seconds"]) == START


def test_published_metadata_is_version_1_0_at_8_dbm() -> None:
    assert gaen.metadata_of(METADATA) == gaen.Metadata(gaen.VERSION_1_0, 8)


@given(st.integers(0, 255), st.integers(-128, 127))
def test_metadata_is_read_as_it_was_written(version: int, tx_power: int) -> None:
    written = gaen.Metadata(version, tx_power)
    assert gaen.metadata_of(written.encoded()) == written


@given(keys, intervals, st.integers(1, 144), st.integers(0, 143))
def test_a_shorter_key_sends_the_first_of_the_same_identifiers(
    tek: bytes, start: int, period: int, at: int
) -> None:
    whole = gaen.identifiers(tek, start)
    assert gaen.identifiers(tek, start, period) == whole[:period]
    assert gaen.identifiers(tek, start + at, 1) == whole[at : at + 1]


def test_a_phone_advertises_31_bytes() -> None:
    payload = gaen.advertisement(gaen.Sighting(RPIS[0], AEMS[0]))
    expected = "02011a03036ffd17166ffd" + RPIS[0].hex() + AEMS[0].hex()
    assert (payload.hex(), len(payload)) == (expected, 31)


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=4, max_size=4))
def test_what_is_advertised_is_seen(rpi: bytes, aem: bytes) -> None:
    sighting = gaen.Sighting(rpi, aem)
    assert gaen.sighting_in(gaen.advertisement(sighting)) == sighting
    assert gaen.sighting_in(gaen.advertisement(sighting) * 2) == sighting


@given(st.binary(max_size=80))
def test_what_comes_by_radio_is_seen_or_nothing(payload: bytes) -> None:
    found = gaen.sighting_in(payload)
    assert found is None or (found.rpi + found.aem) in payload


@pytest.mark.parametrize(
    ("tek", "start", "period", "field"),
    [
        (TEK[:15], START, 144, "TEK"),
        (TEK + b"0", START, 144, "TEK"),
        (TEK, START, 0, "rolling_period"),
        (TEK, START, 145, "rolling_period"),
        (TEK, -1, 144, "rolling_start"),
        (TEK, 2**32 - 1, 2, "rolling_start"),
    ],
)
def test_keys_that_cannot_be_are_refused(tek: bytes, start: int, period: int, field: str) -> None:
    with pytest.raises(ProtocolError) as refusal:
        gaen.identifiers(tek, start, period)
    assert refusal.value.field == field


@pytest.mark.parametrize("lengths", [(15, 16, 4), (16, 17, 4), (16, 16, 3)])
def test_metadata_of_wrong_lengths_is_refused(lengths: tuple[int, int, int]) -> None:
    with pytest.raises(ProtocolError):
        gaen.crypted_metadata(*map(bytes, lengths))
