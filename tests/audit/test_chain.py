"""The chain: sealing makes nobody wait, and a later change anywhere shows."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from procrastinate.contrib.django import app

from vungxanh.audit import actions
from vungxanh.audit.models import AuditEvent, AuditLink, UnsealedEvent
from vungxanh.audit.queries import last_seal, verify
from vungxanh.audit.rules import GENESIS, canonical, link_digest
from vungxanh.audit.values import Seal
from vungxanh.core.viewer import SYSTEM

NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)


def write(*subjects: str) -> None:
    with transaction.atomic():
        for subject in subjects:
            actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject=subject)


def sealed(*subjects: str) -> None:
    write(*subjects)
    actions.seal_events(at=NOON)


def fault(known: Seal | None = None) -> tuple[int, str]:
    """Where the chain is broken, and why."""
    broken = verify(known=known)
    assert broken is not None
    return broken.position, broken.why.en


@contextmanager
def tampering() -> Iterator[CursorWrapper]:
    """What somebody does who owns the tables and takes the triggers off."""
    tables = ("audit_auditevent", "audit_auditlink")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_chain_is_the_documented_formula() -> None:
    event = {
        "id": UUID(int=1),
        "at": NOON,
        "subject": "xã Phước Lộc",
        "detail": {"b": 1, "a": None},
    }
    text = (
        '{"at":"2021-05-26T05:00:00.000000+00:00","detail":{"a":null,"b":1},'
        '"id":"00000000-0000-0000-0000-000000000001","subject":"xã Phước Lộc"}'
    )
    assert canonical(event) == text.encode()
    assert link_digest(GENESIS, event) == hashlib.sha256(bytes(32) + text.encode()).digest()


def test_sealing_links_what_waits_in_the_order_of_writing(db: None) -> None:
    write("a", "b", "c")
    assert actions.seal_events(at=NOON) == 3
    subjects = dict(AuditEvent.objects.values_list("pk", "subject"))
    links = AuditLink.objects.order_by("position")
    assert [(link.position, subjects[link.event_id]) for link in links] == [
        (1, "a"),
        (2, "b"),
        (3, "c"),
    ]
    assert not UnsealedEvent.objects.exists()
    assert verify() is None


def test_sealing_goes_on_where_it_stopped(db: None) -> None:
    sealed("a")
    assert actions.seal_events(at=NOON) == 0
    sealed("b")
    assert verify() is None
    latest = last_seal(viewer=SYSTEM)
    assert latest is not None
    assert latest.position == 2


def test_unsealed_events_are_no_fault(db: None) -> None:
    sealed("a")
    write("b")
    assert verify() is None


def test_changed_event_is_found(db: None) -> None:
    sealed("a", "b", "c")
    with tampering() as cursor:
        cursor.execute("UPDATE audit_auditevent SET subject = 'x' WHERE subject = 'b'")
    assert fault() == (2, "The event or its link was changed.")


def test_deleted_event_is_found(db: None) -> None:
    sealed("a", "b", "c")
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE subject = 'b'")
    assert fault() == (2, "The event was deleted.")


def test_deleted_event_with_its_link_is_found(db: None) -> None:
    sealed("a", "b", "c")
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE subject = 'b'")
        cursor.execute("DELETE FROM audit_auditlink WHERE position = 2")
    assert fault()[1] == "A link is missing at this position."


def test_changed_event_with_a_mended_link_is_found_by_the_next(db: None) -> None:
    sealed("a", "b", "c")
    with tampering() as cursor:
        cursor.execute("UPDATE audit_auditlink SET digest = %s WHERE position = 2", [b"x" * 32])
    assert fault()[0] == 2


def test_event_taken_from_the_queue_is_found(db: None) -> None:
    write("a")
    UnsealedEvent.objects.all().delete()
    assert fault()[1] == "The event was taken from the queue."


def test_end_cut_off_is_found_with_a_seal_kept_elsewhere(db: None) -> None:
    sealed("a", "b")
    known = last_seal(viewer=SYSTEM)
    assert verify(known=known) is None
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_auditlink WHERE position = 2")
        cursor.execute("DELETE FROM audit_auditevent WHERE subject = 'b'")
    assert verify() is None
    assert fault(known=known)[0] == 2


def test_chain_made_anew_is_found_with_a_seal_kept_elsewhere(db: None) -> None:
    sealed("a", "b")
    known = last_seal(viewer=SYSTEM)
    with tampering() as cursor:
        cursor.execute("DELETE FROM audit_auditlink")
        cursor.execute("UPDATE audit_auditevent SET subject = 'x' WHERE subject = 'b'")
        cursor.execute("INSERT INTO audit_unsealedevent SELECT sequence FROM audit_auditevent")
    actions.seal_events(at=NOON)
    assert verify() is None
    assert fault(known=known)[1] == "The chain differs from the seal kept."


@contextmanager
def other_connection() -> Iterator[psycopg.Connection]:
    parameters = connection.get_connection_params()
    wanted = {
        name: parameters[name] for name in ("dbname", "user", "host", "port") if name in parameters
    }
    with psycopg.connect(**wanted) as other:
        yield other


INSERT = (
    "INSERT INTO audit_auditevent (id, event, by, at, subject, purpose, detail) VALUES"
    " (gen_random_uuid(), 'audit.seen', 'system:worker', now(), 'late', 'upkeep', '{}')"
)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_late_commit_is_sealed_later_and_makes_nobody_wait() -> None:
    with other_connection() as other:
        other.execute(INSERT)
        sealed("early")
        other.commit()
    assert actions.seal_events(at=NOON) == 1
    order = dict(AuditEvent.objects.values_list("subject", "sequence"))
    assert order["late"] < order["early"]
    assert verify() is None


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_sealers_do_not_link_twice() -> None:
    write("a")
    with other_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [actions._SEALING])
        assert actions.seal_events(at=NOON) == 0
    assert actions.seal_events(at=NOON) == 1


def test_worker_knows_the_job_that_seals_every_minute(db: None) -> None:
    write("a")
    app.tasks["audit.seal"](timestamp=0)
    assert AuditLink.objects.count() == 1
    assert "audit.seal" in names_of_jobs_every_minute()


def names_of_jobs_every_minute() -> set[str]:
    jobs = app.periodic_registry.periodic_tasks.values()
    return {job.task.name for job in jobs if job.cron == "* * * * *"}
