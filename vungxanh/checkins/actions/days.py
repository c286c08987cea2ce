"""Visits to files, a UTC day each: what is not written yet, and what no longer holds."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from django.conf import settings
from django.db import connections
from psycopg import Connection

from vungxanh.checkins.actions.day_deriving import Days, Derived
from vungxanh.checkins.actions.visit_numbers import Numbers, forget_former
from vungxanh.checkins.gateways.day_files import SCHEMA, DayFolder, asked_again
from vungxanh.checkins.gateways.day_pull import Reading, reading
from vungxanh.checkins.gateways.day_state import Holding, Stale
from vungxanh.checkins.models import Scan
from vungxanh.checkins.rules.day_visits import DayVisits
from vungxanh.checkins.values import visit_refusals as refusals
from vungxanh.checkins.values.day_files import (
    DAY,
    FORMAT,
    DayEntry,
    Manifest,
    kept_days,
    period_of,
)
from vungxanh.core.progress import limits_of_the_machine

_OF_DJANGO: Final = {"context", "cursor_factory", "prepare_threshold"}
WRITTEN_WITHIN: Final = timedelta(hours=24)
Told = Callable[[date, int], None]


@dataclass(frozen=True, slots=True)
class Packed:
    """What a run did: the days that it wrote, with their rows, and how many files count now."""

    written: tuple[tuple[date, int], ...]
    n_days: int
    n_stale: int


def folder() -> DayFolder:
    """Where files of visits lie."""
    return DayFolder(Path(settings.HOME) / "visits")


def pack(*, at: datetime, only: Iterable[date] | None = None, told: Told | None = None) -> Packed:
    """Write each ended day that is not in the manifest or no longer holds; then let go of others.

    `only` some days are written, whether they hold or not; `told` hears of each with its rows.
    Whenever it ends early, the manifest before holds with all its files. Raises
    `checkins.visits_day`, `checkins.visits_disk_full`, `checkins.visits_memory_short`.
    """
    files, days = folder(), kept_days(at)
    asked = None if only is None else set(only)
    if asked and not asked <= set(days):
        raise refusals.no_such_day(days[0], days[-1])
    with _limits_of_the_machine(), files.held(), reading(connect) as now:
        return _Pack(files, now, at).run(asked, told)


def stale_days(*, at: datetime) -> list[Stale]:
    """The ended days whose visits are not as they should be in files, by day."""
    files = folder()

    def asked() -> list[Stale]:
        with reading(connect) as now:
            held = Holding(files, files.manifest(), now)
            return held.stale(kept_days(at), period_of(at.astimezone(UTC).date()), counted=True)

    return asked_again(asked)


def lost_days() -> list[date]:
    """Days whose file is gone or cut, though the manifest names it."""
    # A run that ends in between removes what the manifest named that was read: look again.
    return _lost(folder()) and _lost(folder())


def overdue_days(*, at: datetime) -> list[date]:
    """Days that should have been written again over 24 hours ago, by what is known of when.

    A day that never was written is due a day after it ended; where nobody was, nothing is due.
    """
    if not Scan.objects.exists():
        return []
    manifest = folder().manifest()
    known = {one.day for one in manifest.days} if manifest else set()
    period = period_of(at.astimezone(UTC).date())
    is_former = manifest is not None and manifest.period != period
    begun = datetime.combine(period, time(), UTC) if is_former else at
    due = []
    for one in stale_days(at=at):
        ended = datetime.combine(one.day + DAY, time(), UTC)
        since = one.since or (begun if one.day in known else ended)
        if at - since > WRITTEN_WITHIN:
            due.append(one.day)
    return due


def connect() -> "Connection[Any]":
    """A connection to the database that Django is set to, in the same role."""
    said = connections["default"].get_connection_params()
    given = {key: value for key, value in said.items() if key not in _OF_DJANGO}
    return Connection.connect(**given | {"application_name": "vungxanh visits"})


def table_of(visits: DayVisits, numbers: Numbers) -> pa.Table:
    """Visits under random numbers; those of whom nobody knows any more are left out."""
    columns = {name: getattr(visits, name) for name in SCHEMA.names}
    columns["person_id"] = numbers.of(visits.person_id)
    is_known = columns["person_id"] > 0
    # By start, end, place, number: one order, whatever was read first.
    order = np.lexsort([columns[name] for name in ("person_id", "place_id", "t_out", "t_in")])
    order = order[is_known[order]]
    return pa.table({name: column[order] for name, column in columns.items()}, schema=SCHEMA)


class _Pack:
    """One run over the folder."""

    def __init__(self, files: DayFolder, now: Reading, at: datetime) -> None:
        self._files, self._now, self._at = files, now, at
        self._period = period_of(at.astimezone(UTC).date())
        self._days = kept_days(at)
        self._former = files.manifest()
        self._is_anew = (
            self._former is None
            or self._former.period != self._period
            or self._former.system != now.system
        )

    def run(self, only: set[date] | None, told: Told | None) -> Packed:
        """Write what is stale, then the manifest, then let go of the rest."""
        held = Holding(self._files, self._former, self._now)
        stale = [one.day for one in held.stale(self._days, self._period, counted=True)]
        chosen = stale if only is None or self._is_anew else sorted(only & set(self._days))
        entries = {} if self._is_anew or self._former is None else _by_day(self._former)
        left = [day for day in stale if day not in chosen]
        points = self._former.points if self._former else ""
        if chosen or self._former is None:
            deriving, numbers = Days(self._now), Numbers(self._now, self._period)
            for day in chosen:
                entries[day] = self._written(day, deriving.derive(day), numbers)
                if told is not None:
                    told(day, entries[day].rows)
            if not left:
                points = self._files.write_points(_columns(deriving)).name
        kept = tuple(entries[day] for day in self._days if day in entries)
        self._files.settle(Manifest(FORMAT, self._period, self._now.system, points, kept))
        forget_former(period=self._period)
        written = tuple((day, entries[day].rows) for day in chosen)
        return Packed(written, len(kept), len(left))

    def _written(self, day: date, derived: Derived, numbers: Numbers) -> DayEntry:
        table = table_of(derived.visits, numbers)
        whole = numbers.of(derived.whole)
        file = self._files.write_visits(day, table, whole[whole > 0])
        t_in, t_out = (table[name].to_numpy() for name in ("t_in", "t_out"))
        return DayEntry(
            day=day,
            file=file.name,
            sha256=file.sha256,
            n_bytes=file.n_bytes,
            rows=table.num_rows,
            scans=derived.scans,
            snapshot=self._now.snapshot,
            least=int(t_in[0]) if len(t_in) else 0,
            greatest=int(t_in[-1]) if len(t_in) else 0,
            settled=max(derived.latest, int(t_out.max(initial=0))),
            written_at=self._at.astimezone(UTC),
        )


def _limits_of_the_machine() -> AbstractContextManager[None]:
    return limits_of_the_machine(refusals.visits_memory_short, refusals.visits_disk_full)


def _lost(files: DayFolder) -> list[date]:
    manifest = files.manifest()
    entries = manifest.days if manifest else ()
    return [one.day for one in entries if not files.holds(one.file, one.n_bytes)]


def _by_day(manifest: Manifest) -> dict[date, DayEntry]:
    return {one.day: one for one in manifest.days}


def _columns(deriving: Days) -> dict[str, Any]:
    points = deriving.points
    names = ("point_id", "place", "usual_s", "latitude", "longitude")
    return {name: getattr(points, name) for name in names}
