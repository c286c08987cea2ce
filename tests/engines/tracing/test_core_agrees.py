"""The compiled engine gives the rows of the plain one."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.engines.tracing.worlds import World, visits_of, windows_of, worlds
from vungxanh.engines.tracing import Parameters, TracingError, Visits, core, reference
from vungxanh.engines.tracing.store import store_of

MANY = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@MANY
@given(worlds)
def test_core_agrees_with_the_reference_on_nasty_worlds(world: World) -> None:
    asked, generations = (world.windows, world.parameters), world.generations
    expected = reference.contacts(world.visits, *asked, generations=generations, as_of=world.as_of)
    found = core.contacts(
        store_of(world.visits), *asked, generations=generations, as_of=world.as_of
    )
    assert list(found.rows()) == list(expected.rows())


@pytest.mark.slow
def test_core_agrees_with_the_reference_on_a_busy_day() -> None:
    visits = busy_day(n_visits=900, n_persons=120, n_places=15)
    windows = windows_of([(person, 0, 86_400) for person in (3, 7, 11)])
    expected = reference.contacts(visits, windows, Parameters(latency_s=3600), generations=2)
    found = core.contacts(store_of(visits), windows, Parameters(latency_s=3600), generations=2)
    assert len(expected) > 50
    assert list(found.rows()) == list(expected.rows())


def busy_day(*, n_visits: int, n_persons: int, n_places: int) -> Visits:
    """A day of visits of all lengths, some for half a day, more than half without an end."""
    chance = np.random.default_rng(7)
    start = chance.integers(0, 86_400, n_visits)
    length = np.minimum(chance.lognormal(np.log(2400), 0.8, n_visits), 36_000).astype(int)
    rows = zip(
        chance.integers(0, n_persons, n_visits).tolist(),
        chance.integers(0, n_places, n_visits).tolist(),
        start.tolist(),
        [
            None if gone else end
            for gone, end in zip(
                chance.random(n_visits) < 0.6, (start + length).tolist(), strict=True
            )
        ],
        strict=True,
    )
    return visits_of(list(rows))


def test_visits_over_a_lifetime_apart_are_refused() -> None:
    with pytest.raises(TracingError) as refusal:
        store_of(visits_of([(1, 1, 0, None), (1, 1, 2**32, None)]))
    assert refusal.value.code == "tracing.span_too_long"


def test_a_visit_costs_twenty_bytes_in_both_copies() -> None:
    store = store_of(visits_of([(1, 1, 0, None)] * 1000))
    copies = (store.by_place, store.by_person)
    columns = [column for copy in copies for column in (copy.partner, copy.t_in, copy.stay)]
    assert sum(column.nbytes for column in columns) == 20 * 1000
