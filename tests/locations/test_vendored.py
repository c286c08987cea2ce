"""The tree that the package carries."""

import hashlib
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date

import pytest

from vungxanh.locations.values import COUNTRY, VENDORED, Level, Unit, units_2021

BINH_DINH = {
    "540": "TP. Quy Nhơn",
    "542": "H. An Lão",
    "543": "TX. Hoài Nhơn",
    "544": "H. Hoài Ân",
    "545": "H. Phù Mỹ",
    "546": "H. Vĩnh Thạnh",
    "547": "H. Tây Sơn",
    "548": "H. Phù Cát",
    "549": "TX. An Nhơn",
    "550": "H. Tuy Phước",
    "551": "H. Vân Canh",
}
WITHOUT_COMMUNES = {"318", "471", "498", "536", "755"}  # five island districts


def below(parent: str) -> list[Unit]:
    return [unit for unit in units_2021() if unit.parent_id == parent]


def test_the_tree_has_63_provinces_705_districts_and_10599_communes() -> None:
    counts = Counter(unit.level for unit in units_2021())
    assert counts == {
        Level.COUNTRY: 1,
        Level.PROVINCE: 63,
        Level.DISTRICT: 705,
        Level.COMMUNE: 10_599,
    }


def test_ids_are_unique_and_every_parent_stands_before_its_children() -> None:
    seen: set[str | None] = {None}
    for unit in units_2021():
        assert unit.parent_id in seen
        seen.add(unit.id)
    assert len(seen) == len(units_2021()) + 1


def test_binh_dinh_has_its_eleven_districts() -> None:
    assert {unit.code: unit.short_name for unit in below("vn-2021:52")} == BINH_DINH


@pytest.mark.parametrize(("parent", "first", "last"), [("70", 688, 698), ("54", 555, 564)])
def test_districts_of_binh_phuoc_and_phu_yen_have_the_codes_of_the_letters(
    parent: str, first: int, last: int
) -> None:
    codes = [int(unit.code) for unit in below(f"vn-2021:{parent}")]
    assert (min(codes), max(codes)) == (first, last)


def test_bac_giang_city_had_sixteen_communes() -> None:
    assert len(below("vn-2021:213")) == 16


def test_only_five_island_districts_have_no_communes() -> None:
    parents = {unit.parent_id for unit in units_2021()}
    districts = [unit for unit in units_2021() if unit.level is Level.DISTRICT]
    assert {unit.code for unit in districts if unit.id not in parents} == WITHOUT_COMMUNES


def test_names_are_composed_and_have_single_spaces() -> None:
    untidy = [
        unit.name
        for unit in units_2021()
        if unit.name != " ".join(unicodedata.normalize("NFC", unit.name).split())
    ]
    assert untidy == []


def test_numbered_units_keep_their_type_word_in_the_bare_name() -> None:
    (first,) = [unit for unit in units_2021() if unit.code == "760"]
    assert (first.name, first.bare_name, first.short_name) == ("Quận 1", "Quận 1", "Q. 1")


def test_the_tree_ends_with_the_reform_of_july_2025() -> None:
    assert {unit.valid_to for unit in units_2021()} == {date(2025, 7, 1)}


def test_the_country_is_the_only_root() -> None:
    assert [unit.id for unit in units_2021() if unit.parent_id is None] == [COUNTRY]


@pytest.mark.slow
def test_reading_the_tree_needs_no_django() -> None:
    code = (
        "import sys; from vungxanh.locations.values import units_2021; units_2021();"
        "print(sorted(m for m in sys.modules if m in ('django', 'psycopg')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "name",
    [
        "vn-2021.csv.gz",
        "vn-2025.csv.gz",
        "succession.csv.gz",
        "changes.csv",
        "maps-2021.json.gz",
    ],
)
def test_the_digest_of_a_vendored_file_stands_beside_it(name: str) -> None:
    digest = hashlib.sha256((VENDORED / name).read_bytes()).hexdigest()
    assert digest in (VENDORED / "README.md").read_text(encoding="utf-8")
