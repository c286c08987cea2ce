"""A log of an earlier form goes on in this one: its rows, and the head of its chain."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

from tests.audit.tampering import NOON, tamper, write
from vungxanh.audit import actions
from vungxanh.audit.models import AuditEvent, AuditSeal
from vungxanh.audit.queries import verify
from vungxanh.core.ids import new_id

# One link for each row, and rows without tags.
FORMER = "0002_written_once"
HEAD = b"\x07" * 32
ROW = """
    INSERT INTO audit_auditevent (id, event, by, at, subject, purpose, detail)
    VALUES (%s, 'audit.seen', 'system:worker', %s, %s, 'upkeep', '{"rows": 3, "a": "b\\\\c"}')
"""
LINK = "INSERT INTO audit_auditlink VALUES (%s, %s, %s, %s)"


@pytest.mark.slow
def test_log_that_holds_rows_and_links_goes_on_sealed_anew(db: None) -> None:
    since = _since_former()
    with _editor() as editor:
        _unapply(since, editor)
        _write_former("a", "b")
        _apply(since, editor)
    head = AuditSeal.objects.get()
    assert (head.number, bytes(head.digest)) == (0, HEAD)
    assert AuditEvent.objects.get(subject="b").detail == {"rows": 3, "a": "b\\c"}
    write("c")
    assert actions.seal_events(at=NOON) == 3
    assert (verify().is_whole, verify().n_rows) == (True, 3)
    tamper("UPDATE LOG SET subject = 'x' WHERE subject = 'a'")
    assert str(verify().fault) == "row_changed"


def _since_former() -> list[Migration]:
    """The room's migrations after the former, oldest first."""
    loader = MigrationExecutor(connection).loader
    plan = loader.graph.forwards_plan(loader.graph.leaf_nodes("audit")[0])
    own = [loader.graph.nodes[key] for key in plan if key[0] == "audit"]
    return [migration for migration in own if migration.name > FORMER]


@contextmanager
def _editor() -> Iterator[BaseDatabaseSchemaEditor]:
    """Statements one by one in the test's transaction, so that triggers' work is never pending."""
    with connection.schema_editor(atomic=False) as editor:
        yield editor


def _unapply(migrations: list[Migration], editor: BaseDatabaseSchemaEditor) -> None:
    loader = MigrationExecutor(connection).loader
    for migration in reversed(migrations):
        before = loader.project_state(("audit", migration.name), at_end=False)
        migration.unapply(before, editor)


def _apply(migrations: list[Migration], editor: BaseDatabaseSchemaEditor) -> None:
    loader = MigrationExecutor(connection).loader
    for migration in migrations:
        before = loader.project_state(("audit", migration.name), at_end=False)
        migration.apply(before, editor)


def _write_former(*subjects: str) -> None:
    with connection.cursor() as cursor:
        for position, subject in enumerate(subjects, start=1):
            one = new_id()
            cursor.execute(ROW, [one, NOON, subject])
            cursor.execute(LINK, [position, one, HEAD, NOON])
        cursor.execute("DELETE FROM audit_unsealedevent")
