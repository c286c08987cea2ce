"""Times as phones write them, and the time inside an identifier beside them."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from tests.checkins.intake.calls import id_at, microseconds, post, scan
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.scan_judging import refusal_of
from vungxanh.checkins.values.scans import Refusal
from vungxanh.people.values.devices import Registered

VIETNAM = timezone(timedelta(hours=7))
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)
TEN = timedelta(minutes=10)
DAY = timedelta(days=1)


def judged(of_id: UUID, at: datetime, now: datetime = NOW) -> Refusal | None:
    return refusal_of(of_id, microseconds(at), microseconds(now))


@pytest.mark.parametrize(
    ("apart", "refusal"),
    [
        (TEN, None),
        (-TEN, None),
        (TEN + MS, Refusal.ID_TIME_MISMATCH),
        (-TEN - MS, Refusal.ID_TIME_MISMATCH),
    ],
)
def test_an_identifier_may_be_ten_minutes_from_its_scan(
    apart: timedelta, refusal: Refusal | None
) -> None:
    assert judged(id_at(NOW + apart), NOW) == refusal


@pytest.mark.parametrize(
    ("apart", "refusal"),
    [
        (DAY, None),
        (DAY + MS, Refusal.TIME_OUT_OF_RANGE),
        (-30 * DAY, None),
        (-30 * DAY - MS, Refusal.TIME_OUT_OF_RANGE),
    ],
)
def test_a_scan_may_be_thirty_days_old_and_a_day_ahead(
    apart: timedelta, refusal: Refusal | None
) -> None:
    assert judged(id_at(NOW + apart), NOW + apart) == refusal


@pytest.mark.parametrize(
    "text",
    [
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "019c0a11-0000-4000-8000-000000000000",
        "019c0a11-0000-7000-0000-000000000000",
        "019c0a11-0000-7000-c000-000000000000",
    ],
)
def test_an_identifier_that_is_no_uuid_of_version_7_is_refused(text: str) -> None:
    assert judged(UUID(text), NOW) == Refusal.ID_VERSION


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "form",
    [
        "{utc:%Y-%m-%dT%H:%M:%SZ}",
        "{utc:%Y-%m-%dt%H:%M:%Sz}",
        "{utc:%Y-%m-%d %H:%M:%SZ}",
        "{utc:%Y-%m-%dT%H:%M:%S-00:00}",
        "{utc:%Y-%m-%dT%H:%M:%S.000000400Z}",
        "{vn:%Y-%m-%dT%H:%M:%S+07:00}",
        "{vn:%Y-%m-%dT%H:%M:%S.0+07:00}",
    ],
)
def test_one_instant_is_one_instant_however_it_is_written(
    phone: Registered, point: Point, now: datetime, form: str
) -> None:
    sent = scan(point.code, now)
    again = sent | {"at": form.format(utc=now, vn=now.astimezone(VIETNAM))}
    told = [post(phone.token, [one])[0].body for one in (sent, again)]
    assert [(one["stored"], one["duplicate"]) for one in told] == [(1, 0), (0, 1)]
    assert Scan.objects.get().at == now


@pytest.mark.django_db(transaction=True)
def test_a_fraction_of_a_second_is_kept_to_the_microsecond(
    phone: Registered, point: Point, now: datetime
) -> None:
    at = now - timedelta(microseconds=1)
    sent = scan(point.code, at)
    told = [post(phone.token, [sent])[0].body for _ in range(2)]
    assert [(one["stored"], one["duplicate"]) for one in told] == [(1, 0), (0, 1)]
    assert Scan.objects.get().at == at


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "at",
    [
        "2026-11-23T10:00:00",
        "2026-11-23",
        "2026-11-23T24:00:00Z",
        "2026-11-23T23:59:60Z",
        "2026-02-30T10:00:00Z",
        "10000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "-2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00+24:00",
        "2026-11-23T10:00:00+7",
        "",
        1795402800,
        None,
    ],
)
def test_what_is_no_time_is_refused_whole(
    phone: Registered, point: Point, now: datetime, at: object
) -> None:
    (answer,) = post(phone.token, [scan(point.code, now) | {"at": at}])
    assert (answer.status, answer.body["code"]) == (400, "checkins.scan_form")
    assert "visits[0].at" in answer.body["where"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("at", "milliseconds"),
    [
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999),
        ("9999-12-31T23:59:59.999999-23:59", 253_402_300_799_999),
        ("0001-01-01T00:00:00Z", 0),
        ("0001-01-01T00:00:00+23:59", 0),
        ("1970-01-01T00:00:00Z", 0),
    ],
)
def test_the_ends_of_the_calendar_are_refused_alone(
    phone: Registered, point: Point, now: datetime, at: str, milliseconds: int
) -> None:
    good = scan(point.code, now)
    end = UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62)
    (answer,) = post(phone.token, [good, scan(point.code, now) | {"at": at, "id": str(end)}])
    (refused,) = answer.body["refused"]
    assert (answer.status, answer.body["stored"]) == (200, 1)
    assert refused["code"] in {"time_out_of_range", "id_time_mismatch"}
