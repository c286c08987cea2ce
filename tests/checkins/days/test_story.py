"""The whole story of a day: what came late, was corrected and erased, in table, file and delta."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import transaction
from pytest_django import Settings

from tests.checkins.days.planting import (
    NOW,
    TODAY,
    Planted,
    Row,
    in_files,
    make_days,
    named,
    plant,
    said_by_all,
)
from tests.factories.points import a_point
from vungxanh.checkins.actions.corrections import correct_visit
from vungxanh.checkins.actions.days import folder, pack
from vungxanh.checkins.actions.visit_store import stored_visits
from vungxanh.checkins.models import Point, Scan, VisitNumber
from vungxanh.checkins.values.day_files import day_of, days_around, second_of
from vungxanh.core import subjects
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.stays import EndedBy, StartedBy

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HOUR, LATE = 60, 1
DAY = TODAY - timedelta(days=5)
NOON = 5 * 1440 + 8 * HOUR
"""12:00 UTC of the day, in minutes before `NOW`."""
STAYED, FORGOT, ERASED, CORRECTED, CAME_LATE = 1, 2, 3, 4, 5


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def market(places_of_both_eras: None) -> int:
    """A point where people stay half an hour."""
    make_days()
    point = a_point()
    Point.objects.filter(pk=point.pk).update(usual_stay_minutes=30)
    return point.pk


def of_the_day(rows: list[Row]) -> list[Row]:
    return [row for row in rows if day_of(row[2]) == DAY]


def in_delta() -> list[Row]:
    return named(stored_visits(at=NOW).delta)


def persons(rows: list[Row]) -> list[int]:
    return [row[0] for row in of_the_day(rows)]


def check_the_manifest() -> None:
    """Every file is what the manifest says of it, made of what the table has; others are gone."""
    manifest = folder().manifest()
    assert manifest is not None
    named = {one.file for one in manifest.days}
    assert {path.name for path in folder().path.glob("visits-*")} == named
    counts = {
        day: Scan.objects.filter(at__date=day).count()
        for entry in manifest.days
        for day in days_around(entry.day)
    }
    told = [
        (one.sha256, one.n_bytes, one.rows, one.least, one.greatest, one.scans)
        for one in manifest.days
    ]
    found = []
    for one in manifest.days:
        content = (folder().path / one.file).read_bytes()
        began = pq.read_table(folder().path / one.file)["t_in"].to_pylist()
        edges = (min(began, default=0), max(began, default=0))
        scans = tuple(counts[day] for day in days_around(one.day))
        found.append((hashlib.sha256(content).hexdigest(), len(content), len(began), *edges, scans))
    assert told == found


def test_a_day_with_late_corrected_and_erased_rows_is_right_in_table_file_and_delta(
    market: int,
) -> None:
    # A day is over and packed: one scanned out, one forgot, two more were there.
    plant([Planted(STAYED, market, NOON), Planted(STAYED, market, NOON - 45, is_out=True)])
    plant([Planted(FORGOT, market, NOON - 5), Planted(ERASED, market, NOON - 10)])
    (visit,) = plant([Planted(CORRECTED, market, NOON - 15)])
    pack(at=NOW)
    assert persons(in_files()) == [STAYED, FORGOT, ERASED, CORRECTED]
    assert in_files() == said_by_all()
    assert in_delta() == []

    # A phone was without a network: what it sends now is in the delta at once, with its flag.
    plant([Planted(CAME_LATE, market, NOON - 20, flags=LATE)])
    assert persons(in_files()) == [STAYED, FORGOT, ERASED, CORRECTED]
    assert persons(in_delta()) == [STAYED, FORGOT, ERASED, CORRECTED, CAME_LATE]
    assert named(stored_visits(at=NOW).whole()) == said_by_all()

    # Somebody is erased: in the delta no more, and nobody knows whose number the file still has.
    number = VisitNumber.objects.get(person_id=ERASED).number
    with transaction.atomic():
        subjects.erase(Subject(f"person:{ERASED}", ERASED), NOW)
    stored = stored_visits(at=NOW)
    assert number not in stored.whole()["person_id"].to_pylist()
    assert named(stored.whole()) == said_by_all()

    # Somebody remembers when they really came and left.
    t_in, t_out = visit.at - timedelta(hours=3), visit.at - timedelta(hours=2)
    correct_visit(visit_id=visit.pk, t_in=t_in, t_out=t_out, reason="Nhớ lại", by=SYSTEM, at=NOW)
    (corrected,) = [row for row in in_delta() if row[0] == CORRECTED]
    assert corrected[2:6] == (
        int(t_in.timestamp()),
        int(t_out.timestamp()),
        StartedBy.CORRECTED,
        EndedBy.CORRECTED,
    )

    # The next run writes all of it; nothing is left to tell beside the files.
    written = dict(pack(at=NOW).written)
    assert written[DAY] == 4
    assert in_files() == said_by_all()
    assert persons(in_files()) == [STAYED, FORGOT, CORRECTED, CAME_LATE]
    (late,) = [row for row in in_files() if row[0] == CAME_LATE]
    noon = second_of(DAY) + 12 * 3600
    usual = (noon + 20 * 60, noon + 50 * 60, StartedBy.SCANNED, EndedBy.USUAL, LATE)
    assert late[2:7] == usual
    assert in_delta() == []
    check_the_manifest()
    assert pack(at=NOW).written == ()
