"""The plain SQL gives the rows of the plain engine, on DuckDB and on PostgreSQL."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from tests.engines.tracing import sql
from tests.engines.tracing.worlds import World, worlds
from vungxanh.checkins.gateways.sql import DuckDb
from vungxanh.engines.tracing import Contacts
from vungxanh.engines.tracing.reference import contacts

MANY = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def expected(world: World) -> Contacts:
    """What the plain engine says."""
    return contacts(
        world.visits,
        world.windows,
        world.parameters,
        generations=world.generations,
        as_of=world.as_of,
    )


@pytest.mark.slow
def test_duckdb_agrees_on_nasty_worlds() -> None:
    with DuckDb() as database:

        @MANY
        @given(worlds)
        def agrees(world: World) -> None:
            assert list(sql.contacts(world, database).rows()) == list(expected(world).rows())

        agrees()


@pytest.mark.slow
@pytest.mark.django_db
def test_postgresql_agrees_on_nasty_worlds() -> None:
    with connection.cursor() as cursor:
        database = sql.Postgres(cursor.execute, cursor.fetchall)

        @FEW
        @given(worlds)
        def agrees(world: World) -> None:
            assert list(sql.contacts(world, database).rows()) == list(expected(world).rows())

        agrees()
