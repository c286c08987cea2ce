"""What somebody does who owns the tables and takes the triggers off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from vungxanh.audit import actions
from vungxanh.core.viewer import SYSTEM

NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)
SHORT = {
    "LOG": "audit_auditevent",
    "SEALS": "audit_auditseal",
    "DAYS": "audit_auditday",
    "QUEUE": "audit_unsealedevent",
}
TABLES = [SHORT[short] for short in ("LOG", "SEALS", "DAYS")]


def write(*subjects: str) -> None:
    """One event about each."""
    with transaction.atomic():
        for subject in subjects:
            actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject=subject)


def sealed(*subjects: str, at: datetime = NOON) -> None:
    """Events in a seal of their own; days that are over by then are signed."""
    write(*subjects)
    actions.sign_days(at=at)
    actions.seal_events(at=at)


@contextmanager
def tampering() -> Iterator[CursorWrapper]:
    """A cursor of the owner while no trigger looks."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def tamper(*statements: str) -> None:
    """Run statements as that owner; tables go by their SHORT names."""
    with tampering() as cursor:
        for statement in statements:
            for short, table in SHORT.items():
                statement = statement.replace(short, table)
            cursor.execute(statement)


def attempt(role: str, statement: str) -> None:
    """Run one statement as a role of the installation, and take it back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        cursor.execute(statement)
