"""`exposure ids`: the published vectors through the command."""

import json
from typing import Any

import pytest

from tests.exposure.files import GAEN, RPIS, refusal, run
from tests.protocol.vectors import vectors

BLUEZONE = vectors("bluezone")["synthetic_vectors"]
OF_GAEN = ("ids", "--scheme", "gaen", "--key", GAEN["tek"])
KEY = BLUEZONE["max_48"]["base_id_hex"]
OF_BLUEZONE = ("ids", "--scheme", "bluezone", "--key", KEY, "--day", "2020-08-08")


def told(*arguments: object) -> dict[str, Any]:
    ended = run(*arguments, "--json")
    assert (ended.exit_code, ended.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_the_published_key_of_gaen_gives_its_identifiers() -> None:
    assert told(*OF_GAEN, "--start", GAEN["rolling_start_interval_number"]) == {
        "rpik": GAEN["rpik"],
        "aemk": GAEN["aemk"],
        "ids": RPIS,
    }


def test_a_shorter_period_gives_the_first_of_them() -> None:
    start = GAEN["rolling_start_interval_number"]
    assert told(*OF_GAEN, "--start", start, "--period", 3)["ids"] == RPIS[:3]


def test_a_daily_key_of_bluezone_gives_its_slots_in_order() -> None:
    found = told(*OF_BLUEZONE)
    assert (found["daily_key"], found["day"], len(found["ids"])) == (KEY, "2020-08-08", 96)
    fewer = told(*OF_BLUEZONE, "--per-day", 48)["ids"]
    named = BLUEZONE["max_48"]["ids_day0"]
    assert {at: fewer[int(at)] for at in named} == named
    assert fewer == found["ids"][:48]


@pytest.mark.parametrize("day", BLUEZONE["base_all_zero"]["days"], ids=lambda day: day["day_index"])
def test_days_of_bluezone_worked_out(day: dict[str, Any]) -> None:
    key = ("--key", day["daily_key_hex"], "--day", "2020-08-08")
    ids = told("ids", "--scheme", "bluezone", *key)["ids"]
    assert {at: ids[int(at)] for at in day["ids"]} == day["ids"]


def test_people_get_a_line_for_each_with_its_second() -> None:
    of_gaen = run(*OF_GAEN, "--start", 2_642_976, "--period", 2).stdout
    assert of_gaen == f"1585785600 {RPIS[0]}\n1585786200 {RPIS[1]}\n"
    of_bluezone = run(*OF_BLUEZONE, "--per-day", 7).stdout.splitlines()
    assert [line.split()[0] for line in of_bluezone[:3]] == [
        "1596844800",
        "1596857142",
        "1596869485",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((*OF_GAEN[:-1], GAEN["tek"][:-2], "--start", "0"), "protocol.wrong_length"),
        ((*OF_GAEN[:-1], "zz", "--start", "0"), "exposure.bad_hex"),
        ((*OF_GAEN[:-1], "abc", "--start", "0"), "exposure.bad_hex"),
        ((*OF_GAEN, "--start", "5", "--period", "0"), "protocol.out_of_bounds"),
        ((*OF_GAEN, "--start", "5", "--period", "145"), "protocol.out_of_bounds"),
        ((*OF_GAEN, "--start", "-1"), "protocol.out_of_bounds"),
        ((*OF_GAEN, "--start", 2**32 - 143), "protocol.out_of_bounds"),
        ((*OF_BLUEZONE, "--per-day", "0"), "protocol.out_of_bounds"),
        ((*OF_BLUEZONE[:3], "--key", GAEN["tek"], *OF_BLUEZONE[5:]), "protocol.wrong_length"),
    ],
)
def test_a_key_or_a_number_that_cannot_be_is_refused(arguments: tuple[str, ...], code: str) -> None:
    assert refusal(*arguments).code == code


@pytest.mark.parametrize(
    "arguments",
    [
        OF_GAEN,
        (*OF_GAEN, "--start", "5", "--day", "2020-08-08"),
        (*OF_GAEN, "--start", "5", "--per-day", "96"),
        (*OF_GAEN, "--start", "today"),
        OF_BLUEZONE[:5],
        (*OF_BLUEZONE, "--period", "144"),
        (*OF_BLUEZONE[:5], "--day", "8/8/2020"),
        ("ids", "--key", KEY, "--day", "2020-08-08"),
        ("ids", "--scheme", "dp3t", "--key", KEY),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.exit_code, ended.stdout) == (2, "")
