"""Scans are counted by day where they lie, as somebody would count them one by one."""

from datetime import datetime, timedelta
from decimal import Decimal

import hypothesis
import pytest
from hypothesis import strategies as st

from tests.checkins.activity.plain import (
    DAY,
    NIGHT_AFTER,
    NOON,
    Patterns,
    Planted,
    Sums,
    patterns_of,
    plant,
    sums_of,
    uses_of,
)
from tests.factories.points import QUY_NHON, a_point
from vungxanh.checkins.actions.activity import count_activity
from vungxanh.checkins.actions.purging import purge
from vungxanh.checkins.jobs import count_points_used
from vungxanh.checkins.models import (
    CountedDay,
    DayActivity,
    Point,
    PointPattern,
    PointUse,
    Scan,
    StaleDay,
    UseCount,
)
from vungxanh.checkins.queries.activity import activity_in, last_scanned, patterns_at
from vungxanh.checkins.queries.purging import overdue
from vungxanh.checkins.rules.activity import DaySum, Use
from vungxanh.checkins.values.activity import Pattern, PatternSeen
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.checkins.values.scans import ScanFlag
from vungxanh.checkins.values.visit_refusals import VisitError
from vungxanh.config.checkup_database import look_at_database
from vungxanh.core.clock import frozen_at

pytestmark = pytest.mark.django_db
OTHER = "vn-2025:21592"
HOURS = {str(day): [[420, 1020]] for day in range(1, 8)}  # seven to five
TO_NIGHT = 11 * 60  # from noon to eleven in the evening
A_DAY = timedelta(days=1)
LATE = (
    "✗ Scans of 2 ended days are not counted: pages tell old numbers. See that “vungxanh worker” "
    "runs, then run “vungxanh visits count”."
)


def counted() -> Sums:
    """What is stored of the day."""
    rows = DayActivity.objects.filter(day=DAY)
    return {
        (one.unit, one.kind): DaySum(
            one.n_points, one.n_scans, one.n_in, one.n_people, one.n_by_keeper
        )
        for one in rows
    }


def uses() -> dict[tuple[str, str], Use]:
    """What is stored of living points."""
    return {
        (one.unit, one.kind): Use(one.n_points, one.n_active, one.n_scanned)
        for one in UseCount.objects.all()
    }


def patterns() -> Patterns:
    """What is stored of oddness on the day."""
    rows = PointPattern.objects.filter(day=DAY)
    return {(one.point_id, one.pattern): one.n for one in rows}


def test_scans_people_and_points_of_a_day_are_counted(places_of_both_eras: None) -> None:
    market, school = a_point(), a_point("Trường mẫu", kind=Kind.SCHOOL, unit=OTHER)
    a_point("Chợ vắng")
    plant(
        [
            Planted(1, market.pk),
            Planted(1, market.pk, minutes=30, is_out=True),
            Planted(2, market.pk, is_kept=True),
            Planted(1, school.pk, minutes=60),
        ]
    )
    assert count_activity(at=NIGHT_AFTER) == (DAY,)
    assert counted() == {
        (QUY_NHON, "market"): DaySum(1, 3, 2, 2, 1),
        (OTHER, "school"): DaySum(1, 1, 1, 1, 0),
    }
    assert uses() == {(QUY_NHON, "market"): Use(2, 1, 1), (OTHER, "school"): Use(1, 1, 1)}


def test_a_day_ends_at_midnight_in_vietnam(places_of_both_eras: None) -> None:
    point = a_point()
    plant([Planted(1, point.pk, minutes=12 * 60 - 1), Planted(2, point.pk, minutes=12 * 60)])
    count_activity(at=NIGHT_AFTER)
    assert counted() == {(QUY_NHON, "market"): DaySum(1, 1, 1, 1, 0)}


def test_a_merged_point_counts_as_the_one_that_was_kept(places_of_both_eras: None) -> None:
    kept, merged = a_point(), a_point("Chợ mẫu cũ", kind=Kind.OTHER)
    Point.objects.filter(pk=merged.pk).update(merged_into=kept, state=State.CLOSED)
    plant([Planted(1, kept.pk), Planted(1, merged.pk, minutes=5)])
    count_activity(at=NIGHT_AFTER)
    assert counted() == {(QUY_NHON, "market"): DaySum(1, 2, 2, 1, 0)}
    assert last_scanned([kept.pk, merged.pk]) == {kept.pk: DAY}


def test_a_point_is_active_for_seven_days_and_never_unscanned_again(
    places_of_both_eras: None,
) -> None:
    point = a_point()
    plant([Planted(1, point.pk)])
    count_activity(at=NIGHT_AFTER)
    count_activity(at=NIGHT_AFTER + 6 * A_DAY)
    assert uses() == {(QUY_NHON, "market"): Use(1, 1, 1)}
    count_activity(at=NIGHT_AFTER + 7 * A_DAY)
    assert uses() == {(QUY_NHON, "market"): Use(1, 0, 1)}


