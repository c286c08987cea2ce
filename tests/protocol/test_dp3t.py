"""DP-3T to the bit, against the vectors of its reference implementation."""

from typing import Any

import pytest

from tests.protocol.vectors import vectors
from vungxanh.protocol import dp3t
from vungxanh.protocol.refusals import ProtocolError

GIVEN = vectors("dp3t")
DAYS = GIVEN["low_cost"]["days"]
SEEDS = GIVEN["unlinkable"]


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day["sk"][:8])
def test_identifiers_of_a_day(day: dict[str, Any]) -> None:
    found = dp3t.low_cost_identifiers(bytes.fromhex(day["sk"]))
    assert {at: found[int(at)].hex() for at in day["ephid"]} == day["ephid"]
    assert len(set(found)) == dp3t.EPOCHS_A_DAY


def test_the_second_day_follows_from_the_first() -> None:
    first, second = (bytes.fromhex(day["sk"]) for day in DAYS[:2])
    assert dp3t.next_day_key(first) == second


@pytest.mark.parametrize("one", SEEDS, ids=lambda one: one["seed"][:8])
def test_identifiers_of_seeds(one: dict[str, Any]) -> None:
    assert dp3t.unlinkable_identifier(bytes.fromhex(one["seed"])).hex() == one["ephid"]


@pytest.mark.parametrize(
    ("ephid", "kept"),
    [(one["ephid"], kept) for one in SEEDS for kept in one.get("hashed_observations", [])],
    ids=lambda one: str(one)[:24],
)
def test_what_a_phone_keeps_of_an_identifier(ephid: str, kept: dict[str, Any]) -> None:
    found = dp3t.hashed_observation(bytes.fromhex(ephid), kept["epoch"])
    assert found.hex() == kept["sha256"]


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ProtocolError):
        dp3t.low_cost_identifiers(bytes(31))
