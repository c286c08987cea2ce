"""The visits that began on a UTC day, of the scans around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from vungxanh.checkins.gateways.day_pull import Reading, joined
from vungxanh.checkins.gateways.day_state import points_of
from vungxanh.checkins.rules.day_visits import (
    DayScans,
    DayVisits,
    Said,
    began_in,
    both,
    chosen,
    part_of,
    to_widen,
)
from vungxanh.checkins.values.day_files import DAY, DAYS_AFTER, days_around, second_of

Int64s = NDArray[np.int64]
_SAID: Final = """
SELECT said.visit_id, extract(epoch FROM said.t_in)::bigint, extract(epoch FROM said.t_out)::bigint,
    scan.person_id, scan.point_id, floor(extract(epoch FROM scan.at))::bigint, scan.direction,
    scan.entrance
FROM checkins_visitcorrection AS said JOIN checkins_scan AS scan ON scan.id = said.visit_id
ORDER BY said.at, said.id
"""


@dataclass(frozen=True, slots=True)
class Derived:
    """A day's visits in any order, of persons; `whole` are persons of whom everything was read.

    `scans` are the rows of each day that was read, `latest` the last scan's second.
    """

    visits: DayVisits
    whole: Int64s
    scans: tuple[int, ...]
    latest: int


@dataclass(frozen=True, slots=True)
class _Words:
    """A correction, and the scan that its visit has."""

    visit_id: UUID
    t_in: int
    t_out: int
    person: int
    scan: tuple[int, ...]


class Days:
    """Derives days in one moment; those that follow each other share what was read."""

    def __init__(self, reading: Reading, as_of: int | None = None) -> None:
        self._reading, self._as_of = reading, as_of
        self.points = points_of(reading)
        self._most_usual = int(self.points.usual_s.max(initial=0))
        self._said = [
            _Words(visit_id, t_in, t_out, scan[0], tuple(scan))
            for visit_id, t_in, t_out, *scan in reading.rows(_SAID)
        ]
        self._read: dict[date, DayScans] = {}

    def derive(self, day: date) -> Derived:
        """The visits that began on a day."""
        around = days_around(day)
        self._read = {one: scans for one, scans in self._read.items() if one in around}
        for one in around:
            if one not in self._read:
                self._read[one] = self._reading.scans(one)
        scans = joined([self._read[one] for one in around])
        first, until = second_of(day), second_of(day + DAY)
        part = part_of(scans, self.points, as_of=self._as_of)
        own = began_in(part.columns, first, until)
        edge = second_of(day + DAY * (DAYS_AFTER + 1))
        widened = to_widen(part, own, edge=edge, most_usual_s=self._most_usual)
        whole = np.union1d(widened, self._corrected(scans, first, until))
        visits, latest = chosen(part.columns, own), scans.at.max(initial=0)
        if len(whole):
            visits = chosen(visits, np.flatnonzero(~np.isin(visits.person_id, whole)))
            every, last = self._of_whole(whole.tolist())
            visits = both(visits, chosen(every, began_in(every, first, until)))
            latest = max(latest, last)
        counts = tuple(len(self._read[one]) for one in around)
        return Derived(visits, whole, counts, int(latest))

    def _corrected(self, scans: DayScans, first: int, until: int) -> Int64s:
        """Of whom a visit is corrected, if they scanned around the day or a word puts them here."""
        if not self._said:
            return np.empty(0, np.int64)
        persons = np.array(sorted({one.person for one in self._said}), np.int64)
        at = np.searchsorted(persons, scans.person_id)
        at[at == len(persons)] = 0
        scanned = np.unique(at[persons[at] == scans.person_id])
        here = {one.person for one in self._said if first <= one.t_in < until}
        return np.union1d(persons[scanned], np.array(sorted(here), np.int64))

    def _of_whole(self, persons: Sequence[int]) -> tuple[DayVisits, int]:
        """All visits of some persons, and their last scan."""
        scans = self._reading.scans_of(persons)
        wanted = set(persons)
        said = [one for one in self._said if one.person in wanted]
        rows = _rows_of(scans, said)
        words = Said(
            np.array([row for row in rows if row >= 0], np.int64),
            *(
                np.array([at for at, row in zip(column, rows, strict=True) if row >= 0], np.int64)
                for column in ([one.t_in for one in said], [one.t_out for one in said])
            ),
        )
        part = part_of(scans, self.points, said=words, as_of=self._as_of)
        return part.columns, int(scans.at.max(initial=0))


def _rows_of(scans: DayScans, said: Sequence[_Words]) -> list[int]:
    """Where the scan of each correction stands; alike ones are of one visit."""
    if not said:
        return []
    which = np.flatnonzero(np.isin(scans.person_id, [one.person for one in said]))
    columns = (scans.person_id, scans.point_id, scans.at, scans.direction, scans.entrance)
    found = zip(*(column[which].tolist() for column in columns), which.tolist(), strict=True)
    place = {tuple(row[:5]): row[5] for row in found}
    return [place.get(one.scan, -1) for one in said]
