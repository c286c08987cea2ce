"""Scans of days without a partition lie apart, once, and days are made without waiting for long."""

from datetime import UTC, date, datetime

import psycopg
import pytest
from django.db import connection

from tests.checkins.intake.test_scan_days import INSERT, asked, identifier
from vungxanh.core import partitions
from vungxanh.core.ids import new_id

pytestmark = pytest.mark.django_db


def test_a_stray_is_there_once_whatever_days_are_made_since() -> None:
    at = datetime(2032, 2, 1, 12, tzinfo=UTC)
    stray = identifier(at)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [stray, at, at, new_id()])
        assert asked("SELECT checkins_make_days(%s, %s)", date(2032, 1, 31), date(2032, 2, 2)) == 2
        again = INSERT.replace("RETURNING", "ON CONFLICT DO NOTHING RETURNING")
        cursor.execute(again, [stray, at, at, new_id()])
        assert cursor.rowcount == 0


def test_a_day_that_cannot_be_made_at_once_is_left_for_the_next_night() -> None:
    said = connection.get_connection_params()
    kept = {"dbname", "user", "host", "port", "password", "options"}
    day = date(2031, 5, 1)
    with psycopg.connect(**{key: said[key] for key in kept & said.keys()}) as busy:
        busy.execute("LOCK TABLE checkins_scan IN ROW EXCLUSIVE MODE")  # as intake does
        assert partitions.asked("SELECT checkins_make_days(%s, %s)", day, day) == 0
        busy.rollback()
        assert partitions.asked("SELECT checkins_make_days(%s, %s)", day, day) == 1
