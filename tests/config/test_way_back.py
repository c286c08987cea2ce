"""Every migration goes back and forward again, and leaves the schema that it found."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.factories.people import AN_NHON, QUY_NHON, Colleague
from vungxanh.accounts.models import Staff
from vungxanh.audit.actions import record, seal_due
from vungxanh.core import clock

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# From the room above to the one below: each stands on those after it.
ROOMS = [one.label for one in apps.get_app_configs() if one.name.startswith("vungxanh.")][::-1]
# Tables with their columns, constraints, indexes, triggers and rights, and functions, as texts.
SCHEMA = """
SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' '
       || a.attnotnull || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' '
       || coalesce(a.attacl::text, '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
   AND a.attnum > 0 AND NOT a.attisdropped
UNION ALL
SELECT conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
UNION ALL
SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()
UNION ALL
SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT pg_get_functiondef(oid) || coalesce(proacl::text, '') FROM pg_proc
 WHERE pronamespace = current_schema()::regnamespace AND prokind = 'f'
UNION ALL
SELECT concat_ws(' ', c.relname, c.relkind, c.relpersistence, held)
  FROM pg_class c, unnest(coalesce(c.relacl, '{}')) AS held
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'S')
UNION ALL
SELECT c.relname || ' ' || concat(pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid))
  FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
   AND (c.relkind = 'p' OR c.relispartition)
"""


def schema() -> list[str]:
    """The schema as it stands, each part one text."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
        return sorted(text for (text,) in cursor.fetchall())


def migrate(*targets: tuple[str, str | None]) -> None:
    """Go to these migrations; None is the state before a room's first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    MigrationExecutor(connection).migrate(list(targets))


def first_of(room: str) -> tuple[str, str]:
    """The first migration of a room."""
    nodes = MigrationExecutor(connection).loader.graph.nodes
    return room, min(name for label, name in nodes if label == room)


def rows(statement: str) -> list[tuple[object, ...]]:
    """What a query answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def test_every_migration_goes_back_and_forward_to_the_same_schema() -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    before = schema()
    migrate(*[(room, None) for room in ROOMS])
    left = {name.split("_")[0] for name in connection.introspection.table_names()}
    assert left.isdisjoint(ROOMS)
    migrate(*newest)
    assert schema() == before


def test_what_lies_there_goes_back_to_each_room_s_first_form_and_forward(
    officer: Colleague,
) -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    Staff.objects.filter(pk=officer.staff.pk).update(
        roles=["district_officer", "auditor"], units=[QUY_NHON, AN_NHON]
    )
    record(event="accounts.signed_in", by=officer.viewer, at=clock.now(), subject="staff:x")
    seal_due(at=clock.now())
    migrate(*[first_of(room) for room in ROOMS])
    assert rows("SELECT role, unit FROM accounts_staff") == [("district_officer", QUY_NHON)]
    migrate(*newest)
    (staff,) = Staff.objects.all()
    # What the former form has no place for is lost on the way back: the second role and unit,
    # and the seals. The rows of the log stay and are sealed anew.
    assert (staff.roles, staff.units) == (["district_officer"], [QUY_NHON])
    kept = "SELECT count(*) FROM audit_auditevent"
    assert rows(kept) == rows("SELECT count(*) FROM audit_unsealedevent")
    assert seal_due(at=clock.now()) > 0
