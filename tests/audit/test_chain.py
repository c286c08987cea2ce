"""The chain: sealing makes nobody wait, loses nothing, and follows commits."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.tampering import NOON, sealed, write
from vungxanh.audit import actions
from vungxanh.audit.actions import sealing
from vungxanh.audit.models import AuditEvent, AuditSeal, UnsealedEvent
from vungxanh.audit.queries import last_seal, verify
from vungxanh.audit.rules import GENESIS, seal_digest
from vungxanh.core.viewer import SYSTEM


def test_chain_is_the_documented_formula() -> None:
    head = "1\t2\t2\t2021-05-26 05:00:00+00\t7-8"
    whole = bytes(32) + head.encode() + b"\n" + b"tag-of-7tag-of-8"
    assert seal_digest(GENESIS, head, b"tag-of-7tag-of-8") == hashlib.sha256(whole).digest()


def test_one_seal_holds_what_waits_in_the_order_of_writing(db: None) -> None:
    write("a", "b", "c")
    assert actions.seal_events(at=NOON) == 3
    seal = AuditSeal.objects.get()
    first = AuditEvent.objects.get(subject="a").sequence
    assert (seal.number, seal.n_rows, seal.last_position) == (1, 3, 3)
    assert seal.sequences == f"{first}-{first + 2}"
    assert not UnsealedEvent.objects.exists()
    assert verify().is_whole


def test_sealing_goes_on_where_it_stopped(db: None) -> None:
    sealed("a")
    assert actions.seal_events(at=NOON) == 0
    sealed("b")
    assert verify().is_whole
    latest = last_seal(viewer=SYSTEM)
    assert latest is not None
    assert latest.position == 2


def test_unsealed_events_are_no_fault(db: None) -> None:
    sealed("a")
    write("b")
    assert verify().is_whole


def test_rolled_back_rows_leave_gaps_that_are_no_fault(db: None) -> None:
    write("a")
    with transaction.atomic():
        write("lost")
        transaction.set_rollback(True)
    write("b")
    sealed("c")
    assert "," in AuditSeal.objects.get().sequences
    assert (verify().n_rows, verify().is_whole) == (3, True)


def test_clock_that_goes_back_does_not_take_the_chain_with_it(db: None) -> None:
    sealed("a")
    write("b")
    actions.seal_events(at=NOON - timedelta(hours=3))
    assert list(AuditSeal.objects.values_list("sealed_at", flat=True)) == [NOON, NOON]


def test_more_than_one_seal_holds_is_sealed_at_once(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    write("a", "b", "c")
    assert actions.seal_due(at=NOON) == 3
    assert AuditSeal.objects.count() == 2


def test_row_without_a_true_tag_gets_no_seal_and_keeps_waiting(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(INSERT)
    write("a")
    assert actions.seal_events(at=NOON) == 1
    assert UnsealedEvent.objects.count() == 1
    assert "no true tag" in caplog.text


@contextmanager
def other_connection() -> Iterator[psycopg.Connection]:
    parameters = connection.get_connection_params()
    wanted = {
        name: parameters[name] for name in ("dbname", "user", "host", "port") if name in parameters
    }
    with psycopg.connect(**wanted) as other:
        yield other


INSERT = (
    "INSERT INTO audit_auditevent (id, event, by, at, subject, purpose, detail, tag) VALUES"
    " (gen_random_uuid(), 'audit.seen', 'system:worker', now(), 'forged', 'upkeep', '{}',"
    " '\\x0011223344556677889900112233445566778899')"
)
# A true row, moved out of its table and back by a slower transaction.
TAKEN = "CREATE TABLE taken AS SELECT * FROM audit_auditevent WHERE subject = 'late'"
BACK = "INSERT INTO audit_auditevent SELECT * FROM taken"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_late_commit_is_sealed_later_and_makes_nobody_wait() -> None:
    write("late")
    with connection.cursor() as cursor:
        cursor.execute(TAKEN)
        cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER audit_written_once")
        cursor.execute("DELETE FROM audit_auditevent")
        cursor.execute("DELETE FROM audit_unsealedevent")
        cursor.execute("ALTER TABLE audit_auditevent ENABLE TRIGGER audit_written_once")
    with other_connection() as other:
        other.execute(BACK)
        sealed("early")
        other.commit()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE taken")
    assert actions.seal_events(at=NOON) == 1
    order = dict(AuditEvent.objects.values_list("subject", "sequence"))
    assert order["late"] < order["early"]
    assert (verify().n_rows, verify().is_whole) == (2, True)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_sealers_do_not_seal_twice() -> None:
    write("a")
    with other_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sealing.SEALING])
        assert actions.seal_events(at=NOON) == 0
    assert actions.seal_events(at=NOON) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["_following", "_take_from_queue"])
def test_sealer_killed_between_statements_loses_nothing(
    statement: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a", "b")
    with monkeypatch.context() as killed:
        killed.setattr(sealing, statement, _end_the_connection)
        with pytest.raises(DatabaseError):
            actions.seal_events(at=NOON)
    connection.close()
    assert (AuditSeal.objects.count(), UnsealedEvent.objects.count()) == (0, 2)
    assert actions.seal_events(at=NOON) == 2
    assert (verify().n_rows, verify().is_whole) == (2, True)


def _end_the_connection(*_: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
