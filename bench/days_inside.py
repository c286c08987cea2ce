"""The inside of the benchmark of packing: points, days of scans made in the database, and runs."""

import os
import secrets
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from bench.stays import USUAL_MINUTES
from vungxanh.checkins.actions.days import Packed, folder, pack
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.day_files import DAYS_BEFORE
from vungxanh.checkins.values.kinds import Kind, Via
from vungxanh.core import clock
from vungxanh.core.ids import new_id
from vungxanh.protocol.places import short_codes

NIGHT: Final = datetime(2031, 3, 20, 20, 10, tzinfo=UTC)
ENDED: Final = date(2031, 3, 19)
COMMUNE: Final = "vn-2021:21586"
AT_ONCE: Final = 2_000
SCANS_OF_A_POINT: Final = 60
SCANS_OF_A_PERSON: Final = 3
SCANS_OF_A_VISIT: Final = 1.4
MADE: Final = """
DROP TABLE IF EXISTS {part};
CREATE TABLE {part} (LIKE checkins_scan INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
WITH visit AS MATERIALIZED (
    SELECT 1 + floor(random() * {persons})::bigint AS person_id,
        {first} + floor(random() ^ 2 * {points})::bigint AS point_id,
        timestamptz '{day} 00:00Z' + (random() + random()) * interval '7.5 hours' AS came,
        least(-ln(1 - random()) * 45, 480) * interval '1 minute' AS stay, random() < 0.4 AS goes
    FROM generate_series(1, {visits})
),
scan AS MATERIALIZED (
    SELECT person_id, point_id, direction, came + direction * stay AS at,
        random() * interval '30 seconds' AS wait, md5(random()::text) AS noise
    FROM visit CROSS JOIN (VALUES (0), (1)) AS way (direction) WHERE direction = 0 OR goes
)
INSERT INTO {part} (id, person_id, point_id, entrance, direction, means, at, received_at,
    device_id, flags)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
        || substr(noise, 1, 3) || '8' || substr(noise, 4, 15))::uuid,
    person_id, point_id, 0, direction, 0, at, at + wait, gen_random_uuid(), 0
FROM scan WHERE at < timestamptz '{day} 00:00Z' + interval '1 day' ORDER BY at + wait;
ALTER TABLE checkins_scan ATTACH PARTITION {part}
    FOR VALUES FROM (checkins_first_id('{day}')) TO (checkins_first_id('{after}'));
"""


def prepared(n_scans: int) -> dict[str, int]:
    """Points, the day that ended and those before it that it is made of, all packed; made once."""
    mark = Path(settings.HOME) / "made.txt"
    if not mark.exists():
        n_points = max(10, n_scans // SCANS_OF_A_POINT)
        first = _points(n_points)
        for n in range(DAYS_BEFORE + 1):
            _fill(ENDED - timedelta(days=n), n_scans, points=n_points, first=first)
        pack(at=NIGHT)
        mark.touch()
    return {"days": DAYS_BEFORE + 1}


def one_day() -> dict[str, float]:
    """The day that ended is written, whether it changed or not."""
    return _spent(lambda: pack(at=NIGHT, only=[ENDED]))


def a_night() -> dict[str, float]:
    """A scan of the day that ended comes, and makes all days stale that it may change."""
    at = datetime(ENDED.year, ENDED.month, ENDED.day, 6, tzinfo=UTC)
    ms = int(at.timestamp() * 1000)
    same = {"entrance": 0, "direction": 0, "means": 0, "flags": 1}
    Scan.objects.create(
        id=UUID(int=ms << 80 | new_id().int & ((1 << 80) - 1)),
        person_id=1,
        point_id=Point.objects.order_by("id").values_list("id", flat=True)[0],
        at=at,
        received_at=NIGHT,
        device_id=new_id(),
        **same,
    )
    return _spent(lambda: pack(at=NIGHT))


def _spent(work: Callable[[], Packed]) -> dict[str, float]:
    """What a run took, and what of scans it turned into visits; every file is in the manifest."""
    began, before = time.perf_counter(), os.times()
    packed = work()
    seconds, after = time.perf_counter() - began, os.times()
    manifest = folder().manifest()
    written = {day for day, _ in packed.written}
    entries = [one for one in (manifest.days if manifest else ()) if one.day in written]
    if len(entries) != len(written) or not all(folder().holds(one.file) for one in entries):
        raise RuntimeError(packed)
    return {
        "seconds": seconds,
        "own": after.user + after.system - before.user - before.system,
        "megabytes": _most_megabytes(),
        "scans": sum(one.scans[DAYS_BEFORE] for one in entries),
        "visits": sum(one.rows for one in entries),
        "days": len(entries),
    }


def _most_megabytes() -> float:
    """Of this program alone: what getrusage(2) tells begins with the one that started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _points(n: int) -> int:
    """So many points with usual stays of their kinds, all over a province; the first one's id."""
    if Point.objects.count() < n:
        Point.objects.all().delete()
        codes = [short_codes.written(secrets.randbits(short_codes.BITS)) for _ in range(n)]
        points = [_point(code, at) for at, code in enumerate(codes)]
        Point.objects.bulk_create(points, batch_size=AT_ONCE)
    return int(Point.objects.order_by("id").values_list("id", flat=True)[0])


def _point(code: str, at: int) -> Point:
    return Point(
        code=code,
        name=code,
        same_key=code,
        words="",
        kind=Kind.OTHER,
        unit_id=COMMUNE,
        usual_stay_minutes=USUAL_MINUTES[at % len(USUAL_MINUTES)],
        lat=Decimal(13_500 + at * 7 % 900) / 1000,
        lon=Decimal(108_600 + at * 11 % 600) / 1000,
        via=Via.OFFICER,
        registered_at=clock.now(),
        registered_by="bench",
    )


def _fill(day: date, n_scans: int, *, points: int, first: int) -> None:
    """A day's partition, filled before it has indexes; scans after its end fall away."""
    part = f"checkins_scan_{day:%Y%m%d}"
    statement = MADE.format(
        part=part,
        day=day,
        after=day + timedelta(days=1),
        persons=max(1, n_scans // SCANS_OF_A_PERSON),
        points=points,
        first=first,
        visits=int(n_scans / SCANS_OF_A_VISIT),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute(f"VACUUM ANALYZE {part}")
