"""Scans planted into the table, and the visits that all of it says, derived slowly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection

from tests.checkins.intake.calls import id_at
from vungxanh.checkins.actions.days import folder
from vungxanh.checkins.models import Point, Scan, VisitCorrection, VisitNumber
from vungxanh.checkins.values.day_files import kept_days, second_of
from vungxanh.core.ids import new_id
from vungxanh.engines.stays import NONE, Corrections, Points, Scans, reference

NOW = datetime(2031, 3, 20, 20, 0, tzinfo=UTC)
TODAY = NOW.date()
Row = tuple[int, int, int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Planted:
    """A scan: who, where, minutes before `NOW`, out or in."""

    person: int
    point: int
    minutes: int
    is_out: bool = False
    flags: int = 0


def make_days() -> None:
    """Partitions of some of the days; scans of others lie in the default one."""
    with connection.cursor() as cursor:
        first, last = TODAY - timedelta(days=20), TODAY + timedelta(days=1)
        cursor.execute("SELECT checkins_make_days(%s, %s)", [first, last])


def plant(scans: Iterable[Planted]) -> list[Scan]:
    """Store scans in one transaction."""
    return Scan.objects.bulk_create(_row(one) for one in scans)


def _row(one: Planted) -> Scan:
    at = NOW - timedelta(minutes=one.minutes)
    return Scan(
        id=id_at(at),
        person_id=one.person,
        point_id=one.point,
        entrance=1,
        direction=int(one.is_out),
        means=0,
        at=at,
        received_at=at,
        device_id=new_id(),
        flags=one.flags,
    )


def said_by_all(as_of: datetime = NOW) -> list[Row]:
    """The visits of the kept days, of the whole table at once by the plain engine."""
    rows = list(Scan.objects.order_by("id"))
    places = list(Point.objects.order_by("id"))
    index = {place.pk: at for at, place in enumerate(places)}
    place_of = {place.pk: index[place.merged_into_id or place.pk] for place in places}
    scans = Scans(
        np.array([row.person_id for row in rows], np.int64),
        np.array([place_of[row.point_id] for row in rows], np.int32),
        np.array([int(row.at.timestamp()) for row in rows], np.int64),
        np.array([row.direction for row in rows], np.int8),
        np.array([row.entrance for row in rows], np.int16),
    )
    where = {row.id: at for at, row in enumerate(rows)}
    said = [one for one in VisitCorrection.objects.order_by("at", "id") if one.visit_id in where]
    corrections = Corrections(
        np.array([where[one.visit_id] for one in said], np.int64),
        np.array([int(one.t_in.timestamp()) for one in said], np.int64),
        np.array([int(one.t_out.timestamp()) for one in said], np.int64),
    )
    spots = [(float(p.lat or "nan"), float(p.lon or "nan")) for p in places]
    visits = reference.visits_of(
        scans,
        Points(
            np.array([place.usual_stay_minutes * 60 for place in places], np.int64),
            np.array([lat for lat, _ in spots]),
            np.array([lon for _, lon in spots]),
        ),
        corrections=corrections,
        as_of=int(as_of.timestamp()),
    )
    odd = np.zeros(len(visits), np.int64)
    for at, row in enumerate(rows):
        if visits.visit_of[at] != NONE:
            odd[visits.visit_of[at]] |= row.flags
    first = second_of(kept_days(NOW)[0])
    entrance = np.where(visits.entrance_in == NONE, visits.entrance_out, visits.entrance_in)
    columns: tuple[Any, ...] = (
        visits.person_id,
        np.array([place.pk for place in places])[visits.point] if len(visits) else [],
        visits.t_in,
        visits.t_out,
        visits.start_by,
        visits.ended_by,
        visits.doubts.astype(np.int64) | odd,
        entrance,
    )
    told = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    return sorted(row for row in told if row[2] >= first)


def named(table: pa.Table) -> list[Row]:
    """The rows of a table with persons instead of numbers."""
    person = dict(VisitNumber.objects.values_list("number", "person_id"))
    columns = (table[name].to_pylist() for name in table.column_names)
    return sorted((person[row[0]], *row[1:]) for row in zip(*columns, strict=True))


def in_files() -> list[Row]:
    """The rows of the files that the manifest names."""
    manifest = folder().manifest()
    return named(folder().visits(one.file for one in manifest.days)) if manifest else []


def began_before(rows: Sequence[Row], day: date) -> list[Row]:
    """Those that began before a day."""
    return [row for row in rows if row[2] < second_of(day)]
