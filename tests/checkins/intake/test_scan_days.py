"""Scans lie in a partition for each UTC day of their identifier."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection

from vungxanh.core.ids import new_id

pytestmark = pytest.mark.django_db
INSERT = """
INSERT INTO checkins_scan
    (id, person_id, point_id, entrance, direction, means, at, received_at, device_id, flags)
VALUES (%s, 1, 1, 0, 0, 0, %s, %s, %s, 0) RETURNING tableoid::regclass::text, tx
"""

SUMMED_UP = """
SELECT indrelid::regclass::text, coalesce(reloptions, '{}') FROM pg_inherits
JOIN pg_index ON indexrelid = inhrelid JOIN pg_class ON pg_class.oid = inhrelid
WHERE inhparent = 'scan_by_transaction'::regclass
"""


def identifier(at: datetime) -> UUID:
    """An identifier made at an instant."""
    ms = int(at.timestamp() * 1000)
    return UUID(int=ms << 80 | 0x7 << 76 | 0b10 << 62 | new_id().int & (1 << 62) - 1)


def stored_in(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [identifier(at), at, at, new_id()])
        return str(cursor.fetchone()[0])


def asked(statement: str, *given: date) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]


def test_a_scan_lies_in_the_utc_day_of_its_identifier() -> None:
    day = date(2031, 3, 1)
    assert asked("SELECT checkins_make_days(%s, %s)", day, day) == 1
    first = datetime(2031, 3, 1, tzinfo=UTC)
    assert stored_in(first) == "checkins_scan_20310301"
    assert stored_in(first + timedelta(hours=24, milliseconds=-1)) == "checkins_scan_20310301"


def test_a_stray_lies_in_the_default_partition_and_keeps_its_day_there() -> None:
    assert stored_in(datetime(2032, 1, 1, tzinfo=UTC)) == "checkins_scan_default"
    assert asked("SELECT checkins_make_days(%s, %s)", date(2031, 12, 31), date(2032, 1, 2)) == 2


def test_days_past_their_time_are_dropped_whole_with_their_count() -> None:
    days = date(2030, 5, 1), date(2030, 5, 3)
    assert asked("SELECT checkins_make_days(%s, %s)", *days) == 3
    for hour in (1, 30, 50):
        stored_in(datetime(2030, 5, 1, tzinfo=UTC) + timedelta(hours=hour))
    assert asked("SELECT checkins_drop_days(%s)", date(2030, 5, 3)) == 2
    assert asked("SELECT to_regclass('checkins_scan_20300502') IS NULL")
    assert asked("SELECT count(*) FROM checkins_scan_20300503") == 1


def test_every_day_sums_up_its_transactions_as_its_pages_fill() -> None:
    day = date(2031, 4, 1)
    asked("SELECT checkins_make_days(%s, %s)", day, day)
    with connection.cursor() as cursor:
        cursor.execute(SUMMED_UP)
        found = dict(cursor.fetchall())
    assert {"checkins_scan_default", "checkins_scan_20310401"} <= found.keys()
    assert {tuple(how) for how in found.values()} == {("autosummarize=on",)}


def test_too_many_days_at_once_are_refused() -> None:
    with pytest.raises(Exception, match="too many days"):
        asked("SELECT checkins_make_days(%s, %s)", date(2030, 1, 1), date(2031, 1, 1))
