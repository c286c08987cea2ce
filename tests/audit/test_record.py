"""Writing the log: inside the caller's transaction, only listed events, and never again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.tampering import attempt
from tests.factories.people import Person
from vungxanh.audit import actions
from vungxanh.audit.models import AuditEvent, AuditSeal, UnsealedEvent
from vungxanh.audit.values import EVENTS, Detail
from vungxanh.core.viewer import SYSTEM

NOON = datetime(2021, 5, 26, 5, 0, tzinfo=UTC)
LOG = "audit_auditevent"
CHAIN = "audit_auditseal"
DAYS = "audit_auditday"
NEXT_DAY = NOON + timedelta(days=1)


def write(subject: str = "unit:vn-2021:540") -> None:
    with transaction.atomic():
        actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject=subject, detail={"rows": 3})


def test_event_holds_who_what_when_and_why(officer: Person) -> None:
    with transaction.atomic():
        actions.record(event="audit.seen", by=officer.viewer, at=NOON, subject="audit")
    event = AuditEvent.objects.get()
    assert (event.event, event.by, event.at) == ("audit.seen", officer.viewer.id, NOON)
    assert (event.subject, event.purpose, event.detail) == ("audit", "duty", {})


def test_detail_comes_back_as_it_was_said(db: None) -> None:
    detail: Detail = {"unit": "vn-2021:540", "n_rows": 3, "refused": None}
    with transaction.atomic():
        actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject="audit", detail=detail)
    assert AuditEvent.objects.get().detail == detail


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject="audit")
    assert not AuditEvent.objects.exists()


def test_event_that_is_not_listed_is_refused(db: None) -> None:
    with pytest.raises(LookupError, match="not listed"):
        actions.record(event="audit.invented", by=SYSTEM, at=NOON, subject="audit")


@pytest.mark.django_db(transaction=True)
def test_event_goes_with_what_it_records() -> None:
    with transaction.atomic():
        actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject="audit")
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
    assert not UnsealedEvent.objects.exists()


@pytest.mark.parametrize("table", [LOG, CHAIN, DAYS])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_even_the_owner_changes_nothing(table: str, statement: str, db: None) -> None:
    write()
    actions.seal_events(at=NOON)
    actions.sign_days(at=NEXT_DAY)
    change = {LOG: "subject = 'x'", CHAIN: "number = 9", DAYS: "last_seal = 9"}[table]
    with (
        pytest.raises(DatabaseError, match="written once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, change))


@pytest.mark.parametrize("table", [LOG, CHAIN, DAYS])
def test_even_the_owner_does_not_empty_it(table: str, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER audit_never_emptied")
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table}")


def test_rows_are_not_changed_through_the_model_either(db: None) -> None:
    write()
    event = AuditEvent.objects.get()
    event.subject = "x"
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        event.save()


@pytest.mark.parametrize("role", ["vungxanh_web", "vungxanh_worker", "vungxanh_intake"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET subject = 'x'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "UPDATE audit_auditseal SET number = 9",
        "DELETE FROM audit_auditseal",
        "TRUNCATE audit_auditseal",
        "UPDATE audit_auditday SET last_seal = 9",
        "DELETE FROM audit_auditday",
        "TRUNCATE audit_auditday",
        "INSERT INTO audit_unsealedevent (sequence) VALUES (9)",
    ],
)
def test_processes_may_not_change_the_log(role: str, statement: str, db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt(role, statement)


@pytest.mark.parametrize("role", ["vungxanh_web", "vungxanh_worker", "vungxanh_intake"])
def test_processes_may_add_to_the_log(role: str, db: None) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
        actions.record(event="audit.seen", by=SYSTEM, at=NOON, subject="audit")
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    assert AuditEvent.objects.count() == UnsealedEvent.objects.count() == 1


def test_intake_does_not_read_the_log(db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("vungxanh_intake", "SELECT subject FROM audit_auditevent")


def test_auditor_reads_the_log_and_writes_nothing(db: None) -> None:
    attempt("vungxanh_auditor", "SELECT subject FROM audit_auditevent")
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("vungxanh_auditor", "DELETE FROM audit_unsealedevent")


def test_only_the_worker_seals(db: None) -> None:
    with pytest.raises(DatabaseError, match="permission denied"):
        attempt("vungxanh_web", "INSERT INTO audit_auditseal VALUES (1, now(), 1, 1, '', '', '')")


def test_worker_seals_with_its_own_rights(db: None) -> None:
    write()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE vungxanh_worker")
        assert actions.seal_events(at=NOON) == 1
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    assert AuditSeal.objects.count() == 1


def test_every_event_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "audit-events.md").read_text("utf-8")
    assert [event for event in EVENTS if f"`{event}`" not in page] == []


def test_every_event_has_words_in_both_languages() -> None:
    assert all(words.vi and words.en for words in EVENTS.values())


def test_every_listed_event_is_recorded_somewhere() -> None:
    rooms = Path(__file__).parents[2] / "vungxanh"
    here = rooms / "audit" / "values.py"
    code = "".join(path.read_text("utf-8") for path in rooms.rglob("*.py") if path != here)
    assert [event for event in EVENTS if f'"{event}"' not in code] == []
