"""Erased, corrected, merged and old scans leave the tables, and the files with the next run."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django import Settings

from tests.checkins.days.planting import NOW, TODAY, Planted, in_files, make_days, plant
from tests.factories.points import a_point
from vungxanh.audit.models import AuditEvent
from vungxanh.checkins.actions.corrections import correct_visit
from vungxanh.checkins.actions.days import folder, overdue_days, pack
from vungxanh.checkins.actions.purging import purge
from vungxanh.checkins.models import Scan, StaleDay, VisitCorrection, VisitNumber
from vungxanh.checkins.queries.purging import overdue
from vungxanh.core import subjects
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.stays import EndedBy, StartedBy
from vungxanh.refusals import RefusalError

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 1440
SOMEBODY = Subject("person:7", 7)


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def scan(places_of_both_eras: None) -> Scan:
    """One scan of person 7, five days ago, in a file; person 8 was there too."""
    make_days()
    point = a_point()
    one, _ = plant([Planted(7, point.pk, 5 * DAY), Planted(8, point.pk, 5 * DAY)])
    pack(at=NOW)
    return one


def test_what_is_held_of_scans_is_told_and_handed_out(scan: Scan) -> None:
    lines = {line.table: line for line in subjects.held(SOMEBODY, NOW)}
    assert lines["scans"].n == 1
    assert lines["scans"].kept_until == (scan.at + timedelta(days=30)).date()
    (told,) = subjects.export(SOMEBODY)["checkins"]["scans"]
    assert (told["point"], told["direction"]) == ("Chợ mẫu", "in")


def test_an_erased_person_is_in_no_table_and_after_the_next_run_in_no_file(scan: Scan) -> None:
    number = VisitNumber.objects.get(person_id=7).number
    with transaction.atomic():
        gone = subjects.erase(SOMEBODY, NOW)["checkins"]
    assert gone["checkins_scan"] == gone["checkins_visitnumber"] == 1
    left = subjects.left(SOMEBODY)
    assert [left[f"checkins_{name}"] for name in ("scan", "visitcorrection", "visitnumber")] == [
        0,
        0,
        0,
    ]
    pack(at=NOW)
    manifest = folder().manifest()
    assert manifest is not None
    told = folder().visits(one.file for one in manifest.days)["person_id"].to_pylist()
    assert len(told) == 1
    assert number not in told
    named = {one.file for one in manifest.days}
    assert {path.name for path in folder().path.glob("visits-*")} == named


def test_a_correction_holds_instead_of_the_scans_and_is_in_the_log(scan: Scan) -> None:
    t_in = scan.at - timedelta(days=2)
    t_out = t_in + timedelta(hours=1)
    correct_visit(visit_id=scan.id, t_in=t_in, t_out=t_out, reason="Nhớ lại", by=SYSTEM, at=NOW)
    event = AuditEvent.objects.get(event="checkins.visit_corrected")
    assert (event.subject, event.detail) == (f"visit:{scan.id}", {"days": 2})
    assert {day for day, _ in pack(at=NOW).written} == {t_in.date(), scan.at.date()}
    row = next(row for row in in_files() if row[0] == 7)
    assert row[2:6] == (
        int(t_in.timestamp()),
        int(t_in.timestamp()) + 3600,
        StartedBy.CORRECTED,
        EndedBy.CORRECTED,
    )


@pytest.mark.parametrize(
    ("of_in", "of_out", "reason", "code"),
    [
        (2, 1, "", "checkins.correction_reason"),
        (1, 2, "Nhớ lại", "checkins.visit_times"),
        (1, -1, "Nhớ lại", "checkins.visit_times"),
        (31, 1, "Nhớ lại", "checkins.visit_times"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    scan: Scan, of_in: int, of_out: int, reason: str, code: str
) -> None:
    times = {"t_in": NOW - timedelta(days=of_in), "t_out": NOW - timedelta(days=of_out)}
    with pytest.raises(RefusalError) as refused:
        correct_visit(visit_id=scan.id, reason=reason, by=SYSTEM, at=NOW, **times)
    assert refused.value.code == code
    assert not VisitCorrection.objects.exists()


def test_a_correction_of_no_visit_is_refused(scan: Scan) -> None:
    with pytest.raises(RefusalError) as refused:
        correct_visit(visit_id=uuid4(), t_in=NOW, t_out=NOW, reason="Có", by=SYSTEM, at=NOW)
    assert refused.value.code == "checkins.no_such_visit"


def test_scans_of_who_turns_out_to_be_another_are_theirs(scan: Scan) -> None:
    subjects.absorb(7, 9, NOW)
    assert Scan.objects.get(pk=scan.pk).person_id == 9
    assert not VisitNumber.objects.filter(person_id=7).exists()
    assert set(StaleDay.objects.values_list("day", "reason")) == {(scan.at.date(), "merged")}
    pack(at=NOW)
    assert sorted(row[0] for row in in_files()) == [8, 9]


def test_scans_past_their_time_go_with_their_day_or_one_by_one(scan: Scan) -> None:
    later = NOW + timedelta(days=26)
    assert overdue(later)["checkins_scan"] == 2
    stray = plant([Planted(8, scan.point_id, 25 * DAY), Planted(8, scan.point_id, 1)])[1]
    purge(at=later)
    assert list(Scan.objects.all()) == [stray]
    assert set(VisitNumber.objects.values_list("person_id", flat=True)) == {8}
    assert set(overdue(later).values()) == {0}


def test_a_change_that_waits_for_a_day_is_overdue(scan: Scan) -> None:
    assert overdue_days(at=NOW) == []
    with transaction.atomic():
        subjects.erase(SOMEBODY, NOW)
    assert overdue_days(at=NOW + timedelta(hours=1)) == []
    assert overdue_days(at=NOW + timedelta(hours=25)) == [TODAY - timedelta(days=5)]
