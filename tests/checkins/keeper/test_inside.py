"""Who is inside: as the rules of stays say, whatever people scanned, and what doors are told."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.checkins.intake.calls import id_at
from tests.factories.points import a_point
from vungxanh.checkins.models import Point, Scan, VisitCorrection
from vungxanh.checkins.queries import inside as queries
from vungxanh.checkins.queries.inside import inside_after, inside_now, persons_inside
from vungxanh.checkins.rules import inside as rules
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.engines.stays import Corrections, Parameters, Points, Scans, reference
from vungxanh.engines.stays.types import DAY_S, IN, OUT

AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
NOW = int(AT.timestamp())
MINUTE, HOUR = 60, 3600
USUAL = (30, 60, 12 * 60, 20 * 60)  # minutes: the third and fourth overnight

pytestmark = pytest.mark.usefixtures("places_of_both_eras")


class Read(NamedTuple):
    """One scan: who, at which of the points, when, which way."""

    person: int
    point: int
    at: float
    way: int


def stored(reads: Sequence[Read], points: Sequence[Point], device: int = 0) -> list[Scan]:
    """Scans as intake keeps them; `device` is added to the point's number."""
    rows = []
    for one in reads:
        at = datetime.fromtimestamp(one.at, UTC)
        rows.append(
            Scan(
                id=id_at(at),
                person_id=one.person,
                point_id=points[one.point].pk,
                entrance=0,
                direction=one.way,
                means=1,
                at=at,
                received_at=at,
                device_id=f"00000000-0000-7000-8000-{one.point + device:012}",
                flags=0,
            )
        )
    return Scan.objects.bulk_create(rows)


def some_points() -> list[Point]:
    """Four points with usual stays from half an hour to twenty hours."""
    found = [a_point(f"Điểm mẫu {n}") for n in range(len(USUAL))]
    for point, minutes in zip(found, USUAL, strict=True):
        Point.objects.filter(pk=point.pk).update(usual_stay_minutes=minutes)
    return found


def plainly_inside(
    reads: Sequence[Read], said: Sequence[tuple[int, int, int]], point: int
) -> list[int]:
    """The same by the plain engine over all there is."""
    rows = [(n, one) for n, one in enumerate(reads) if int(one.at) <= NOW]
    scans = Scans(
        np.array([one.person for _, one in rows], np.int64),
        np.array([one.point for _, one in rows], np.int32),
        np.array([int(one.at) for _, one in rows], np.int64),
        np.array([one.way for _, one in rows], np.int8),
        np.zeros(len(rows), np.int16),
    )
    row = {n: place for place, (n, _) in enumerate(rows)}
    told = [(row[n], t_in, t_out) for n, t_in, t_out in said if n in row]
    columns = [np.array([one[n] for one in told], np.int64) for n in range(3)]
    usual = Points(np.array(USUAL, np.int64) * MINUTE)
    visits = reference.visits_of(scans, usual, corrections=Corrections(*columns))
    is_here = (visits.point == point) & (visits.t_in <= NOW) & (visits.t_out > NOW)
    return sorted(set(visits.person_id[is_here].tolist()))


moments = st.one_of(
    st.integers(0, 40).map(lambda n: NOW - n * 30 * MINUTE),
    st.integers(0, 20 * HOUR).map(lambda n: NOW - n),
    st.sampled_from([NOW, NOW + 1, NOW + HOUR, NOW - 30 * MINUTE, NOW - 30 * MINUTE + 1]),
)
reading = st.builds(
    Read, st.integers(1, 4), st.integers(0, len(USUAL) - 1), moments, st.sampled_from([IN, OUT])
)
corrected = st.tuples(st.integers(0, 19), st.integers(0, 4 * HOUR), st.integers(0, 2 * HOUR))


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(reading, max_size=20), st.lists(corrected, max_size=2))
def test_whoever_is_inside_is_so_by_the_rules_of_stays(
    reads: list[Read], words: list[tuple[int, int, int]]
) -> None:
    points = some_points()
    scans = stored(reads, points)
    said = [
        (n, NOW - before - lasted, NOW - before) for n, before, lasted in words if n < len(scans)
    ]
    for step, (n, t_in, t_out) in enumerate(said):
        _correct(scans[n], t_in, t_out, at=AT + timedelta(seconds=step))
    for number, point in enumerate(points):
        assert persons_inside(point.pk, AT) == plainly_inside(reads, said, number)
    Scan.objects.all().delete()
    VisitCorrection.objects.all().delete()


