"""Who is inside a place now, by the rules of stays; assumed ends count as gone."""

import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np

from vungxanh.checkins.models import Point, Scan, VisitCorrection
from vungxanh.checkins.queries.inside_table import (
    Place,
    Seen,
    last_scans,
    last_scans_of,
    place_of,
)
from vungxanh.checkins.rules.inside import is_inside
from vungxanh.checkins.values.inside import Inside
from vungxanh.engines.stays import Corrections, Points, Scans, reference

KEPT_FOR: Final = timedelta(seconds=3)
"""How long a count is told again, so that sixteen doors ask as often as one."""
_STILL_GOOD_FOR: Final = timedelta(seconds=30)
"""Meanwhile others are told what was, while one counts anew."""
_LOOKED_BACK: Final = timedelta(days=3)
_MOST_KEPT: Final = 500


@dataclass(frozen=True, slots=True)
class _Kept:
    """Who was inside at a moment, each with the device that read them last."""

    persons: Mapping[int, bytes]
    as_of: datetime

    @property
    def told(self) -> Inside:
        """As it is told."""
        return Inside(len(self.persons), len(set(self.persons.values())), self.as_of)


_kept: dict[int, _Kept] = {}
_counting: set[int] = set()
_lock = threading.Lock()


def inside_now(point_id: int, at: datetime, *, is_fresh: bool = False) -> Inside:
    """How many are inside a point; counted anew after a few seconds, or where asked for fresh."""
    return (_keep(point_id, at) if is_fresh else _current(point_id, at)).told


def inside_after(point_id: int, scans: Collection[UUID], at: datetime) -> Inside:
    """The same once some scans came, of whose persons alone it is asked where they are now."""
    known = _current(point_id, at)
    if not scans:
        return known.told
    place, second = place_of(point_id), int(at.timestamp())
    found = last_scans_of(scans, place, second)
    here = {person: seen.last.device for person, seen in _inside(found, place, second).items()}
    with _lock:
        newest = _kept.get(point_id, known)
        others = {one: by for one, by in newest.persons.items() if one not in found}
        _kept[point_id] = changed = replace(newest, persons=others | here)
    return changed.told


def persons_inside(point_id: int, at: datetime) -> list[int]:
    """Who they are, by number, ascending; never told again from before."""
    return sorted(_seen_inside(point_id, at))


def _current(point_id: int, at: datetime) -> _Kept:
    """What was counted lately; one at a time counts anew, whom the others do not wait for."""
    known = _kept.get(point_id)
    age = at - known.as_of if known else None
    if known is None or age is None or not timedelta() <= age < _STILL_GOOD_FOR:
        return _keep(point_id, at)
    if age < KEPT_FOR or point_id in _counting:
        return known
    _counting.add(point_id)
    try:
        return _keep(point_id, at)
    finally:
        _counting.discard(point_id)


def _keep(point_id: int, at: datetime) -> _Kept:
    found = _seen_inside(point_id, at)
    counted = _Kept({person: seen.last.device for person, seen in found.items()}, at)
    with _lock:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[point_id] = counted
    return counted


def _seen_inside(point_id: int, at: datetime) -> dict[int, Seen]:
    place, second = place_of(point_id), int(at.timestamp())
    return _inside(last_scans(place, second), place, second)


def _inside(found: Mapping[int, Seen], place: Place, second: int) -> dict[int, Seen]:
    plain = {
        person: seen
        for person, seen in found.items()
        if not seen.is_odd and is_inside(seen.last, place.id, usual_s=place.usual_s, at=second)
    }
    odd = {person for person, seen in found.items() if seen.is_odd}
    return plain | {person: found[person] for person in _odd_inside(place, odd, second)}


def _odd_inside(place: Place, persons: Collection[int], second: int) -> set[int]:
    """Those of whom two scans are of one second, or a visit was corrected: walked whole."""
    if not persons:
        return set()
    until = datetime.fromtimestamp(second + 1, UTC)
    rows = Scan.objects.filter(person_id__in=persons, at__lt=until, at__gte=until - _LOOKED_BACK)
    scans = list(rows.order_by("id"))
    known = _places({one.point_id for one in scans} | {place.id})
    row = {number: n for n, number in enumerate(sorted({now for now, _ in known.values()}))}
    usual = {row[now]: usual_s for now, usual_s in known.values()}
    visits = reference.visits_of(
        _scans(scans, {one: row[known[one][0]] for one in known}),
        Points(np.array([usual[n] for n in range(len(usual))], np.int64)),
        corrections=_said(scans),
    )
    is_here = (visits.t_in <= second) & (second < visits.t_out)
    return set(visits.person_id[is_here & (visits.point == row[place.id])].tolist())


def _places(points: Collection[int]) -> dict[int, tuple[int, int]]:
    """The place that each point is now, and how long people usually stay there."""
    usual = ("usual_stay_minutes", "merged_into__usual_stay_minutes")
    rows = Point.objects.filter(pk__in=points).order_by()
    found = {
        point: (into or point, 60 * (minutes if into is None else minutes_there))
        for point, into, minutes, minutes_there in rows.values_list("id", "merged_into_id", *usual)
    }
    return {point: found.get(point, (point, 3600)) for point in points}


def _scans(scans: Sequence[Scan], row: Mapping[int, int]) -> Scans:
    return Scans(
        np.array([one.person_id for one in scans], np.int64),
        np.array([row[one.point_id] for one in scans], np.int32),
        np.array([int(one.at.timestamp()) for one in scans], np.int64),
        np.array([one.direction for one in scans], np.int8),
        np.array([one.entrance for one in scans], np.int16),
    )


def _said(scans: Sequence[Scan]) -> Corrections:
    row = {one.id: n for n, one in enumerate(scans)}
    said = VisitCorrection.objects.filter(visit_id__in=row).order_by("at", "id")
    told = [(row[one.visit_id], one.t_in, one.t_out) for one in said]
    return Corrections(
        np.array([n for n, _, _ in told], np.int64),
        np.array([int(t_in.timestamp()) for _, t_in, _ in told], np.int64),
        np.array([int(t_out.timestamp()) for _, _, t_out in told], np.int64),
    )