def test_a_closed_point_is_no_longer_among_those_that_are_used(places_of_both_eras: None) -> None:
    point = a_point()
    plant([Planted(1, point.pk)])
    Point.objects.filter(pk=point.pk).update(state=State.CLOSED)
    count_activity(at=NIGHT_AFTER)
    assert uses() == {}
    assert counted() == {(QUY_NHON, "market"): DaySum(1, 1, 1, 1, 0)}


def test_scans_that_come_late_are_counted_the_next_night(places_of_both_eras: None) -> None:
    point = a_point()
    plant([Planted(1, point.pk)])
    count_activity(at=NIGHT_AFTER)
    plant([Planted(2, point.pk, minutes=-90)])
    assert count_activity(at=NIGHT_AFTER + A_DAY) == (DAY, DAY + A_DAY)
    assert counted() == {(QUY_NHON, "market"): DaySum(1, 2, 2, 2, 0)}


def test_a_day_on_which_nobody_scanned_is_counted_as_nothing(places_of_both_eras: None) -> None:
    a_point()
    assert count_activity(at=NIGHT_AFTER) == (DAY,)
    found = activity_in([QUY_NHON])
    assert found is not None
    assert (found.day, found.at, found.sums, found.use) == (DAY, NIGHT_AFTER, DaySum(), Use(1))


def test_before_the_first_night_nothing_is_known(places_of_both_eras: None) -> None:
    a_point()
    assert activity_in(None) is None


def test_today_is_counted_when_asked(places_of_both_eras: None) -> None:
    plant([Planted(1, a_point().pk)])
    assert count_activity(at=NOON + timedelta(hours=1), only=DAY) == (DAY,)
    assert counted() == {(QUY_NHON, "market"): DaySum(1, 1, 1, 1, 0)}


@pytest.mark.parametrize("days", [-8, 1])
def test_a_day_too_long_ago_or_to_come_is_refused(days: int) -> None:
    with pytest.raises(VisitError, match=r"checkins\.activity_day"):
        count_activity(at=NOON, only=DAY + timedelta(days=days))


def test_one_device_that_brings_many_in_within_a_minute_is_told(places_of_both_eras: None) -> None:
    point, other = a_point(), a_point("Chợ khác")
    plant(Planted(one, point.pk, minutes=one / 30) for one in range(22))
    plant(Planted(one, other.pk, minutes=one / 10) for one in range(22))
    count_activity(at=NIGHT_AFTER)
    assert patterns() == {(point.pk, "one_device"): 22}
    assert patterns_at([point.pk]) == {point.pk: [PatternSeen(DAY, Pattern.ONE_DEVICE, 22)]}


def test_a_family_of_twenty_one_and_a_quick_keeper_are_not(places_of_both_eras: None) -> None:
    point, door = a_point(), a_point("Chợ có người trực")
    plant(Planted(one, point.pk) for one in range(21))
    plant(Planted(one, door.pk, minutes=one / 60, is_kept=True) for one in range(60))
    count_activity(at=NIGHT_AFTER)
    assert patterns() == {}


def test_all_who_leave_at_closing_are_not(places_of_both_eras: None) -> None:
    point = a_point()
    plant(Planted(one, point.pk, is_kept=True, is_out=True) for one in range(100))
    count_activity(at=NIGHT_AFTER)
    assert patterns() == {}


def test_many_who_come_at_night_outside_the_hours_are_told(places_of_both_eras: None) -> None:
    closed, unknown = a_point(), a_point("Chợ không ghi giờ")
    Point.objects.filter(pk=closed.pk).update(hours=HOURS)
    plant(
        Planted(n, one.pk, minutes=TO_NIGHT, device=n)
        for n in range(5)
        for one in (closed, unknown)
    )
    count_activity(at=NIGHT_AFTER)
    assert patterns() == {(closed.pk, "closed_hours"): 5}


def test_people_who_were_too_far_away_to_come_are_told(places_of_both_eras: None) -> None:
    here, there = a_point(), a_point("Chợ xa")
    Point.objects.filter(pk=here.pk).update(lat=Decimal("13.77"), lon=Decimal("109.22"))
    Point.objects.filter(pk=there.pk).update(lat=Decimal("21.03"), lon=Decimal("105.85"))
    plant(Planted(one, here.pk, device=one) for one in range(3))
    plant(Planted(one, there.pk, minutes=60, device=one) for one in range(3))
    count_activity(at=NIGHT_AFTER)
    assert patterns() == {(there.pk, "too_fast"): 3}


def test_codes_that_were_over_or_used_again_are_told(places_of_both_eras: None) -> None:
    point = a_point()
    flags = (ScanFlag.CODE_OLD, ScanFlag.CODE_AGAIN, ScanFlag.CODE_OLD | ScanFlag.LATE)
    plant(Planted(n, point.pk, is_kept=True, flags=flag) for n, flag in enumerate(flags))
    count_activity(at=NIGHT_AFTER)
    assert patterns() == {(point.pk, "old_codes"): 3}


