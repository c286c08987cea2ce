"""The plain SQL of clusters gives the rows of the plain engine, on DuckDB and on PostgreSQL."""

import duckdb
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from tests.engines.tracing import cluster_sql
from tests.engines.tracing.cluster_sql import Database, DuckDb
from tests.engines.tracing.cluster_worlds import ClusterWorld, cluster_worlds
from vungxanh.engines.tracing.reference_clusters import clusters, present

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def agree(database: Database, world: ClusterWorld) -> None:
    """Compare clusters, their order, and the people in them."""
    asked = (world.visits, world.windows, world.parameters)
    expected = clusters(*asked, as_of=world.as_of)
    people = present(*asked, clusters=expected, as_of=world.as_of)
    cluster_sql.fill(database, world)
    found, in_order = cluster_sql.clusters(database)
    assert in_order == list(found.rows()) == list(expected.rows())
    assert list(cluster_sql.present(database, found).rows()) == list(people.rows())


@pytest.mark.slow
def test_duckdb_agrees_on_nasty_worlds() -> None:
    database = DuckDb(duckdb.connect())
    MANY(given(cluster_worlds)(lambda world: agree(database, world)))()


@pytest.mark.slow
@pytest.mark.django_db
def test_postgresql_agrees_on_nasty_worlds() -> None:
    with connection.cursor() as cursor:
        database = Database(cursor)
        FEW(given(cluster_worlds)(lambda world: agree(database, world)))()
