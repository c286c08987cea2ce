"""Scans planted, and what their counts must be: found one by one, slow and obviously right."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from tests.checkins.intake.calls import id_at
from vungxanh.checkins.gateways.activity_tables import OLD
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.rules.activity import LIMITS, DaySum, Use, is_far_from_open, is_night
from vungxanh.core.clock import TZ
from vungxanh.locations.values.hours import hours_of_wire

NOON = datetime(2031, 3, 20, 5, 0, tzinfo=UTC)
"""Noon of a Thursday in Vietnam."""
DAY = NOON.astimezone(TZ).date()
NIGHT_AFTER = datetime(2031, 3, 20, 17, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
Sums = dict[tuple[str, str], DaySum]
Patterns = dict[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class Planted:
    """A scan: who, at which point, minutes after noon; a keeper's, out, of which device."""

    person: int
    point: int
    minutes: float = 0
    is_out: bool = False
    is_kept: bool = False
    device: int = 1
    flags: int = 0


def plant(scans: Iterable[Planted]) -> list[Scan]:
    """Store scans in one transaction."""
    return Scan.objects.bulk_create(_row(one) for one in scans)


def _row(one: Planted) -> Scan:
    at = NOON + one.minutes * MINUTE
    return Scan(
        id=id_at(at),
        person_id=one.person,
        point_id=one.point,
        entrance=0,
        direction=int(one.is_out),
        means=int(one.is_kept),
        at=at,
        received_at=at,
        device_id=UUID(int=one.device),
        flags=one.flags,
    )


def sums_of(day: date) -> Sums:
    """What a day's scans are in sum, by unit and kind."""
    points = {one.pk: one for one in Point.objects.all()}
    by_point: dict[int, list[Scan]] = {}
    for scan in _scans(day):
        by_point.setdefault(points[scan.point_id].merged_into_id or scan.point_id, []).append(scan)
    found: Sums = {}
    for point_id, scans in by_point.items():
        key = (points[point_id].unit_id, points[point_id].kind)
        found[key] = found.get(key, DaySum()) + DaySum(
            n_points=1,
            n_scans=len(scans),
            n_in=sum(scan.direction == 0 for scan in scans),
            n_people=len({scan.person_id for scan in scans}),
            n_by_keeper=sum(scan.means == 1 for scan in scans),
        )
    return found


def uses_of(day: date) -> dict[tuple[str, str], Use]:
    """Living points, those with a scan in the seven days to a day, those that ever had one."""
    last: dict[int, date] = {}
    kept = dict(Point.objects.values_list("pk", "merged_into_id"))
    for scan in Scan.objects.all():
        point = kept[scan.point_id] or scan.point_id
        last[point] = max(last.get(point, date.min), _day_of(scan))
    found: dict[tuple[str, str], Use] = {}
    for row in Point.objects.filter(state__in=["registered", "approved"]):
        is_active = last.get(row.pk, date.min) > day - timedelta(days=7)
        key = (row.unit_id, row.kind)
        found[key] = found.get(key, Use()) + Use(1, int(is_active), int(row.pk in last))
    return found


def patterns_of(day: date) -> Patterns:
    """What is odd at which point, and about how many scans."""
    points = {one.pk: one for one in Point.objects.all()}
    at_point: dict[int, list[Scan]] = {}
    of_person: dict[int, list[Scan]] = {}
    for scan in _scans(day):
        at_point.setdefault(points[scan.point_id].merged_into_id or scan.point_id, []).append(scan)
        of_person.setdefault(scan.person_id, []).append(scan)
    found: Patterns = {}
    for point_id, scans in at_point.items():
        n_old = sum(scan.flags & OLD != 0 for scan in scans)
        found[point_id, "old_codes"] = n_old if n_old >= LIMITS.old_codes else 0
        found[point_id, "one_device"] = _most_at_once([one for one in scans if one.direction == 0])
        n_closed = sum(_is_at_closed_hours(scan, points[point_id]) for scan in scans)
        found[point_id, "closed_hours"] = n_closed if n_closed >= LIMITS.at_closed else 0
    fast = Counter(
        points[one.point_id].merged_into_id or one.point_id
        for scans in of_person.values()
        for one in _too_fast(scans, points)
    )
    found |= {(one, "too_fast"): n for one, n in fast.items() if n >= LIMITS.too_fast}
    return {key: n for key, n in found.items() if n}


def _most_at_once(scans: list[Scan]) -> int:
    """The most scans of one device within a minute, if they are too many; else none."""
    counts = [(sum(_is_close(other, one) for other in scans), one.means == 1) for one in scans]
    return max(
        (n for n, kept in counts if n > (LIMITS.of_a_keeper if kept else LIMITS.of_a_phone)),
        default=0,
    )


def _is_close(before: Scan, scan: Scan) -> bool:
    is_same = before.device_id == scan.device_id and (before.means == 1) == (scan.means == 1)
    return is_same and timedelta() <= scan.at - before.at <= timedelta(seconds=LIMITS.within_s)


def _is_at_closed_hours(scan: Scan, point: Point) -> bool:
    local = scan.at.astimezone(TZ)
    minute = local.weekday() * 1440 + local.hour * 60 + local.minute
    is_in = scan.direction == 0
    return is_in and is_night(local.hour) and is_far_from_open(hours_of_wire(point.hours), minute)


def _too_fast(scans: list[Scan], points: dict[int, Point]) -> list[Scan]:
    """The scans in that followed one of the same person too far away."""
    known = {one: points[points[one].merged_into_id or one] for one in points}
    placed = sorted(
        (one for one in scans if known[one.point_id].lat is not None),
        key=lambda one: (one.at, one.id),
    )
    return [
        one
        for before, one in pairwise(placed)
        if one.direction == 0
        and _is_too_far(known[before.point_id], known[one.point_id], one.at - before.at)
    ]


def _is_too_far(one: Point, other: Point, between: timedelta) -> bool:
    north, south = math.radians(float(one.lat or 0)), math.radians(float(other.lat or 0))
    east = math.radians(float(one.lon or 0) - float(other.lon or 0))
    chord = math.sin((north - south) / 2) ** 2
    chord += math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    metres = 2 * LIMITS.earth_m * math.asin(math.sqrt(chord))
    reach = LIMITS.fastest_kmh / 3.6 * between.total_seconds()
    return metres > LIMITS.far_m and metres > reach


def _scans(day: date) -> list[Scan]:
    return [scan for scan in Scan.objects.all() if _day_of(scan) == day]


def _day_of(scan: Scan) -> date:
    return scan.at.astimezone(TZ).date()