SCANS = st.builds(
    Planted,
    person=st.integers(1, 8),
    point=st.integers(0, 4),
    minutes=st.one_of(
        st.integers(-13 * 60, 13 * 60), st.integers(0, 180).map(lambda second: second / 60)
    ),
    is_out=st.booleans(),
    is_kept=st.booleans(),
    device=st.integers(1, 2),
    flags=st.sampled_from([0, 1, 256, 512, 768]),
)


@pytest.fixture
def five_points(places_of_both_eras: None) -> list[int]:
    """Two near each other, one far away, one without a place, one merged into the first."""
    units = (QUY_NHON, QUY_NHON, OTHER, QUY_NHON, QUY_NHON)
    made = [a_point(f"Chợ {n}", unit=unit) for n, unit in enumerate(units)]
    places = [("13.77", "109.22"), ("13.78", "109.21"), ("14.60", "109.05")]
    for point, (lat, lon) in zip(made, places, strict=False):
        where = {"lat": Decimal(lat), "lon": Decimal(lon)}
        Point.objects.filter(pk=point.pk).update(hours=HOURS, **where)
    Point.objects.filter(pk=made[4].pk).update(merged_into=made[0], state=State.CLOSED)
    return [one.pk for one in made]


@pytest.mark.slow
@hypothesis.settings(
    max_examples=25,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@hypothesis.given(st.lists(SCANS, max_size=120))
def test_the_statements_count_as_the_plain_way_does(
    five_points: list[int], scans: list[Planted]
) -> None:
    for table in (Scan, CountedDay, DayActivity, PointUse, PointPattern):
        table.objects.all().delete()
    plant(
        Planted(
            one.person,
            five_points[one.point],
            one.minutes,
            one.is_out,
            one.is_kept,
            one.device,
            one.flags,
        )
        for one in scans
    )
    count_activity(at=NIGHT_AFTER, only=DAY - A_DAY)
    count_activity(at=NIGHT_AFTER, only=DAY + A_DAY)
    count_activity(at=NIGHT_AFTER, only=DAY)
    assert counted() == sums_of(DAY)
    assert patterns() == patterns_of(DAY)
    assert uses() == uses_of(DAY + A_DAY)


def test_old_counts_and_signs_are_let_go_and_the_last_day_of_a_point_stays(
    places_of_both_eras: None,
) -> None:
    point = a_point()
    plant(Planted(one, point.pk) for one in range(22))
    count_activity(at=NIGHT_AFTER)
    in_a_month, in_a_season = NIGHT_AFTER + 31 * A_DAY, NIGHT_AFTER + 94 * A_DAY
    assert overdue(in_a_month)["checkins_pointpattern"] == 1
    assert overdue(in_a_month)["checkins_dayactivity"] == 0
    purge(at=in_a_month)
    assert (patterns(), len(counted())) == ({}, 1)
    purge(at=in_a_season)
    assert (counted(), CountedDay.objects.count()) == ({}, 0)
    assert last_scanned([point.pk]) == {point.pk: DAY}


def test_whoever_is_erased_is_out_of_what_is_counted_again(places_of_both_eras: None) -> None:
    """Older sums stay, as they name nobody."""
    point = a_point()
    scans = plant([Planted(1, point.pk), Planted(2, point.pk)])
    count_activity(at=NIGHT_AFTER)
    Scan.objects.filter(pk=scans[0].pk).delete()
    StaleDay.objects.create(day=DAY, reason="erased", at=NIGHT_AFTER)
    assert count_activity(at=NIGHT_AFTER + A_DAY) == (DAY, DAY + A_DAY)
    assert counted() == {(QUY_NHON, "market"): DaySum(1, 1, 1, 1, 0)}


def test_the_job_of_the_night_counts(places_of_both_eras: None) -> None:
    plant([Planted(1, a_point().pk)])
    with frozen_at(NIGHT_AFTER):
        assert count_points_used(timestamp=0) == 1
    assert CountedDay.objects.get().day == DAY


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (1, "✓ Scans are counted."),
        (2, "✓ Scans are counted."),
        (4, LATE),
    ],
)
def test_the_doctor_tells_that_no_night_counted(
    places_of_both_eras: None, days: int, line: str
) -> None:
    """As long after the last count, and as long after the first scan where none was counted."""
    at = NOON + days * A_DAY
    assert told_by_doctor(NOON) == "✓ Scans are counted."
    plant([Planted(1, a_point().pk, minutes=24 * 60)])
    assert told_by_doctor(at) == line
    count_activity(at=NIGHT_AFTER)
    assert told_by_doctor(at) == line


def told_by_doctor(at: datetime) -> str:
    """The line about counts."""
    with frozen_at(at):
        (found,) = [one for one in look_at_database() if one.name == "counts"]
    return found.line("en")
