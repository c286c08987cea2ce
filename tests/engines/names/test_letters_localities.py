"""Every locality of the letters, as written there, inside the province of its letter."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines.names.worlds import IN_2021, country, is_one
from vungxanh.engines.names import Why

LETTERS = Path(__file__).resolve().parents[2] / "data" / "letters"
READINGS = [
    json.loads(path.read_text(encoding="utf-8")) for path in LETTERS.rglob("*.expected.json")
]
# Named to compare with: no locality of the letter's own province.
ELSEWHERE = {"Hải Dương", "Cả nước"}


def localities() -> Iterator[tuple[str, str]]:
    """(province, locality) of places, facts and goals."""
    for reading in READINGS:
        code = reading["document"]["province_gso_2021"]
        said = [*reading["facts"], *reading["campaign_targets"]]
        named = {one.get("locality") for one in said} | {reading["document"]["place"]}
        for name in sorted(named - {None} - ELSEWHERE):
            if code:
                yield f"vn-2021:{code}", name


def rows() -> Iterator[tuple[str, str, str]]:
    """(province, name, unit) of the lines of tables that carry a code."""
    for reading in READINGS:
        for table in reading["tables"]:
            if "gso_2021" not in table["columns"]:
                continue
            name, code = (table["columns"].index(head) for head in ("locality", "gso_2021"))
            for row in table["rows"]:
                province = reading["document"]["province_gso_2021"]
                yield f"vn-2021:{province}", row[name], f"vn-2021:{row[code]}"


@pytest.mark.parametrize(("province", "name"), sorted(set(localities())))
def test_a_locality_of_a_letter_is_found_in_its_province(province: str, name: str) -> None:
    levels = (None, "province", "district", "commune")
    found = [country().find(name, within=province, level=level, on=IN_2021) for level in levels]
    assert found[0].why not in (Why.OUTSIDE, Why.UNKNOWN)
    assert any(is_one(one) for one in found)


@pytest.mark.parametrize(("province", "name", "unit"), sorted(set(rows())))
def test_a_line_of_a_table_is_its_unit(province: str, name: str, unit: str) -> None:
    assert country().find(name, within=province, on=IN_2021).keys == (unit,)


def test_the_letters_name_localities() -> None:
    assert len(set(rows())) == 18
    assert len(set(localities())) >= 8
