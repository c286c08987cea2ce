"""The first page tells how much of the own work waits, and leads to it."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.duties.conftest import only
from tests.duties.test_queries import Owed
from tests.factories.people import Colleague
from vungxanh.accounts.queries.starting import start_lines
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC
from vungxanh.duties import actions
from vungxanh.duties.rules import Schedule

pytestmark = pytest.mark.django_db
FIVE = datetime(2020, 8, 28, 10, tzinfo=UTC)  # 17h00


def of_day(owed: Owed, day: int, hour: int) -> UUID:
    return owed(Schedule(date(2020, 8, day), time(hour)))


def test_first_page_counts_the_work_of_today_and_what_is_overdue(
    owed: Owed, district: Colleague
) -> None:
    of_day(owed, 27, 17)
    of_day(owed, 28, 18)
    done = only(of_day(owed, 28, 20))
    of_day(owed, 29, 9)
    actions.meet(occurrence_id=done.id, evidence="note:1", by=district.viewer, at=FIVE)
    with clock.frozen_at(FIVE):
        page = district.client.get("/bat-dau/").content.decode()
    assert '<a href="/viec/">Việc hôm nay: 2 việc, 1 quá hạn</a>' in page


def test_where_no_work_waits_nothing_is_told(
    owed: Owed, district: Colleague, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    of_day(owed, 28, 18)
    with django_assert_num_queries(1):
        assert start_lines(district.viewer, FIVE - timedelta(days=2)) == ()
    with django_assert_num_queries(0):
        assert start_lines(PUBLIC, FIVE) == ()
