"""The inside of `bench.point_activity`: a day of scans made in the database, count and peer."""

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count, Q

from bench import point_search_inside
from vungxanh.checkins.gateways.activity_tables import count_day, count_use
from vungxanh.checkins.models import CountedDay, DayActivity, PointUse, Scan
from vungxanh.checkins.values.activity import Span

DAY: Final = date(2031, 3, 20)
AT: Final = datetime(2031, 3, 20, 17, 20, tzinfo=UTC)
ONE_IN: Final = 9
PEOPLE_OF_A_SCAN: Final = 3
# Places and hours of points that are used; once, for they stay.
DESCRIBED: Final = """
UPDATE checkins_point SET lat = 10.5 + (id * 7919 %% 11000) / 1000.0,
    lon = 105 + (id * 104729 %% 3500) / 1000.0,
    hours = '{"1": [[420, 1260]], "2": [[420, 1260]], "3": [[420, 1260]], "4": [[420, 1260]],
        "5": [[420, 1260]], "6": [[420, 1260]], "7": [[420, 1260]]}'
WHERE id %% %(one_in)s = 0 AND id %% 5 <> 0
"""
# From six to twenty-two in Vietnam, one in two hundred after that.
MADE: Final = """
INSERT INTO checkins_scan (id, person_id, point_id, entrance, direction, means, at, received_at,
    device_id, flags)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
        || substr(noise, 1, 3) || '8' || substr(noise, 4, 15))::uuid,
    person, point, 0, direction, means, at, at + interval '9 seconds',
    md5((CASE means WHEN 1 THEN point ELSE -person END)::text)::uuid, 0
FROM (
    SELECT 1 + floor(random() * %(people)s)::bigint AS person,
        %(one_in)s * (1 + floor(power(random(), 2) * %(used)s)::bigint) AS point,
        (random() < 0.35)::int AS direction, (random() < 0.1)::int AS means,
        %(since)s + interval '6 hours' + CASE WHEN random() < 0.005 THEN interval '16.1 hours'
            + random() * interval '1.8 hours' ELSE random() * interval '16 hours' END AS at,
        md5(random()::text) AS noise
    FROM generate_series(1, %(scans)s)
) AS made ORDER BY at
"""


def prepare(points: int, scans: int) -> dict[str, int]:
    """Points as `point_search` has them, some of them described, and a day of scans; made once."""
    point_search_inside.prepare(points)
    if Scan.objects.count() == scans:
        return {"scans": scans}
    used = points // ONE_IN - 1
    said: dict[str, Any] = {"scans": scans, "used": used, "one_in": ONE_IN}
    said |= {**Span.of(DAY, DAY).said, "people": max(1, scans // PEOPLE_OF_A_SCAN)}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute("SELECT checkins_make_days(%s, %s)", [DAY - timedelta(days=1), DAY])
        cursor.execute("DELETE FROM checkins_scan")
        cursor.execute(DESCRIBED, said)
        cursor.execute(MADE, said)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE checkins_point, checkins_scan")
    return {"scans": scans}


def measure() -> dict[str, float]:
    """Seconds of a first count of the day, and of all living points."""
    for table in (CountedDay, DayActivity, PointUse):
        table.objects.all().delete()
    began = time.perf_counter()
    count_day(DAY, at=AT)
    counted = time.perf_counter()
    count_use(DAY)
    ended = time.perf_counter()
    found = DayActivity.objects.all().values_list("n_points", "n_scans")
    n_used, n_scans = (sum(column) for column in zip(*found, strict=True))
    if n_scans != Scan.objects.count():
        raise RuntimeError(n_scans)
    parts = {"seconds": ended - began, "day": counted - began, "use": ended - counted}
    return {**parts, "used": n_used, "scans": n_scans}


def peer(n_asked: int) -> dict[str, float]:
    """Seconds of asking each used point, by some of them."""
    span = Span.of(DAY, DAY)
    used = list(PointUse.objects.order_by("?").values_list("pk", flat=True)[:n_asked])
    began = time.perf_counter()
    for point in used:
        Scan.objects.filter(point_id=point, at__gte=span.since, at__lt=span.until).aggregate(
            n=Count("id"),
            n_in=Count("id", filter=Q(direction=0)),
            n_keeper=Count("id", filter=Q(means=1)),
            n_people=Count("person_id", distinct=True),
        )
    seconds = time.perf_counter() - began
    return {"seconds": seconds / len(used) * PointUse.objects.count()}
