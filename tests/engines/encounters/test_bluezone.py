"""When a sighting of a published case of Bluezone counts."""

import json
from datetime import date
from typing import Any

import pytest

from tests.engines.encounters.worlds import DAY, bluezone_log
from tests.protocol.vectors import vectors
from vungxanh.engines.encounters import Encounters, Exposure, LeftOut, of_bluezone
from vungxanh.protocol.bluezone import CaseKey, case_keys, identifiers

GIVEN = vectors("bluezone")["matching_vector"]
CASES = case_keys(json.dumps(GIVEN["f0_json"]))
KEY = bytes(range(32))
CASE = CaseKey(KEY, DAY, DAY + 86_399, 96)


@pytest.mark.parametrize("hit", GIVEN["hits"], ids=lambda hit: hit.get("why", "inside"))
def test_the_published_vectors_match_as_they_say(hit: dict[str, Any]) -> None:
    log = bluezone_log([(hit["seen_unix"], bytes.fromhex(hit["contact_id_hex"]))])
    told = of_bluezone(CASES, log)
    assert len(told.exposures) == hit["match"]
    assert told.left_out.too_far == (not hit["match"] and hit["contact_id_hex"].startswith("a6"))


def test_an_exposure_has_no_distance() -> None:
    first, second = identifiers(KEY)[10:12]
    rows = [(DAY + 9000, first), (DAY + 9300, first), (DAY + 9900, second)]
    assert of_bluezone([CASE], bluezone_log(rows)).exposures == (
        Exposure(
            key=KEY,
            day=date(2020, 8, 10),
            first_at=DAY + 9000,
            last_at=DAY + 9900,
            sightings=3,
            minutes=12,
            min_attenuation=None,
            typical_attenuation=None,
        ),
    )


def test_a_case_that_is_there_twice_is_told_once() -> None:
    log = bluezone_log([(DAY, identifiers(KEY)[0])])
    assert len(of_bluezone([CASE, CASE], log).exposures) == 1


def test_keys_done_are_told() -> None:
    told: list[tuple[int, int]] = []
    of_bluezone([CASE, *CASES], bluezone_log([]), progress=lambda *done: told.append(done))
    assert told == [(0, 2), (1, 2)]


def test_nobody_heard_is_no_exposure() -> None:
    assert of_bluezone([CASE], bluezone_log([])) == Encounters((), LeftOut())
