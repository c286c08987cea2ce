"""A store gives back the visits that were laid out in it."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.engines.tracing.worlds import World, worlds
from vungxanh.engines.tracing import Visits
from vungxanh.engines.tracing.store import store_of, with_delta
from vungxanh.engines.tracing.unpacked import visits_of

SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def rows(*parts: Visits) -> list[tuple[int, ...]]:
    """Rows of plain integers, sorted."""
    names = ("person_id", "place_id", "t_in", "t_out")
    tables = [zip(*(getattr(part, n).tolist() for n in names), strict=True) for part in parts]
    return sorted(row for table in tables for row in table)


@pytest.mark.slow
@SOME
@given(worlds, worlds)
def test_visits_come_back_from_store_and_delta(first: World, second: World) -> None:
    store = with_delta(store_of(first.visits, n_shards=2), second.visits)
    assert rows(visits_of(store)) == rows(first.visits, second.visits)
