"""Statements prepared once for each connection do what statements of Django's do."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from vungxanh.core.models import LimitBucket
from vungxanh.core.prepared import Statement, store
from vungxanh.people.models import Device, Person
from vungxanh.people.values import Origin

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
SAID = Statement("""
SELECT %(digest)s::bytea, %(at)s::timestamptz, %(names)s::text[], %(none)s::text, %(digest)s::bytea
""")
VALUES = {"digest": b"\0\xff", "at": NOON, "names": ["a,b", 'c"'], "none": None}
BUCKET = "SELECT full_at FROM core_limitbucket WHERE key = %(key)s"


@pytest.mark.django_db
def test_values_come_back_as_they_went_whether_statements_are_counted_or_not() -> None:
    straight = SAID.rows(**VALUES)
    with CaptureQueriesContext(connection) as counted:
        watched = SAID.rows(**VALUES)
    assert len(counted) == 1
    assert straight == watched == [(b"\0\xff", NOON, ["a,b", 'c"'], None, b"\0\xff")]


@pytest.mark.django_db
def test_texts_alone_go_as_they_are_and_one_that_no_text_may_be_is_refused() -> None:
    said = Statement("SELECT %(first)s::text, %(second)s::bytea")
    texts = {"first": "Xã “Mẫu”\\x", "second": "\\x00ff"}
    straight = said.rows(**texts)
    with CaptureQueriesContext(connection):
        watched = said.rows(**texts)
    assert straight == watched == [("Xã “Mẫu”\\x", b"\0\xff")]
    with pytest.raises(DataError), transaction.atomic():
        said.rows(first="a\0b", second="")


@pytest.mark.django_db(transaction=True)
def test_first_statement_begins_the_transaction_that_is_rolled_back() -> None:
    bucket = LimitBucket(key=b"k" * 32, full_at=1, was_taken=True)
    with transaction.atomic():
        store(bucket)
        within = Statement(BUCKET).rows(key=bucket.key)
        transaction.set_rollback(True)
    assert within == [(1,)]
    assert Statement(BUCKET).rows(key=bucket.key) == []


@pytest.mark.django_db(transaction=True)
def test_stored_row_is_what_save_would_have_made() -> None:
    told = {"origin": Origin.APP, "key": b"x", "created_at": NOON, "kept_until": NOON.date()}
    stored, saved = Person(created_by="t", **told), Person(created_by="t", **told)
    store(stored)
    saved.save(force_insert=True)
    rows = Person.objects.order_by("id").values()
    first, second = ({**row, "id": 0} for row in rows)
    assert first == second
    assert stored.pk == rows[0]["id"]
    assert not stored._state.adding


@pytest.mark.django_db(transaction=True)
def test_refused_row_is_an_error_of_django_and_the_connection_goes_on() -> None:
    lost = Device(
        token_digest=b"", platform="android", person_id=7, registered_at=NOON, last_seen_at=NOON
    )
    bad = Device(id=uuid4(), token_digest=b"", platform="?", registered_at=NOON, last_seen_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        store(bad)
    with pytest.raises(IntegrityError), transaction.atomic():
        store(lost)
    assert Device.objects.count() == 0


@pytest.mark.django_db
def test_broken_transaction_takes_no_more_statements() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            SAID.rows(**VALUES)
    assert SAID.rows(**VALUES)
