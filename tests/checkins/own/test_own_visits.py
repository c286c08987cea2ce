"""Today's visits as their holder reads them: from when until when, and from what that is known."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.checkins.intake.calls import id_at
from tests.factories.points import a_point
from vungxanh.checkins.actions.merging import merge_points
from vungxanh.checkins.models import Point, Scan, VisitCorrection
from vungxanh.checkins.queries.own_day import own_day
from vungxanh.checkins.queries.own_visits import visits_of_today
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.own_visits import Known
from vungxanh.checkins.values.scans import Direction, Means
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)  # 12:00 in Vietnam
ME, OTHER = 7, 8


def scanned(
    point: Point, hour: float, *, out: bool = False, person: int = ME, means: Means = Means.SCAN
) -> Scan:
    """A scan at an hour of the day in Vietnam."""
    at = clock.day_start(NOON.date()).astimezone(UTC) + timedelta(hours=hour)
    return Scan.objects.create(
        id=id_at(at),
        person_id=person,
        point_id=point.pk,
        entrance=0,
        direction=int(Direction.OUT if out else Direction.IN),
        means=int(means),
        at=at,
        received_at=at,
        device_id=new_id(),
        flags=0,
    )


def lines(at: datetime = NOON) -> list[tuple[str, str]]:
    return [(line.what, line.words.vi) for line in own_day(ME, at)]


def test_a_visit_that_was_scanned_in_and_out_says_so() -> None:
    market = a_point("Chợ mẫu")
    scanned(market, 6)
    scanned(market, 7, out=True)
    assert lines() == [("Chợ mẫu", "vào 06:00 – ra 07:00 · bạn quét ra")]


def test_who_is_still_there_is_asked_whether_they_left() -> None:
    works = a_point("Xưởng mẫu", kind=Kind.FACTORY)
    scanned(works, 7.5)
    (line,) = own_day(ME, NOON)
    assert line.words.vi == "vào 07:30"
    assert line.act is not None
    assert (line.act.vi, line.act_page, line.at_page) == (
        "Tôi đã rời đi",
        "checkins-door_leave",
        works.code,
    )


def test_an_end_that_nobody_scanned_is_said_to_be_estimated() -> None:
    scanned(a_point("Chợ mẫu"), 6)
    (line,) = own_day(ME, NOON)
    assert line.words.vi == "vào 06:00 – ra 06:30 · ước, không phải bạn quét"
    assert line.act is None


def test_a_start_that_nobody_scanned_is_said_to_be_estimated() -> None:
    scanned(a_point("Chợ mẫu"), 9, out=True)
    assert lines() == [("Chợ mẫu", "vào 08:30 (ước) – ra 09:00 · bạn quét ra")]


def test_what_a_keeper_noted_is_not_said_to_be_one_s_own() -> None:
    market = a_point("Chợ mẫu")
    scanned(market, 6, means=Means.KEEPER)
    scanned(market, 6.25, out=True, means=Means.KEEPER)
    assert lines() == [("Chợ mẫu", "vào 06:00 – ra 06:15 · người trực ghi")]


def test_what_was_corrected_stands_as_it_was_said() -> None:
    scan = scanned(a_point("Chợ mẫu"), 6)
    VisitCorrection.objects.create(
        visit_id=scan.pk,
        person_id=ME,
        t_in=scan.at + timedelta(hours=1),
        t_out=scan.at + timedelta(hours=2),
        reason="Nhầm giờ",
        at=NOON,
        by="staff:x",
    )
    (visit,) = visits_of_today(ME, NOON)
    assert (visit.came_by, visit.left_by) == (Known.CORRECTED, Known.CORRECTED)
    assert lines() == [("Chợ mẫu", "vào 07:00 – ra 08:00 · đã sửa")]


def test_a_night_that_began_yesterday_says_its_day() -> None:
    inn = a_point("Nhà nghỉ mẫu", kind=Kind.HOTEL)
    scanned(inn, -2)
    scanned(inn, 6, out=True)
    assert lines() == [("Nhà nghỉ mẫu", "vào 22:00 ngày 1/3 – ra 06:00 · bạn quét ra")]


def test_yesterday_is_not_today() -> None:
    scanned(a_point("Chợ mẫu"), -10)
    assert lines() == []


def test_nobody_reads_the_visits_of_another() -> None:
    scanned(a_point("Chợ mẫu"), 6, person=OTHER)
    assert lines() == []


def test_a_visit_at_a_point_that_was_merged_is_one_at_the_kept_one() -> None:
    kept, gone = a_point("Chợ Đầm"), a_point("Chợ Cũ")
    scanned(gone, 6)
    scanned(kept, 6.25, out=True)
    merge_points(kept=kept, merged=gone, reason="Một chợ", by=SYSTEM, at=clock.now())
    assert lines() == [("Chợ Đầm", "vào 06:00 – ra 06:15 · bạn quét ra")]


def test_many_visits_take_no_more_questions_than_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(5):
        scanned(a_point(f"Chợ mẫu {n}"), 5 + n)
    with django_assert_num_queries(3):
        assert len(visits_of_today(ME, NOON)) == 5
