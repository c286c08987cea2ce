"""The visits of one person on one day, made of their scans by the rules of stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np

from vungxanh.checkins.models import Point, Scan, VisitCorrection
from vungxanh.checkins.values.own_visits import Known, OwnVisit
from vungxanh.checkins.values.scans import Direction, Means
from vungxanh.core.clock import TZ, day_start
from vungxanh.engines.stays import Corrections, EndedBy, Points, Scans, StartedBy, Visits
from vungxanh.engines.stays.reference import visits_of

_LOOKED_BACK: Final = timedelta(days=2)
"""The longest usual stay of a point: nobody is still inside by an older scan."""
_STARTED: Final = {
    StartedBy.SCANNED: Known.SCANNED,
    StartedBy.ASSUMED: Known.ESTIMATED,
    StartedBy.CORRECTED: Known.CORRECTED,
}


@dataclass(frozen=True, slots=True)
class _Scan:
    id: UUID
    point_id: int
    at: int
    direction: int
    entrance: int
    means: int


def visits_of_today(person_id: int, at: datetime) -> tuple[OwnVisit, ...]:
    """Visits of today, by when they began, those that go on since yesterday too; three queries."""
    scans = _scans(person_id, at)
    if not scans:
        return ()
    points = _points({one.point_id for one in scans})
    scans = [one for one in scans if one.point_id in points]
    order = sorted({point.pk for point in points.values()})
    place = {point_id: order.index(point.pk) for point_id, point in points.items()}
    usual = {point.pk: point.usual_stay_minutes * 60 for point in points.values()}
    found = visits_of(
        _columns(person_id, scans, place),
        Points(np.array([usual[pk] for pk in order], np.int64)),
        corrections=_said(person_id, scans),
        as_of=int(at.timestamp()),
    )
    rows = {point.pk: point for point in points.values()}
    told = _Told(scans, [rows[pk] for pk in order], place)
    midnight = day_start(at.astimezone(TZ).date()).timestamp()
    return tuple(
        told.visit(found, row, at) for row in range(len(found)) if found.t_out[row] >= midnight
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is needed to say a visit in words."""

    scans: Sequence[_Scan]
    points: Sequence[Point]
    place: Mapping[int, int]

    def visit(self, found: Visits, row: int, at: datetime) -> OwnVisit:
        """One visit of those found; whose end is only assumed, and not yet over, is still there."""
        point = self.points[int(found.point[row])]
        ended_by = EndedBy(int(found.ended_by[row]))
        t_out = int(found.t_out[row])
        is_assumed = ended_by in {EndedBy.USUAL, EndedBy.MIDNIGHT}
        is_inside = is_assumed and t_out >= int(at.timestamp())
        return OwnVisit(
            code=point.code,
            name=point.name,
            t_in=datetime.fromtimestamp(int(found.t_in[row]), UTC),
            t_out=None if is_inside else datetime.fromtimestamp(t_out, UTC),
            came_by=_STARTED[StartedBy(int(found.start_by[row]))],
            left_by=self._left_by(ended_by, int(found.point[row]), t_out),
        )

    def _left_by(self, ended_by: EndedBy, place: int, t_out: int) -> Known:
        if ended_by is EndedBy.CORRECTED:
            return Known.CORRECTED
        if ended_by is not EndedBy.SCANNED:
            return Known.ESTIMATED
        means = {
            one.means
            for one in self.scans
            if one.at == t_out
            and self.place[one.point_id] == place
            and one.direction == Direction.OUT
        }
        return Known.KEEPER if means == {int(Means.KEEPER)} else Known.SCANNED


def _scans(person_id: int, at: datetime) -> list[_Scan]:
    rows = Scan.objects.filter(person_id=person_id, at__gt=at - _LOOKED_BACK, at__lte=at)
    columns = rows.order_by("id").values_list(
        "id", "point_id", "at", "direction", "entrance", "means"
    )
    return [
        _Scan(scan, point, int(when.timestamp()), way, entrance, means)
        for scan, point, when, way, entrance, means in columns
    ]


def _points(ids: set[int]) -> dict[int, Point]:
    """The point that each number means now: itself, or the one it was merged into."""
    unshown = ("words", "contact_name", "contact_phone")
    rows = Point.objects.filter(pk__in=ids).select_related("merged_into")
    kept = rows.defer(*unshown, *(f"merged_into__{one}" for one in unshown))
    return {row.pk: row.merged_into or row for row in kept}


def _columns(person_id: int, scans: Sequence[_Scan], place: Mapping[int, int]) -> Scans:
    return Scans(
        np.full(len(scans), person_id, np.int64),
        np.array([place[one.point_id] for one in scans], np.int32),
        np.array([one.at for one in scans], np.int64),
        np.array([one.direction for one in scans], np.int8),
        np.array([one.entrance for one in scans], np.int16),
    )


def _said(person_id: int, scans: Sequence[_Scan]) -> Corrections:
    row = {one.id: at for at, one in enumerate(scans)}
    said = VisitCorrection.objects.filter(person_id=person_id, visit_id__in=row).order_by(
        "at", "id"
    )
    told = [(row[one.visit_id], one.t_in, one.t_out) for one in said]
    columns = list(zip(*told, strict=True)) or [(), (), ()]
    return Corrections(
        np.array(columns[0], np.int64),
        *(np.array([int(when.timestamp()) for when in one], np.int64) for one in columns[1:]),
    )
