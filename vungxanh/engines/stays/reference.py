"""Stays one person at a time: slow, and obviously what the definition says.

The definition stands in README.md. `core` must give the same visits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import cos, isnan, radians, sin

import numpy as np

from vungxanh.engines.stays.types import (
    DAY_S,
    EARTH_M,
    IN,
    LOCAL_S,
    NONE,
    OUT,
    Corrections,
    Doubt,
    EndedBy,
    Parameters,
    Points,
    Scans,
    StartedBy,
    Visits,
)

Spot = tuple[int, int, int]  # metres from the middle of the Earth


@dataclass(frozen=True, slots=True)
class _Scan:
    """One scan; `row` is its place among all."""

    row: int
    point: int
    at: int
    direction: int
    entrance: int


@dataclass(slots=True)
class _Stay:
    """Scans that belong together, in order; `said` is what a correction says instead.

    `inside` are other scans at the place in the time that was said.
    """

    point: int
    scans: list[_Scan]
    said: tuple[int, int] | None = None
    inside: list[_Scan] = field(default_factory=list)
    t_in: int = 0
    t_out: int = 0
    start_by: StartedBy = StartedBy.SCANNED
    ended_by: EndedBy = EndedBy.SCANNED
    doubts: Doubt = field(default_factory=lambda: Doubt(0))

    @property
    def begins(self) -> int:
        """The first moment at which they are known to have been there."""
        return self.said[0] if self.said else self.scans[0].at

    @property
    def last(self) -> int:
        """The last such moment."""
        return self.said[1] if self.said else self.scans[-1].at

    @property
    def own(self) -> list[_Scan]:
        """The scans that say where they were."""
        return self.inside if self.said else self.scans

    @property
    def is_open(self) -> bool:
        """Whether nobody knows when they left."""
        return not self.said and self.scans[-1].direction == IN

    @property
    def lacks_in(self) -> bool:
        """Whether nobody knows when they came."""
        return not self.said and self.scans[0].direction == OUT


def visits_of(
    scans: Scans,
    points: Points,
    *,
    corrections: Corrections | None = None,
    parameters: Parameters | None = None,
    as_of: int | None = None,
) -> Visits:
    """The visits that scans mean; see README.md."""
    walk = _Walk(points, parameters or Parameters(), as_of)
    said = _said(corrections)
    rows: list[tuple[int, _Stay]] = []
    for person in sorted(set(scans.person_id.tolist())):
        own = _scans_of(person, scans, as_of)
        rows += [(person, stay) for stay in walk.stays_of(own, said)]
    return _columns(rows, len(scans))


def _said(corrections: Corrections | None) -> dict[int, tuple[int, int, int]]:
    """What is said by the row of a scan: its number, from, until."""
    if corrections is None:
        return {}
    columns = (corrections.scan.tolist(), corrections.t_in.tolist(), corrections.t_out.tolist())
    return {row: (n, start, end) for n, (row, start, end) in enumerate(zip(*columns, strict=True))}


def _scans_of(person: int, scans: Scans, as_of: int | None) -> list[_Scan]:
    found = []
    for row, who in enumerate(scans.person_id.tolist()):
        if who == person and (as_of is None or scans.at[row] <= as_of):
            what = (scans.point[row], scans.at[row], scans.direction[row], scans.entrance[row])
            found.append(_Scan(row, *map(int, what)))
    return found


class _Walk:
    """The rules over the scans of one person."""

    def __init__(self, points: Points, parameters: Parameters, as_of: int | None) -> None:
        self._usual: list[int] = points.usual_s.tolist()
        self._spots = _spots(points)
        self._rules = parameters
        self._as_of = as_of

    def stays_of(
        self, scans: Sequence[_Scan], said: dict[int, tuple[int, int, int]]
    ) -> list[_Stay]:
        """The visits of one person, in order."""
        stays = self._gathered(scans, [])
        fixed = []
        for stay in stays:
            words = [said[scan.row] for scan in stay.scans if scan.row in said]
            if words:
                _, start, end = max(words)
                fixed.append(_Stay(stay.point, stay.scans, said=(start, end)))
        if fixed:
            taken = {scan.row for stay in fixed for scan in stay.scans}
            stays = self._gathered([scan for scan in scans if scan.row not in taken], fixed)
        for before, stay, after in zip([None, *stays], stays, [*stays[1:], None], strict=False):
            stay.t_out, stay.ended_by = self._end(stay, after)
            stay.t_in, stay.start_by = self._start(stay, before)
        self._doubt(stays)
        return stays

    def _gathered(self, scans: Iterable[_Scan], fixed: Sequence[_Stay]) -> list[_Stay]:
        """Scans that belong together, among visits that are fixed."""
        stays: list[_Stay] = []
        moments = {scan.at for scan in scans} | {stay.begins for stay in fixed}
        for at in sorted(moments):
            now = [stay for stay in fixed if stay.begins == at]
            stays += sorted(now, key=lambda stay: (stay.point, stay.last))
            here = stays[-1].point if stays else None
            for scan in sorted(
                (scan for scan in scans if scan.at == at),
                key=lambda one: (one.point != here, one.point, one.direction, one.entrance),
            ):
                if stays and self._belongs(scan, stays[-1]):
                    stays[-1].own.append(scan)
                else:
                    stays.append(_Stay(scan.point, [scan]))
        return stays

    def _belongs(self, scan: _Scan, stay: _Stay) -> bool:
        if scan.point != stay.point:
            return False
        if stay.said:
            return scan.at <= stay.last
        gap = scan.at - stay.last
        if not stay.is_open:
            return scan.direction == OUT and gap <= self._rules.same_s
        if scan.direction == OUT:
            return gap <= self._longest(stay.point)
        return gap <= self._rules.same_s or scan.at <= self._assumed_end(stay)[0]

    def _longest(self, point: int) -> int:
        return max(self._rules.longest_s, 2 * self._usual[point])

    def _is_overnight(self, point: int) -> bool:
        return self._usual[point] >= self._rules.overnight_s

    def _assumed_end(self, stay: _Stay) -> tuple[int, EndedBy]:
        usual = stay.last + self._usual[stay.point]
        midnight = _midnight(stay.last) + DAY_S
        if usual <= midnight or self._is_overnight(stay.point):
            return usual, EndedBy.USUAL
        return midnight, EndedBy.MIDNIGHT

    def _assumed_start(self, stay: _Stay) -> int:
        usual = stay.begins - self._usual[stay.point]
        if self._is_overnight(stay.point):
            return usual
        return max(usual, _midnight(stay.begins))

    def _end(self, stay: _Stay, after: _Stay | None) -> tuple[int, EndedBy]:
        if stay.said:
            return stay.last, EndedBy.CORRECTED
        if not stay.is_open:
            return stay.last, EndedBy.SCANNED
        end, why = self._assumed_end(stay)
        if self._as_of is not None:
            end = min(end, self._as_of)
        if after is None:
            return end, why
        if not after.lacks_in:
            return (after.begins, EndedBy.NEXT) if after.begins <= end else (end, why)
        start = max(self._assumed_start(after), stay.last)
        if end <= start or after.point == stay.point:
            return end, why
        return (start + min(end, after.begins)) // 2, EndedBy.NEXT

    def _start(self, stay: _Stay, before: _Stay | None) -> tuple[int, StartedBy]:
        if stay.said:
            return stay.begins, StartedBy.CORRECTED
        if not stay.lacks_in:
            return stay.begins, StartedBy.SCANNED
        start = self._assumed_start(stay)
        if before:
            start = min(max(start, before.t_out), stay.begins)
        return start, StartedBy.ASSUMED

    def _doubt(self, stays: Sequence[_Stay]) -> None:
        located: _Stay | None = None
        for stay in stays:
            if stay.start_by == StartedBy.ASSUMED:
                stay.doubts |= Doubt.OUT_WITHOUT_IN
            if stay.t_out - stay.t_in > self._longest(stay.point):
                stay.doubts |= Doubt.LONG_STAY
            if self._spots[stay.point] is None:
                continue
            if located and self._is_too_fast(located, stay):
                located.doubts |= Doubt.TOO_FAR_TOO_FAST
                stay.doubts |= Doubt.TOO_FAR_TOO_FAST
            located = stay
        for one, other in combinations(stays, 2):
            if _share_time(one, other):
                one.doubts |= Doubt.SAME_TIME_ELSEWHERE
                other.doubts |= Doubt.SAME_TIME_ELSEWHERE

    def _is_too_fast(self, one: _Stay, other: _Stay) -> bool:
        here, there = self._spots[one.point], self._spots[other.point]
        if here is None or there is None or one.point == other.point:
            return False
        metres = sum((a - b) ** 2 for a, b in zip(here, there, strict=True)) ** 0.5
        seconds = max(other.begins - one.last, 0)
        return bool(metres > self._rules.far_m and metres * 3.6 > self._rules.fastest_kmh * seconds)


def _midnight(at: int) -> int:
    """The midnight at which the local day of a moment began."""
    return (at + LOCAL_S) // DAY_S * DAY_S - LOCAL_S


def _spots(points: Points) -> list[Spot | None]:
    if points.latitude is None or points.longitude is None:
        return [None] * len(points)
    return [
        None if isnan(latitude) or isnan(longitude) else _spot(latitude, longitude)
        for latitude, longitude in zip(
            points.latitude.tolist(), points.longitude.tolist(), strict=True
        )
    ]


def _spot(latitude: float, longitude: float) -> Spot:
    north, east = radians(latitude), radians(longitude)
    axes = (cos(north) * cos(east), cos(north) * sin(east), sin(north))
    return (round(EARTH_M * axes[0]), round(EARTH_M * axes[1]), round(EARTH_M * axes[2]))


def _share_time(one: _Stay, other: _Stay) -> bool:
    """Whether two visits overlap, or two of their scans say so."""
    if one.t_in < other.t_out and other.t_in < one.t_out:
        return True
    marks = [{(scan.at, scan.direction) for scan in stay.own} for stay in (one, other)]
    return one.point != other.point and bool(marks[0] & marks[1])


def _columns(rows: Sequence[tuple[int, _Stay]], n_scans: int) -> Visits:
    visit_of = np.full(n_scans, NONE, np.int64)
    for at, (_, stay) in enumerate(rows):
        visit_of[[scan.row for scan in (*stay.scans, *stay.inside)]] = at
    stays = [stay for _, stay in rows]
    firsts = [stay.scans[0] for stay in stays]
    lasts = [stay.scans[-1] for stay in stays]
    entrances = (
        [scan.entrance if scan.direction == IN else NONE for scan in firsts],
        [scan.entrance if scan.direction == OUT else NONE for scan in lasts],
    )
    return Visits(
        person_id=np.array([person for person, _ in rows], np.int64),
        point=np.array([stay.point for stay in stays], np.int32),
        t_in=np.array([stay.t_in for stay in stays], np.int64),
        t_out=np.array([stay.t_out for stay in stays], np.int64),
        start_by=np.array([stay.start_by for stay in stays], np.int8),
        ended_by=np.array([stay.ended_by for stay in stays], np.int8),
        doubts=np.array([stay.doubts for stay in stays], np.uint8),
        entrance_in=np.array(entrances[0], np.int16),
        entrance_out=np.array(entrances[1], np.int16),
        first=np.array([scan.row for scan in firsts], np.int64),
        visit_of=visit_of,
    )
