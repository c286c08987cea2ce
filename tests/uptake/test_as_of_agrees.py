"""The query that reads facts at a moment agrees with its plain twin on small worlds."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.figures import AT, recorded
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines import coverage
from vungxanh.engines.coverage.as_of import latest_facts
from vungxanh.uptake import actions, queries
from vungxanh.uptake.values import Moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places"), pytest.mark.slow]

UNITS = ("vn-2021:540", "vn-2021:543")
ELEMENTS = ("scans", "population")
FIRST = date(2021, 5, 20)


@dataclass(frozen=True)
class Said:
    """One figure: of what and which day, after how many hours it came and was taken back."""

    unit: str
    element: str
    day: int
    value: int
    withdrawn_after: int | None


figures = st.lists(
    st.builds(
        Said,
        st.sampled_from(UNITS),
        st.sampled_from(ELEMENTS),
        st.integers(0, 3),
        st.integers(0, 99),
        st.none() | st.integers(1, 6),
    ),
    max_size=7,
)


def write(said: Said, hour: int) -> coverage.Fact:
    """Record one figure through the room's actions and return it as the twin takes it."""
    day, at = FIRST + timedelta(days=said.day), AT + timedelta(hours=hour)
    submission = recorded([(said.unit, said.element, said.value, day)], at=at, source=f"s{hour}")
    if said.withdrawn_after is not None:
        later = at + timedelta(hours=said.withdrawn_after)
        actions.withdraw_submission(submission_id=submission.id, reason="nhầm", by=SYSTEM, at=later)
    return coverage.Fact(said.unit, said.element, clock.day_start(day), said.value, "", at, 1, hour)


def stands(said: Said, hour: int, known_hour: int) -> bool:
    """Whether a figure was not yet taken back at the hour it is asked for."""
    return said.withdrawn_after is None or hour + said.withdrawn_after > known_hour


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(world=figures, day=st.integers(-1, 4), known_hour=st.integers(0, 9))
def test_query_and_twin_see_the_same_figures(world: list[Said], day: int, known_hour: int) -> None:
    as_of = clock.day_end(FIRST + timedelta(days=day))
    known_at = AT + timedelta(hours=known_hour)
    with transaction.atomic():
        written = [(said, hour, write(said, hour)) for hour, said in enumerate(world)]
        found = queries.latest_facts(UNITS, Moment(as_of, known_at), unpublished=True)
        transaction.set_rollback(True)
    facts = [fact for said, hour, fact in written if stands(said, hour, known_hour)]
    twin = latest_facts(facts, as_of=as_of, known_at=known_at)
    assert {(f.unit_id, f.element): (f.value, f.as_of) for f in found} == {
        key: (fact.value, fact.as_of) for key, fact in twin.items()
    }
