"""Scans of one day of Vietnam counted where they lie: one statement a question, never one a point.

What is sent long after it was scanned lies on the day that its identifier tells, ten minutes from
`at` at the most. Points that were merged count as the one that was kept.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from vungxanh.checkins.rules.activity import LIMITS, NIGHT_FROM, NIGHT_UNTIL, is_far_from_open
from vungxanh.checkins.values.activity import WEEK, Span
from vungxanh.checkins.values.scans import ScanFlag
from vungxanh.locations.values.hours import hours_of_wire

OLD: Final = int(ScanFlag.CODE_OLD | ScanFlag.CODE_AGAIN)
_LOCK: Final = 0x76786163746976  # whoever counts waits for whoever counts
_MEMORY: Final = "SET LOCAL work_mem = '128MB'"
_SCANS: Final = """
scan AS (
    SELECT coalesce(other.merged_into_id, one.point_id) AS point_id, one.id, one.person_id,
        one.device_id, one.at, one.direction, one.means, one.flags
    FROM checkins_scan AS one LEFT JOIN (
        SELECT id, merged_into_id FROM checkins_point WHERE merged_into_id IS NOT NULL
    ) AS other ON other.id = one.point_id
    WHERE one.id >= %(first)s AND one.id < %(last)s AND one.at >= %(since)s AND one.at < %(until)s
)"""
_OF_DAY: Final = """
WITH scans_of_day,
pair AS (
    SELECT point_id, person_id, count(*) AS n, count(*) FILTER (WHERE direction = 0) AS n_in,
        count(*) FILTER (WHERE means = 1) AS n_keeper
    FROM scan GROUP BY point_id, person_id
),
seen AS MATERIALIZED (
    SELECT point_id, sum(n) AS n, sum(n_in) AS n_in, count(*) AS n_people, sum(n_keeper) AS n_keeper
    FROM pair GROUP BY point_id
),
used AS (
    INSERT INTO checkins_pointuse AS known (point_id, last_on) SELECT point_id, %(day)s FROM seen
    ON CONFLICT (point_id) DO UPDATE SET last_on = excluded.last_on
    WHERE known.last_on < excluded.last_on
)
INSERT INTO checkins_dayactivity (day, unit, kind, n_points, n_scans, n_in, n_people, n_by_keeper)
SELECT %(day)s, point.unit_id, point.kind, count(*), sum(seen.n), sum(seen.n_in),
    sum(seen.n_people), sum(seen.n_keeper)
