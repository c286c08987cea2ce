"""`vungxanh tracing contacts` over the files of days as they are: everybody who met the case."""

import csv
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.checkins.days.planting import NOW, Planted, make_days, plant
from tests.factories.points import a_point
from vungxanh.checkins.actions.days import folder, pack
from vungxanh.checkins.models import Point, VisitNumber

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]
HOUR, DAY = 60, 1440
NOON = 8 * HOUR
"""12:00 UTC in minutes before `NOW`."""
WAIT_S = 120
PROGRAM = """
import sys
from vungxanh.config import cli
try: cli.main()
finally: print(any(m.startswith(("django", "psycopg")) for m in sys.modules), file=sys.stderr)
"""
CASE, BESIDE, AFTER, TWICE, BEFORE, ELSEWHERE = 1, 2, 3, 4, 5, 6


@dataclass(frozen=True, slots=True)
class World:
    """Files of a small world by day, and who is who in them."""

    files: list[Path]
    number: dict[int, int]


@pytest.fixture
def world(places_of_both_eras: None, settings: Settings, tmp_path: Path) -> World:
    """A case was at a market five days ago and at an office three days ago, an hour each."""
    settings.HOME = tmp_path
    make_days()
    market, office = a_point("Chợ mẫu").pk, a_point("Cơ quan mẫu").pk
    Point.objects.filter(pk__in=(market, office)).update(usual_stay_minutes=30)
    first, second = 5 * DAY + NOON, 3 * DAY + NOON
    plant([Planted(CASE, market, first), Planted(CASE, market, first - HOUR, is_out=True)])
    plant([Planted(CASE, office, second), Planted(CASE, office, second - HOUR, is_out=True)])
    plant([Planted(BESIDE, market, first - 20)])  # the usual half an hour, nobody scanned out
    plant([Planted(AFTER, market, first - HOUR - 5)])  # comes when the case has left
    plant([Planted(TWICE, market, first - 10), Planted(TWICE, market, first - 40, is_out=True)])
    plant([Planted(TWICE, office, second + 15)])  # the last half is together
    plant([Planted(BEFORE, market, first + 2 * HOUR), Planted(ELSEWHERE, office, first)])
    pack(at=NOW)
    number = dict(VisitNumber.objects.values_list("person_id", "number"))
    return World(sorted(folder().path.glob("visits-*.parquet")), number)


def contacts(world: World, engine: str, folder: Path) -> list[tuple[int, ...]]:
    """What the program writes: person, seconds together, places, pairs; whom to call first on top.

    It loads no framework.
    """
    cases, out = folder / "ca.csv", folder / f"{engine}.csv"
    window = f"{world.number[CASE]},{int(NOW.timestamp()) - 7 * 86_400},{int(NOW.timestamp())}\n"
    cases.write_text("person_id,infectious_from,infectious_until\n" + window, encoding="utf-8")
    asked = ("--visits", *world.files, "--cases", cases, "--out", out, "--engine", engine)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "tracing", "contacts", *map(str, asked)],
        capture_output=True,
        text=True,
        check=False,
        env={"VUNGXANH_LANG": "en"},
        cwd=ROOT,
        timeout=WAIT_S,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert done.stderr.splitlines()[-1] == "False"
    person = {number: one for one, number in world.number.items()}
    with out.open(encoding="utf-8", newline="") as stream:
        return [
            (person[int(row["person_id"])], *(int(row[name]) for name in COLUMNS))
            for row in csv.DictReader(stream)
        ]


COLUMNS = ("overlap_s", "n_places", "n_pairs", "generation")


def test_every_engine_finds_who_met_the_case_in_the_files_as_they_are(
    world: World, tmp_path: Path
) -> None:
    together = [
        (TWICE, (30 + 15) * 60, 2, 2, 1),
        (BESIDE, 30 * 60, 1, 1, 1),
        (AFTER, 0, 1, 1, 1),
    ]
    found = {name: contacts(world, name, tmp_path) for name in ("kernel", "reference", "sql")}
    assert found == {"kernel": together, "reference": together, "sql": together}
