"""Visits of one UTC day made of the scans around it; see `values/day_files` for how many days."""

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.stays import (
    NONE,
    Corrections,
    EndedBy,
    Parameters,
    Points,
    Scans,
    Visits,
    visits_of,
)

Int64s = NDArray[np.int64]
Int32s = NDArray[np.int32]
Int16s = NDArray[np.int16]
PARAMETERS: Final = Parameters()
_WAY_S: Final = 86_400
"""Nobody needs longer than 22 hours from anywhere in the country to anywhere else."""
_CLOCKS_S: Final = 600
"""An identifier may be so far from the time that the phone said: days are cut by identifiers."""

USUAL_S: Final = 3600
_FAR_APART: Final = 4
"""So many times as far as numbers are many."""


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Control points by number, ascending: the place that each is now, what is known of it.

    A point that was merged is the other one; a number that is not here keeps `USUAL_S`.
    """

    point_id: Int64s
    place: Int64s
    usual_s: Int64s
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DayScans:
    """Scans, `at` in unix seconds; `point_id` as it was scanned, the order is any."""

    person_id: Int64s
    point_id: Int64s
    at: Int64s
    direction: Int16s
    entrance: Int16s
    flags: Int16s

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Said:
    """Corrections: the row of a scan, and what is said of the visit that it belongs to."""

    scan: Int64s
    t_in: Int64s
    t_out: Int64s


@dataclass(frozen=True, slots=True)
class DayVisits:
    """Visits as they stand in files; `person_id` is still the person's own."""

    person_id: Int64s
    place_id: Int64s
    t_in: Int64s
    t_out: Int64s
    started_by: NDArray[np.int8]
    ended_by: NDArray[np.int8]
    flags: Int16s
    entrance: Int16s

    def __len__(self) -> int:
        return len(self.t_in)


@dataclass(frozen=True, slots=True)
class Part:
    """The scans of some days or persons, which visits they make, and those in columns."""

    scans: DayScans
    visits: Visits
    columns: DayVisits
    usual_s: Int64s


def part_of(
    scans: DayScans, places: PlaceTable, *, said: Said | None = None, as_of: int | None = None
) -> Part:
    """Every visit that these scans make."""
    known, row = places, _rows(places.point_id, scans.point_id)
    if (row == NONE).any():
        known = _with(places, np.unique(scans.point_id[row == NONE]))
        row = _rows(known.point_id, scans.point_id)
    place_row = _rows(known.point_id, known.place)[row]
    visits = visits_of(
        Scans(
            scans.person_id, place_row, scans.at, scans.direction.astype(np.int8), scans.entrance
        ),
        Points(known.usual_s, known.latitude, known.longitude),
        corrections=_corrections(said),
        parameters=PARAMETERS,
        as_of=as_of,
    )
    return Part(scans, visits, _columns(scans, visits, known), known.usual_s[visits.point])


def to_widen(part: Part, day: Int64s, *, edge: int, most_usual_s: int) -> Int64s:
    """Persons of whom more must be read than days up to `edge`.

    Those of the visits `day` who may still have been there then, and those who began in two places
    at once, where the place before decides in which order they were.
    """
    visits, usual = part.visits, part.usual_s
    is_assumed = visits.ended_by == EndedBy.USUAL
    last = np.where(is_assumed, visits.t_out - usual, visits.t_out)
    longest = np.maximum(PARAMETERS.longest_s, 2 * usual)
    reach = last + np.maximum(np.maximum(longest, usual + most_usual_s), _WAY_S)
    is_open = np.zeros(len(visits), bool)
    is_open[day] = reach[day] > edge - _CLOCKS_S
    at, person = part.scans.at[visits.first], visits.person_id
    is_twin = np.zeros(len(visits), bool)
    if len(visits) > 1:
        is_first = np.concatenate([[True], person[1:] != person[:-1]])
        is_twin[:-1] = is_first[:-1] & (person[1:] == person[:-1]) & (at[1:] == at[:-1])
    return np.unique(person[is_open | is_twin])


def began_in(visits: DayVisits, first: int, until: int) -> Int64s:
    """Which visits began from one second on, before another."""
    return np.flatnonzero((visits.t_in >= first) & (visits.t_in < until))


def chosen(visits: DayVisits, which: NDArray[Any]) -> DayVisits:
    """Some of the visits."""
    return DayVisits(*(getattr(visits, field.name)[which] for field in fields(DayVisits)))


def both(one: DayVisits, other: DayVisits) -> DayVisits:
    """Visits of both."""
    names = [field.name for field in fields(DayVisits)]
    return DayVisits(
        *(np.concatenate([getattr(one, name), getattr(other, name)]) for name in names)
    )


def _columns(scans: DayScans, visits: Visits, known: PlaceTable) -> DayVisits:
    entrance = np.where(visits.entrance_in == NONE, visits.entrance_out, visits.entrance_in)
    flags = visits.doubts.astype(np.int16)
    odd = np.flatnonzero((scans.flags != 0) & (visits.visit_of != NONE))
    np.bitwise_or.at(flags, visits.visit_of[odd], scans.flags[odd])
    return DayVisits(
        visits.person_id,
        known.point_id[visits.point],
        visits.t_in,
        visits.t_out,
        visits.start_by,
        visits.ended_by,
        flags,
        entrance.astype(np.int16),
    )


def _corrections(said: Said | None) -> Corrections:
    if said is None:
        nothing = np.empty(0, np.int64)
        return Corrections(nothing, nothing, nothing)
    return Corrections(said.scan, said.t_in, said.t_out)


def _with(places: PlaceTable, lacks: Int64s) -> PlaceTable:
    """With numbers of scans that no point has."""
    nowhere = np.full(len(lacks), np.nan)
    columns = (
        np.concatenate([places.point_id, lacks]),
        np.concatenate([places.place, lacks]),
        np.concatenate([places.usual_s, np.full(len(lacks), USUAL_S)]),
        np.concatenate([places.latitude, nowhere]),
        np.concatenate([places.longitude, nowhere]),
    )
    order = np.argsort(columns[0], kind="stable")
    return PlaceTable(*(column[order] for column in columns))


def _rows(ascending: Int64s, ids: Int64s) -> Int32s:
    """Where each number stands among others, `NONE` where it does not.

    Numbers of points were given one after the other: a table of all there may be is short, and
    looked up in many times as fast as numbers are searched for.
    """
    if not len(ascending):
        return np.full(len(ids), NONE, np.int32)
    least, most = int(ascending[0]), int(ascending[-1])
    if most - least > _FAR_APART * (len(ids) + len(ascending)):
        at = np.searchsorted(ascending, ids)
        at[at == len(ascending)] = 0
        return np.where(ascending[at] == ids, at, NONE).astype(np.int32)
    table = np.full(most - least + 2, NONE, np.int32)
    table[ascending - least] = np.arange(len(ascending))
    is_within = (ids >= least) & (ids <= most)
    return table[np.where(is_within, ids - least, most - least + 1)]
