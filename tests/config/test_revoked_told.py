"""The doctor and the metrics tell of a list of revoked codes that is old, and of one that lags."""

from datetime import timedelta

import pytest
from django.db import connection
from prometheus_client import CollectorRegistry, generate_latest

from tests.factories.points import a_point
from tests.factories.register import AT
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.models import PointCode
from vungxanh.checkins.queries.revocations import n_unlisted
from vungxanh.config import gauges
from vungxanh.config.checkup import Result
from vungxanh.config.checkup_database import look_at_database
from vungxanh.core.clock import frozen_at
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places_of_both_eras")]
HOURS, MINUTE = timedelta(hours=26), timedelta(minutes=1)


def told() -> Result:
    (found,) = [one for one in look_at_database() if one.name == "revoked-codes"]
    return found


def measured(name: str) -> list[str]:
    """The lines of a metric, without its help."""
    registry = CollectorRegistry()
    gauges.register(registry)
    lines = generate_latest(registry).decode().splitlines()
    return [line for line in lines if line.startswith(name)]


def test_before_the_first_list_both_say_that_there_is_none() -> None:
    assert told().words.en.startswith("No list of revoked codes was made in the last 26 hours")
    assert measured("vungxanh_revocation_list") == ["vungxanh_revocation_list_age_seconds -1.0"]


def test_a_list_is_fresh_for_26_hours_and_no_longer() -> None:
    list_revoked(by=SYSTEM, at=AT)
    with frozen_at(AT + HOURS):
        assert told().is_well
        assert measured("vungxanh_revocation_list")[0].endswith(" 93600.0")
    with frozen_at(AT + HOURS + MINUTE):
        found = told()
        assert measured("vungxanh_revocation_list")[0].endswith(" 93660.0")
    assert (found.is_well, found.is_warning) == (False, False)
    assert found.line("vi").startswith("✗ Chưa có danh sách mã thu hồi nào trong 26 giờ qua")


@pytest.mark.parametrize("way", ["revoked_at", "ends_at"])
def test_a_job_that_fails_is_told_long_before_the_list_is_old(way: str) -> None:
    """A quarter of an hour after a code ended, and never of one that ends later."""
    a_point()
    list_revoked(by=SYSTEM, at=AT)
    by = {"revoked_by": "staff:x"} if way == "revoked_at" else {}
    PointCode.objects.update(**{way: AT + MINUTE, **by})
    with frozen_at(AT + 15 * MINUTE):
        assert told().is_well
    with frozen_at(AT + 16 * MINUTE):
        found = told()
        assert measured("vungxanh_revoked_codes") == ["vungxanh_revoked_codes_unlisted 1.0"]
    assert found.words.en.startswith("1 codes ended over 15 minutes ago and stand on no list")
    list_revoked(by=SYSTEM, at=AT + 16 * MINUTE)
    assert n_unlisted(AT + 60 * MINUTE) == 0


def test_a_job_that_failed_for_good_is_counted() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'checkins.list_revoked', '{}', 'failed')"
        )
    assert 'vungxanh_jobs{state="failed"} 1.0' in measured("vungxanh_jobs")
