"""Which written days still hold, and what else a day is made of: read in one moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from vungxanh.checkins.gateways.day_files import DayFolder
from vungxanh.checkins.gateways.day_pull import Reading
from vungxanh.checkins.rules.day_visits import PlaceTable
from vungxanh.checkins.values.day_files import (
    DAY,
    DayEntry,
    Manifest,
    days_around,
)

Int64s = NDArray[np.int64]
# Rows that a snapshot does not have: most are later than all of it, which is one comparison.
_UNSEEN: Final = """
tx >= %s AND CASE WHEN tx >= %s THEN true
    ELSE NOT pg_visible_in_snapshot(tx::text::xid8, %s::pg_snapshot) END
"""
_CHANGED_SCANS: Final = """
SELECT (at AT TIME ZONE 'UTC')::date AS day, min(received_at) FROM checkins_scan
WHERE id >= checkins_first_id(%s) AND id < checkins_first_id(%s) AND is_unseen GROUP BY day
""".replace("is_unseen", _UNSEEN)
_CHANGED_DAYS: Final = (
    "SELECT day, min(at) FROM checkins_staleday WHERE is_unseen GROUP BY day".replace(
        "is_unseen", _UNSEEN
    )
)
_CHANGED_PERSONS: Final = """
SELECT number.number, min(scan.received_at) FROM checkins_scan AS scan
JOIN checkins_visitnumber AS number USING (person_id)
WHERE number.period = %s AND number.number = ANY(%s::bigint[]) AND is_unseen
GROUP BY number.number
""".replace("is_unseen", _UNSEEN)
_COUNTS: Final = """
SELECT day::date, (SELECT count(*) FROM checkins_scan
    WHERE id >= checkins_first_id(day::date) AND id < checkins_first_id(day::date + 1))
FROM generate_series(%s::date, %s::date, interval '1 day') AS day
"""
_AT_POINTS: Final = """
SELECT DISTINCT (at AT TIME ZONE 'UTC')::date FROM checkins_scan WHERE point_id = ANY(%s::bigint[])
"""
_POINTS: Final = """
SELECT id, coalesce(merged_into_id, id), usual_stay_minutes::bigint * 60,
    coalesce(lat::float8, 'NaN'), coalesce(lon::float8, 'NaN')
FROM checkins_point ORDER BY id
"""


class Asked(Protocol):
    """Who answers small questions."""

    def rows(self, statement: str, *given: Any) -> list[tuple[Any, ...]]:
        """What a question answers."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A day whose file lacks something; `since` is when it came, where that is known."""

    day: date
    since: datetime | None


def points_of(reading: Asked) -> PlaceTable:
    """The control points as they are now."""
    columns = list(zip(*reading.rows(_POINTS), strict=True)) or [()] * len(fields(PlaceTable))
    kinds = ("i8", "i8", "i8", "f8", "f8")
    return PlaceTable(
        *(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))
    )


def counts_of(reading: Reading, days: Sequence[date]) -> dict[date, int]:
    """How many scans of each day there are, from the first of these to the last."""
    return dict(reading.rows(_COUNTS, min(days), max(days))) if days else {}


class Holding:
    """What a manifest says, held against the database in one moment."""

    def __init__(self, folder: DayFolder, manifest: Manifest | None, reading: Reading) -> None:
        self._folder, self._reading = folder, reading
        self._manifest = manifest
        self._is_known = manifest is not None and manifest.system == reading.system

    def stale(self, days: Iterable[date], period: date, *, counted: bool) -> list[Stale]:
        """Those of the days that have to be written; `counted` also counts the rows of each."""
        manifest, wanted = self._manifest, list(days)
        if manifest is None or not self._is_known or manifest.period != period:
            return [Stale(day, None) for day in wanted]
        entries = [one for one in manifest.days if one.day in set(wanted)]
        found = self._changed(entries)
        others = self._of_points(entries) + (self._miscounted(entries) if counted else [])
        found = {**dict.fromkeys(others), **found}
        whole = {one.day for one in entries if self._folder.holds(one.file, one.n_bytes)}
        return [Stale(day, found.get(day)) for day in wanted if day in found or day not in whole]

    def _changed(self, entries: Sequence[DayEntry]) -> dict[date, datetime | None]:
        """Days with rows around them that their snapshots lack, and since when."""
        found: dict[date, datetime | None] = {}
        for snapshot in {one.snapshot for one in entries}:
            own = [one for one in entries if one.snapshot == snapshot]
            unseen = _bounds(snapshot)
            around = [day for one in own for day in days_around(one.day)]
            scanned = self._reading.rows(_CHANGED_SCANS, min(around), max(around) + DAY, *unseen)
            named = self._reading.rows(_CHANGED_DAYS, *unseen)
            for entry in own:
                times = [since for day, since in scanned if day in days_around(entry.day)]
                times += [since for day, since in named if day == entry.day]
                times += self._of_persons(entry, unseen)
                if times:
                    found[entry.day] = min(times)
        return found

    def _of_persons(self, entry: DayEntry, unseen: Sequence[object]) -> list[datetime]:
        """When scans came of persons whose visits of the day hang on all of theirs."""
        if self._manifest is None or not self._folder.holds(entry.file, entry.n_bytes):
            return []
        numbers = self._folder.whole(entry.file).tolist()
        if not numbers:
            return []
        rows = self._reading.rows(_CHANGED_PERSONS, self._manifest.period, numbers, *unseen)
        return [since for _, since in rows]

    def _of_points(self, entries: Sequence[DayEntry]) -> list[date]:
        """Days around which somebody was at a point that is known otherwise now."""
        if self._manifest is None:
            return []
        if not self._folder.holds(self._manifest.points):
            return [one.day for one in entries]
        changed = _differing(self._folder.points(self._manifest.points), points_of(self._reading))
        if not len(changed):
            return []
        scanned = {day for (day,) in self._reading.rows(_AT_POINTS, changed.tolist())}
        return [one.day for one in entries if scanned & set(days_around(one.day))]

    def _miscounted(self, entries: Sequence[DayEntry]) -> list[date]:
        around = [day for one in entries for day in days_around(one.day)]
        counts = counts_of(self._reading, around)
        return [
            one.day
            for one in entries
            if one.scans != tuple(counts[day] for day in days_around(one.day))
        ]


def _bounds(snapshot: str) -> tuple[int, int, str]:
    """The first transaction that a snapshot may lack, the first that it lacks with all later."""
    least, most, _ = snapshot.split(":")
    return int(least), int(most), snapshot


def _differing(former: dict[str, NDArray[np.generic]], now: PlaceTable) -> Int64s:
    """Points that were known and are known otherwise."""
    ids = former["point_id"]
    at = np.searchsorted(now.point_id, ids)
    at[at == len(now.point_id)] = 0
    if not len(now.point_id):
        return np.asarray(ids, np.int64)
    is_other = now.point_id[at] != ids
    for name in ("place", "usual_s", "latitude", "longitude"):
        then, new = former[name], getattr(now, name)[at]
        both_unknown = (then != then) & (new != new)
        is_other |= (then != new) & ~both_unknown
    return np.asarray(ids[is_other], np.int64)
