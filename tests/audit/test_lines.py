"""Reading rows for a check: the connection is free again, however the reading ends."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.tampering import write
from vungxanh.audit.queries import lines


def is_free() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def test_rows_come_in_order_with_their_tags(db: None) -> None:
    write("unit:a", "unit:b")
    found = list(lines.waiting(10))
    assert [content.split(b"\t")[4] for _, _, content in found] == [b"unit:a", b"unit:b"]
    assert {len(tag) for _, tag, _ in found} == {20}
    assert is_free()


def test_reading_may_stop_in_the_middle(db: None) -> None:
    write("unit:a", "unit:b")
    with transaction.atomic():
        reading = lines.waiting(10)
        next(reading)
        reading.close()
    assert is_free()


def test_failure_of_the_server_is_raised(db: None) -> None:
    with pytest.raises(DatabaseError, match="LIMIT must not be negative"), transaction.atomic():
        list(lines.waiting(-1))
    assert is_free()
