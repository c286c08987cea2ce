"""The compiled clusters are the rows of the plain ones."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.tracing.cluster_worlds import ClusterWorld, cluster_worlds
from vungxanh.engines.tracing import Visits, clusters, reference_clusters
from vungxanh.engines.tracing.store import Store, store_of, with_delta

MANY = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))


def rows_of(visits: Visits, rows: slice | Sequence[bool]) -> Visits:
    """Some of the visits."""
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    return Visits(*(column[rows] for column in columns))


def agree(store: Store, world: ClusterWorld) -> None:
    """Compare clusters and the people in them."""
    asked = (world.windows, world.parameters)
    plain = reference_clusters
    expected = plain.clusters(world.visits, *asked, as_of=world.as_of)
    people = plain.present(world.visits, *asked, clusters=expected, as_of=world.as_of)
    found = clusters.clusters(store, *asked, as_of=world.as_of)
    assert list(found.rows()) == list(expected.rows())
    there = clusters.present(store, *asked, clusters=found, as_of=world.as_of)
    assert list(there.rows()) == list(people.rows())


@pytest.mark.slow
@MANY
@given(cluster_worlds, st.integers(1, 3))
def test_the_compiled_clusters_agree_on_nasty_worlds(world: ClusterWorld, n_shards: int) -> None:
    agree(store_of(world.visits, n_shards=n_shards), world)


@pytest.mark.slow
@MANY
@given(cluster_worlds, st.integers(0, 14))
def test_they_agree_where_some_visits_came_later(world: ClusterWorld, n_before: int) -> None:
    before, later = (
        rows_of(world.visits, rows) for rows in (slice(n_before), slice(n_before, None))
    )
    agree(with_delta(store_of(before, n_shards=2), later), world)
