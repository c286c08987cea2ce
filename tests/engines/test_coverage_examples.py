"""Figures that were published in 2020 and 2021, recomputed; and every docstring example."""

import csv
import doctest
import importlib
import pkgutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from vungxanh.engines import coverage
from vungxanh.engines.coverage import (
    Feasibility,
    Point,
    Row,
    UnitSeries,
    define_target,
    movements,
    needs_by_unit,
    progress,
    rank,
    share_percent,
    share_percent_truncated,
)

ANNEX = Path(__file__).parent / "coverage_examples" / "binh-dinh-2021-05-26.csv"
DAY = date(2021, 5, 26)
MODULES = [module.name for module in pkgutil.iter_modules(coverage.__path__)]
TARGET = define_target(
    share_percent=Decimal(60),
    base_element="smartphones",
    due_on=date(2021, 8, 31),
    origin="mẫu",
    scope="vn-2021:52",
)
NEEDED_PER_DAY = {
    "540": 976,
    "543": 544,
    "549": 450,
    "546": 65,
    "550": 432,
    "547": 278,
    "551": 67,
    "548": 426,
    "545": 396,
    "542": 70,
    "544": 200,
}


def annex() -> list[dict[str, str]]:
    with ANNEX.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def column(name: str) -> list[int]:
    return [int(row[name]) for row in annex()]


def ranking(base: str) -> tuple[coverage.Ranked, ...]:
    return rank(Row(r["unit"], int(r["bluezone_with_phone"]), int(r[base])) for r in annex())


@pytest.mark.parametrize("base", ["population", "smartphones"])
def test_printed_ratios_of_the_annex_are_the_half_up_shares(base: str) -> None:
    printed = [Decimal(row[f"printed_share_of_{base}"]) for row in annex()]
    counts = column("bluezone_with_phone")
    assert [share_percent(n, d) for n, d in zip(counts, column(base), strict=True)] == printed
    assert len(printed) == 11


def test_province_stands_at_13_60_of_population_and_20_92_of_smartphones() -> None:
    total = sum(column("bluezone_with_phone"))
    bases = sum(column("population")), sum(column("smartphones"))
    assert (total, *bases) == (202_379, 1_487_817, 967_412)
    shares = [share_percent(total, base) for base in bases]
    assert shares == [Decimal("13.60"), Decimal("20.92")]


def test_hanoi_and_bac_giang_printed_truncated_shares() -> None:
    assert share_percent(3_983_727, 6_685_289) == Decimal("59.59")
    assert share_percent_truncated(3_983_727, 6_685_289) == Decimal("59.58")
    assert share_percent(82_930, 174_229) == Decimal("47.60")
    assert share_percent_truncated(82_930, 174_229) == Decimal("47.59")


def test_headline_count_exceeds_every_smartphone_and_says_so() -> None:
    assert share_percent(973_075, 967_412) == Decimal("100.59")


def test_annex_is_ordered_by_its_own_key() -> None:
    assert [row.key for row in ranking("population")] == [row["unit"] for row in annex()]


def test_ranks_by_smartphones_are_the_picture_of_the_unit_page() -> None:
    moved = movements(ranking("population"), ranking("smartphones"))
    places = {m.key.split(":")[1]: (m.rank_before, m.rank_after, m.places_up) for m in moved}
    assert places["546"] == (4, 2, 2)
    assert places["543"] == (2, 3, -1)
    assert places["542"] == (10, 11, -1)
    assert places["540"] == (1, 1, 0)


def test_sixty_per_cent_of_smartphones_needs_3898_people_a_day() -> None:
    week = [Point(date(2021, 5, 19), 202_379 - 4_216), Point(DAY, 202_379)]
    found = progress(TARGET, 967_412, week, as_of=DAY)
    assert (found.n_goal, found.n_needed, found.n_days_left) == (580_448, 378_069, 97)
    assert found.n_needed_per_day == 3_898
    assert (found.n_projected, found.projected_share_percent) == (260_800, Decimal("26.96"))
    assert found.feasibility is Feasibility.BEHIND
    assert found.n_behind == 580_448 - 260_800
    assert found.reached_on == date(2023, 2, 13)


def test_each_district_rounds_its_own_need_up() -> None:
    units = [
        UnitSeries(r["unit"], int(r["smartphones"]), (Point(DAY, int(r["bluezone_with_phone"])),))
        for r in annex()
    ]
    needs = needs_by_unit(TARGET, units, as_of=DAY)
    found = {unit.key.split(":")[1]: unit.progress.n_needed_per_day for unit in needs.units}
    assert found == NEEDED_PER_DAY
    assert (needs.n_needed_per_day_sum, needs.n_unknown) == (3_904, 0)


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.slow
def test_docstring_examples_hold(name: str) -> None:
    module = importlib.import_module(f"{coverage.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.slow
def test_importing_the_engine_loads_no_array_library_and_no_compiler() -> None:
    program = "import sys, vungxanh.engines.coverage; print(sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    loaded = out.stdout.decode()
    assert "'vungxanh.engines.coverage'" in loaded
    assert not any(f"'{name}'" in loaded for name in ("numpy", "numba", "pyarrow", "django"))