FROM seen JOIN checkins_point AS point ON point.id = seen.point_id GROUP BY 2, 3
""".replace("scans_of_day", _SCANS)
_USE: Final = """
INSERT INTO checkins_usecount (unit, kind, n_points, n_active, n_scanned)
SELECT unit, kind, coalesce(had.n, 0), coalesce(used.n_active, 0), coalesce(used.n_scanned, 0)
FROM (
    SELECT unit, kind, sum(n) AS n FROM checkins_pointcount GROUP BY 1, 2 HAVING sum(n) <> 0
) AS had FULL JOIN (
    SELECT point.unit_id AS unit, point.kind, count(*) AS n_scanned,
        count(*) FILTER (WHERE use.last_on > %(week)s) AS n_active
    FROM checkins_pointuse AS use JOIN checkins_point AS point ON point.id = use.point_id
    WHERE point.state IN ('registered', 'approved') GROUP BY 1, 2
) AS used USING (unit, kind)
"""
_ONE_DEVICE: Final = """
WITH scans_of_day,
entry AS MATERIALIZED (
    SELECT point_id, device_id, means = 1 AS is_kept, at FROM scan WHERE direction = 0
),
many AS (
    SELECT point_id, device_id, is_kept FROM entry GROUP BY 1, 2, 3 HAVING count(*) > %(of_a_phone)s
),
close AS (
    SELECT point_id, is_kept, count(*) OVER (
        PARTITION BY point_id, device_id, is_kept ORDER BY at
        RANGE BETWEEN make_interval(secs => %(within_s)s) PRECEDING AND CURRENT ROW
    ) AS n
    FROM entry JOIN many USING (point_id, device_id, is_kept)
)
INSERT INTO checkins_pointpattern (day, point_id, pattern, n)
SELECT %(day)s, point_id, 'one_device', max(n) FROM close
WHERE n > CASE WHEN is_kept THEN %(of_a_keeper)s ELSE %(of_a_phone)s END GROUP BY point_id
""".replace("scans_of_day", _SCANS)
_OLD_CODES: Final = """
WITH scans_of_day
INSERT INTO checkins_pointpattern (day, point_id, pattern, n)
SELECT %(day)s, point_id, 'old_codes', count(*) FROM scan WHERE flags & %(old)s <> 0
GROUP BY point_id HAVING count(*) >= %(old_codes)s
""".replace("scans_of_day", _SCANS)
_TOO_FAST: Final = """
WITH scans_of_day,
placed AS (
    SELECT scan.point_id, scan.direction, scan.at, radians(point.lat::float8) AS lat,
        radians(point.lon::float8) AS lon, lag(scan.at) OVER way AS before,
        lag(radians(point.lat::float8)) OVER way AS lat_before,
        lag(radians(point.lon::float8)) OVER way AS lon_before
    FROM scan JOIN checkins_point AS point ON point.id = scan.point_id
    WHERE point.lat IS NOT NULL
    WINDOW way AS (PARTITION BY scan.person_id ORDER BY scan.at, scan.id)
),
step AS (
    SELECT point_id, extract(epoch FROM at - before) AS seconds, 2 * %(earth_m)s * asin(sqrt(least(
        1, power(sin((lat - lat_before) / 2), 2)
        + cos(lat) * cos(lat_before) * power(sin((lon - lon_before) / 2), 2)))) AS metres
    FROM placed WHERE direction = 0 AND (lat <> lat_before OR lon <> lon_before)
)
INSERT INTO checkins_pointpattern (day, point_id, pattern, n)
SELECT %(day)s, point_id, 'too_fast', count(*) FROM step
WHERE metres > %(far_m)s AND metres * 3.6 > %(fastest_kmh)s * seconds
GROUP BY point_id HAVING count(*) >= %(too_fast)s
""".replace("scans_of_day", _SCANS)
_AT_NIGHT: Final = """
WITH scans_of_day,
night AS (
    SELECT point_id, at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS at FROM scan WHERE direction = 0
),
minute AS (
    SELECT point_id, (extract(isodow FROM at)::int - 1) * 1440 + extract(hour FROM at)::int * 60
        + extract(minute FROM at)::int AS minute, count(*) AS n
    FROM night WHERE extract(hour FROM at) >= %(night_from)s
        OR extract(hour FROM at) < %(night_until)s
    GROUP BY 1, 2
)
SELECT minute.point_id, point.hours, array_agg(minute.minute), array_agg(minute.n)
FROM minute JOIN checkins_point AS point ON point.id = minute.point_id
WHERE point.hours IS NOT NULL GROUP BY 1, 2 HAVING sum(minute.n) >= %(at_closed)s
""".replace("scans_of_day", _SCANS)
_CLOSED_HOURS: Final = """
INSERT INTO checkins_pointpattern (day, point_id, pattern, n)
SELECT %(day)s, point_id, 'closed_hours', n
FROM unnest(%(points)s::bigint[], %(counts)s::bigint[]) AS found (point_id, n)
"""
_FORGET: Final = (
    "DELETE FROM checkins_dayactivity WHERE day = %(day)s",
    "DELETE FROM checkins_pointpattern WHERE day = %(day)s",
    "DELETE FROM checkins_countedday WHERE day = %(day)s",
)
_CHANGED: Final = """
SELECT counted.day FROM checkins_countedday AS counted WHERE counted.day = ANY(%(days)s) AND (
    EXISTS (SELECT FROM checkins_scan AS scan WHERE scan.tx >= counted.tx
        AND scan.id >= %(first)s AND scan.id < %(last)s
        AND (scan.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = counted.day)
    OR EXISTS (SELECT FROM checkins_staleday AS stale WHERE stale.tx >= counted.tx
        AND counted.day IN (stale.day, stale.day + 1)))
"""
_HAS_SCANS: Final = "WITH scans_of_day SELECT EXISTS (SELECT FROM scan)".replace(
    "scans_of_day", _SCANS
)
_COUNTED: Final = """
INSERT INTO checkins_countedday (day, at, tx)
VALUES (%(day)s, %(at)s, pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
"""


Value = date | UUID | int | list[int]
Ask = Callable[[str, Mapping[str, Value]], list[tuple[Any, ...]]]


def count_day(day: date, *, at: datetime) -> None:
    """Count one day anew: sums by unit and kind, which points were used, and patterns."""
    said: dict[str, Value] = {
        **Span.of(day, day).said,
        **asdict(LIMITS),
        "day": day,
        "at": at,
        "old": OLD,
    }
    said |= {"night_from": NIGHT_FROM, "night_until": NIGHT_UNTIL}
    with _held() as ask:
        for statement in _FORGET:
            ask(statement, said)
        # First, before anything is read: whatever is written from now on counts as not seen.
        for statement in (_COUNTED, _OF_DAY, _ONE_DEVICE, _OLD_CODES, _TOO_FAST):
            ask(statement, said)
        found = _at_closed_hours(ask(_AT_NIGHT, said))
        points, counts = list(found), list(found.values())
        ask(_CLOSED_HOURS, {"day": day, "points": points, "counts": counts})


def count_use(day: date) -> None:
    """Count living points by their last scan, as of a day; all rows are written anew."""
    with _held() as ask:
        ask("DELETE FROM checkins_usecount", {})
        ask(_USE, {"week": day - WEEK})


def changed_days(days: list[date]) -> list[date]:
    """Which of these counted days may have scans that their counts lack, or too many."""
    span = Span.of(min(days), max(days)).said
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {**span, "days": days})
        return sorted(day for (day,) in cursor.fetchall())


def has_scans(day: date) -> bool:
    """Whether anybody scanned anything on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_HAS_SCANS, Span.of(day, day).said)
        return bool(cursor.fetchone()[0])


def _at_closed_hours(nights: Iterable[tuple[Any, ...]]) -> dict[int, int]:
    """How many came to each point at night and far from its hours, of points with enough."""
    found = {}
    for point_id, wire, minutes, counts in nights:
        hours = hours_of_wire(json.loads(wire) if isinstance(wire, str) else wire)
        by_minute = zip(minutes, counts, strict=True)
        n = sum(count for minute, count in by_minute if is_far_from_open(hours, minute))
        if n >= LIMITS.at_closed:
            found[point_id] = n
    return found


@contextmanager
def _held() -> Iterator[Ask]:
    """One transaction in which nobody else counts."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_MEMORY)

        def ask(statement: str, said: Mapping[str, Value]) -> list[tuple[Any, ...]]:
            cursor.execute(statement, said)
            return cursor.fetchall() if cursor.description else []

        yield ask
