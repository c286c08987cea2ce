"""`vungxanh doctor` says whether the files of visits are whole and as they should be."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from tests.checkins.days.planting import NOW, TODAY, Planted, make_days, plant
from tests.factories.points import a_point
from vungxanh.checkins.actions.days import folder, pack
from vungxanh.config.checkup import Result
from vungxanh.config.checkup_database import look_at_database
from vungxanh.core import subjects
from vungxanh.core.clock import frozen_at
from vungxanh.core.subjects import Subject

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HOUR = timedelta(hours=1)
DAY = 1440
FINE = "✓ The files of visits are up to date."


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def scanned(places_of_both_eras: None) -> None:
    """Two people were at a point, on two days of this week."""
    make_days()
    point = a_point().pk
    plant([Planted(7, point, 5 * DAY), Planted(8, point, 4 * DAY)])


def told(at: datetime = NOW) -> Result:
    with frozen_at(at):
        (found,) = [one for one in look_at_database() if one.name == "visits"]
    return found


def file_of(days_ago: int) -> Path:
    """The file of a day."""
    manifest = folder().manifest()
    assert manifest is not None
    entry = manifest.entry(TODAY - timedelta(days=days_ago))
    assert entry is not None
    return folder().path / entry.file


def test_nothing_is_due_where_nobody_scanned(places_of_both_eras: None) -> None:
    assert told().line("en") == FINE


def test_days_that_no_worker_wrote_are_told_a_day_after_they_ended(scanned: None) -> None:
    found = told()
    assert (found.is_well, found.is_warning) == (False, False)
    assert found.line("en").startswith("✗ 26 days of visits were not written again within 24 hours")
    pack(at=NOW)
    assert told().line("en") == FINE
    assert told(NOW + 4 * HOUR).line("en") == FINE  # the next day ended at midnight


def test_an_erased_person_who_still_stands_in_a_file_is_told_after_a_day(scanned: None) -> None:
    pack(at=NOW)
    with transaction.atomic():
        subjects.erase(Subject("person:7", 7), NOW)
    assert told(NOW + 24 * HOUR).line("en") == FINE
    found = told(NOW + 25 * HOUR)
    assert not found.is_well
    assert found.line("vi") == (
        "✗ 1 ngày lượt đến chưa được ghi lại sau 24 giờ. Kiểm tra “vungxanh worker”, rồi chạy "
        "“vungxanh visits pack”."
    )
    pack(at=NOW + 25 * HOUR)
    assert told(NOW + 25 * HOUR).line("en") == FINE


def test_a_file_that_is_gone_is_told_at_once(scanned: None) -> None:
    pack(at=NOW)
    file_of(5).unlink()
    found = told()
    assert (found.is_well, found.is_warning) == (False, False)
    assert found.line("en") == (
        "✗ 1 files of visits are gone or cut short. Run “vungxanh visits pack”."
    )
    pack(at=NOW)
    assert told().line("en") == FINE


def test_files_that_are_cut_short_are_told_at_once(scanned: None) -> None:
    pack(at=NOW)
    for path in (file_of(5), file_of(4)):
        path.write_bytes(path.read_bytes()[:-1])
    assert told().line("vi") == (
        "✗ 2 tệp lượt đến theo ngày bị mất hoặc bị cụt. Chạy “vungxanh visits pack”."
    )
    pack(at=NOW)
    assert told().line("vi") == "✓ Tệp lượt đến theo ngày còn đúng."
