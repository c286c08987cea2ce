"""What files hold as they are and what they lack are together what the whole table says."""

from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from pytest_django import Settings

from tests.checkins.days.planting import NOW, Planted, make_days, named, plant, said_by_all
from tests.factories.points import a_point
from vungxanh.checkins.actions.corrections import correct_visit
from vungxanh.checkins.actions.days import folder, pack
from vungxanh.checkins.actions.erasing_scans import absorb, erase_scans, look_again
from vungxanh.checkins.actions.visit_store import stored_visits
from vungxanh.checkins.models import (
    GonePerson,
    Point,
    Scan,
    StaleDay,
    VisitCorrection,
    VisitNumber,
)
from vungxanh.core.subjects import Subject
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HOUR, DAY = 60, 1440
USUAL = (30, 10 * HOUR, DAY, 2 * DAY)
SPOTS = ((13.77, 109.22), (13.78, 109.23), (21.03, 105.85), (None, None))


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def points(places_of_both_eras: None) -> list[int]:
    make_days()
    rows = [a_point(f"Điểm mẫu {n}") for n in range(4)]
    for row, usual, (lat, lon) in zip(rows, USUAL, SPOTS, strict=True):
        Point.objects.filter(pk=row.pk).update(usual_stay_minutes=usual, lat=lat, lon=lon)
    return [row.pk for row in rows]


@st.composite
def days_of_scans(draw: st.DrawFn) -> list[Planted]:
    """Scans of a few people in a dozen days, many in the same minute."""
    one = st.builds(
        Planted,
        st.integers(1, 4),
        st.integers(0, 3),
        st.one_of(
            st.integers(-30, 13 * DAY),
            st.integers(0, 26).map(lambda n: n * 12 * HOUR),
            st.integers(0, 6).map(lambda n: 5 * DAY + n),
        ),
        st.booleans(),
        st.sampled_from([0, 0, 1, 4]),
    )
    return draw(st.lists(one, max_size=25))


STEPS = st.lists(
    st.sampled_from(["late", "erase", "absorb", "again", "correct", "pack"]), max_size=4
)


@hypothesis.settings(
    max_examples=20,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
@hypothesis.given(days_of_scans(), days_of_scans(), STEPS, st.integers(0, 10**6))
def test_files_and_delta_are_what_the_whole_table_says(
    points: list[int],
    first: list[Planted],
    later: list[Planted],
    steps: list[str],
    chance: int,
) -> None:
    _forget()
    planted = [_at(one, points) for one in first]
    plant(planted)
    pack(at=NOW)
    for step in steps:
        _do(step, [_at(one, points) for one in later], chance)
    stored = stored_visits(at=NOW)
    assert named(stored.whole()) == said_by_all()
    pack(at=NOW)
    assert pack(at=NOW).written == ()
    assert named(stored_visits(at=NOW).whole()) == said_by_all()
    before = NOW - timedelta(minutes=chance % (10 * DAY))
    assert named(stored_visits(at=NOW, as_of=before).whole()) == said_by_all(before)


def _at(one: Planted, points: list[int]) -> Planted:
    return Planted(one.person, points[one.point], one.minutes, one.is_out, one.flags)


def _do(step: str, later: list[Planted], chance: int) -> None:
    person = chance % 4 + 1
    if step == "late":
        plant(later)
    elif step == "erase":
        erase_scans(subject=Subject(f"person:{person}", person), at=NOW)
    elif step == "absorb":
        absorb(absorbed=person, kept=person % 4 + 1, at=NOW)
    elif step == "again":
        look_again(at=NOW)
    elif step == "pack":
        pack(at=NOW)
    elif scans := list(Scan.objects.order_by("id")):
        visit = scans[chance % len(scans)]
        t_in = min(visit.at + timedelta(minutes=chance % 3000 - 1500), NOW)
        t_out = min(t_in + timedelta(minutes=chance % 700), NOW)
        correct_visit(
            visit_id=visit.id, t_in=t_in, t_out=t_out, reason="Nhớ lại", by=SYSTEM, at=NOW
        )


def _forget() -> None:
    for model in (Scan, VisitCorrection, StaleDay, VisitNumber, GonePerson):
        model._default_manager.all().delete()
    if folder().path.exists():
        for path in folder().path.iterdir():
            path.unlink()