def _correct(scan: Scan, t_in: int, t_out: int, *, at: datetime) -> None:
    VisitCorrection.objects.create(
        visit_id=scan.id,
        person_id=scan.person_id,
        t_in=datetime.fromtimestamp(t_in, UTC),
        t_out=datetime.fromtimestamp(t_out, UTC),
        reason="mẫu",
        by="test",
        at=at,
    )


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(reading, max_size=15), st.lists(reading, min_size=1, max_size=5))
def test_count_that_is_kept_moves_with_scans_as_one_made_anew(
    before: list[Read], after: list[Read]
) -> None:
    points = some_points()
    stored(before, points)
    for point in points:
        inside_now(point.pk, AT, is_fresh=True)
    ids = [one.id for one in stored(after, points)]
    for point in points:
        moved = inside_after(point.pk, ids, AT)
        assert moved == inside_now(point.pk, AT, is_fresh=True)
        assert inside_now(point.pk, AT) == moved
    Scan.objects.all().delete()


@given(st.integers(-(2**40), 2**40), st.integers(0, 2 * DAY_S))
def test_somebody_is_assumed_gone_when_stays_say_so(last: int, usual_s: int) -> None:
    nothing = np.zeros(1, np.int64)
    way, entrance = nothing.astype(np.int8), nothing.astype(np.int16)
    scans = Scans(nothing, nothing.astype(np.int32), nothing + last, way, entrance)
    visits = reference.visits_of(scans, Points(np.array([usual_s], np.int64)))
    assert rules.assumed_end(last, usual_s) == visits.t_out[0]
    assert Parameters().overnight_s == rules.OVERNIGHT_S


@pytest.mark.django_db
def test_scans_of_a_point_that_was_merged_are_of_the_one_that_was_kept() -> None:
    kept, former = a_point("Chợ mẫu một"), a_point("Chợ mẫu hai", state=State.CLOSED)
    Point.objects.filter(pk=former.pk).update(merged_into=kept)
    stored([Read(1, 0, NOW - MINUTE, IN), Read(2, 1, NOW - MINUTE, IN)], [kept, former])
    assert persons_inside(kept.pk, AT) == [1, 2]
    assert persons_inside(former.pk, AT) == [1, 2]


@pytest.mark.django_db
def test_count_says_by_how_many_devices_and_is_told_again_for_seconds() -> None:
    point = a_point(kind=Kind.FACTORY)
    stored([Read(1, 0, NOW - MINUTE, IN), Read(2, 0, NOW - MINUTE, IN)], [point])
    stored([Read(3, 0, NOW - MINUTE, IN)], [point], device=7)
    told = inside_now(point.pk, AT)
    assert (told.n, told.of_devices, told.as_of) == (3, 2, AT)
    stored([Read(4, 0, NOW - MINUTE, IN)], [point])
    assert inside_now(point.pk, AT + timedelta(seconds=2)) == told
    assert inside_now(point.pk, AT + queries.KEPT_FOR).n == 4
    assert inside_now(point.pk, AT, is_fresh=True).n == 4


@pytest.mark.django_db
def test_whoever_went_elsewhere_is_no_longer_inside() -> None:
    one, other = a_point("Chợ mẫu một"), a_point("Chợ mẫu hai")
    reads = [Read(1, 0, NOW - 9 * MINUTE, IN), Read(1, 1, NOW - 2 * MINUTE, IN)]
    stored(reads, [one, other])
    assert (persons_inside(one.pk, AT), persons_inside(other.pk, AT)) == ([], [1])
