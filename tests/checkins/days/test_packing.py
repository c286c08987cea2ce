"""Each ended day of visits is a file; what the manifest says is true, and no more is written."""

import hashlib
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.checkins.days.planting import (
    NOW,
    TODAY,
    Planted,
    began_before,
    in_files,
    make_days,
    plant,
    said_by_all,
)
from tests.factories.points import a_point
from vungxanh.checkins.actions.days import folder, pack
from vungxanh.checkins.gateways.visit_files import read_visits
from vungxanh.checkins.models import Point, VisitNumber
from vungxanh.checkins.values.day_files import kept_days, period_of
from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS

pytestmark = pytest.mark.django_db(transaction=True)
HOUR, DAY = 60, 1440


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def points(places_of_both_eras: None) -> list[int]:
    make_days()
    rows = [a_point(f"Điểm mẫu {n}") for n in range(4)]
    for row, usual in zip(rows, (30, 10 * HOUR, DAY, 2 * DAY), strict=True):
        Point.objects.filter(pk=row.pk).update(usual_stay_minutes=usual)
    return [row.pk for row in rows]


def some(points: list[int]) -> list[Planted]:
    """A week of two people."""
    return [
        Planted(7, points[0], 6 * DAY),
        Planted(7, points[1], 5 * DAY),
        Planted(7, points[1], 5 * DAY - 300, is_out=True, flags=1),
        Planted(8, points[2], 4 * DAY),
        Planted(8, points[0], 2 * DAY, is_out=True),
        Planted(8, points[0], 30),
    ]


def test_each_ended_day_is_a_file_of_its_visits_in_the_order_of_time(points: list[int]) -> None:
    plant(some(points))
    packed = pack(at=NOW)
    assert [day for day, _ in packed.written] == list(kept_days(NOW))
    assert in_files() == began_before(said_by_all(), TODAY)
    assert len(in_files()) == 4
    manifest = folder().manifest()
    assert manifest is not None
    for entry in manifest.days:
        path = folder().path / entry.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
        assert entry.file == f"visits-{entry.day:%Y%m%d}-{entry.sha256[:8]}.parquet"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        t_in = folder().visits([entry.file])["t_in"].to_pylist()
        assert t_in == sorted(t_in)
        assert (entry.rows, entry.least, entry.greatest) == (
            len(t_in),
            min(t_in, default=0),
            max(t_in, default=0),
        )


def test_files_name_persons_by_random_numbers_of_63_bits(points: list[int]) -> None:
    plant(some(points))
    pack(at=NOW)
    manifest = folder().manifest()
    assert manifest is not None
    told = set(folder().visits(one.file for one in manifest.days)["person_id"].to_pylist())
    kept = dict(VisitNumber.objects.values_list("person_id", "number"))
    assert set(kept) == {7, 8}
    assert told == set(kept.values())
    assert all(0 < number < 2**63 for number in told)


def test_nothing_is_written_where_nothing_changed(points: list[int]) -> None:
    plant(some(points))
    pack(at=NOW)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in _files()}
    assert pack(at=NOW).written == ()
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in _files()} == before


def test_a_late_scan_writes_the_days_around_it_and_no_others(points: list[int]) -> None:
    plant(some(points))
    pack(at=NOW)
    plant([Planted(9, points[0], 10 * DAY, flags=1)])
    written = [day for day, _ in pack(at=NOW).written]
    day = TODAY - timedelta(days=10)
    assert written == [day + timedelta(days=n) for n in range(-3, 4)]
    assert in_files() == began_before(said_by_all(), TODAY)


def test_who_scans_in_at_one_place_for_a_week_is_one_visit_of_the_first_day(
    points: list[int],
) -> None:
    plant([Planted(7, points[1], 9 * DAY - n * 8 * HOUR) for n in range(15)])
    pack(at=NOW)
    assert len(in_files()) == 1
    plant([Planted(7, points[1], 9 * DAY - 15 * 8 * HOUR)])
    pack(at=NOW)
    assert len(in_files()) == 1
    assert in_files() == began_before(said_by_all(), TODAY)


def test_other_days_are_as_they_were_where_one_is_asked_for(points: list[int]) -> None:
    plant(some(points))
    day = TODAY - timedelta(days=5)
    packed = pack(at=NOW, only=[day])
    assert [one for one, _ in packed.written] == list(kept_days(NOW))
    packed = pack(at=NOW, only=[day])
    assert packed.written == ((day, 1),)


def test_a_new_period_gives_all_days_new_numbers_and_forgets_the_former(points: list[int]) -> None:
    plant(some(points))
    pack(at=NOW)
    former = set(VisitNumber.objects.values_list("number", flat=True))
    first = folder().manifest()
    assert first is not None
    later = NOW + timedelta(days=(period_of(TODAY) - TODAY).days + SCANS_KEPT_DAYS)
    assert [day for day, _ in pack(at=later).written] == list(kept_days(later))
    now = folder().manifest()
    assert now is not None
    assert now.period == first.period + timedelta(days=SCANS_KEPT_DAYS)
    assert not former & set(VisitNumber.objects.values_list("number", flat=True))


def test_a_changed_stay_or_a_merged_point_writes_the_days_when_somebody_was_there(
    points: list[int],
) -> None:
    plant(some(points))
    pack(at=NOW)
    Point.objects.filter(pk=points[2]).update(usual_stay_minutes=60)
    written = {day for day, _ in pack(at=NOW).written}
    assert TODAY - timedelta(days=4) in written
    assert TODAY - timedelta(days=12) not in written
    assert in_files() == began_before(said_by_all(), TODAY)
    assert pack(at=NOW).written == ()


def test_a_file_that_is_gone_or_cut_is_written_again(points: list[int]) -> None:
    plant(some(points))
    pack(at=NOW)
    one, other = [path for path in _files() if path.name.startswith("visits-")][:2]
    one.unlink()
    other.write_bytes(other.read_bytes()[:100])
    assert len(pack(at=NOW).written) == 2
    assert in_files() == began_before(said_by_all(), TODAY)


def test_scans_that_vanished_without_a_word_are_found_by_their_number(points: list[int]) -> None:
    gone, *_ = plant(some(points))
    pack(at=NOW)
    gone.delete()
    assert TODAY - timedelta(days=6) in {day for day, _ in pack(at=NOW).written}
    assert in_files() == began_before(said_by_all(), TODAY)


def test_tracing_reads_the_files_as_they_are(points: list[int]) -> None:
    plant(some(points))
    pack(at=NOW)
    paths = [path for path in _files() if path.name.startswith("visits-")]
    assert sorted(read_visits(sorted(paths)).t_in.tolist()) == sorted(row[2] for row in in_files())


def _files() -> list[Path]:
    return sorted(path for path in folder().path.iterdir() if path.is_file())
