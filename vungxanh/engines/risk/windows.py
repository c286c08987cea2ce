"""Exposure windows of v2: half hours of one key, made of scans that last seconds.

A window begins with a sighting at least 30 minutes after the begin of the one before. Sightings at
most 25.5 s apart are one scan, also where that makes a long chain; how many minutes a scan stands
for is told in `encounters.scans`. Phones hand out windows in a random order; here they are by time.
Source: Exposure Notification framework v2, ExposureWindow and ScanInstance; KeyExposureEvaluator
of google/exposure-notifications-internals.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from vungxanh.engines.encounters.scans import SCAN_S, minutes_of
from vungxanh.engines.risk.parameters import RETURNED, KeyMapping
from vungxanh.engines.risk.sightings import ordered
from vungxanh.engines.risk.types import (
    DAY_S,
    MISSING,
    Infectiousness,
    Int64s,
    KeyFacts,
    ReportType,
    Scans,
)

WINDOW_S: Final = 1800
MINUTE_S: Final = 60


@dataclass(frozen=True, slots=True)
class ScanInstance:
    """One scan: unix seconds of its first and last sighting, and how many there were.

    `typical_db` the mean attenuation, rounded half up, `minimum_db` the least; `since_last_s` what
    it stands for, 0 to 300 s; `is_assumed` where the scan before is not known (then 120 s).
    """

    first_at: int
    last_at: int
    n_sightings: int
    typical_db: int
    minimum_db: int
    since_last_s: int
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class ExposureWindow:
    """Up to half an hour near one case."""

    starts_at: int
    report_type: ReportType
    infectiousness: Infectiousness
    scans: tuple[ScanInstance, ...]

    @property
    def day(self) -> int:
        """UTC days since 1970 of its begin."""
        return self.starts_at // DAY_S


def windows(key: KeyFacts, scans: Scans, mapping: KeyMapping) -> tuple[ExposureWindow, ...]:
    """The windows of one key, by time; none of a key that is revoked or not infectious.

    Keys of contacts of contacts (recursive) are not returned either. Raises `risk.bad_sightings`,
    `risk.unequal_columns`.
    """
    scans = ordered(scans)
    infectiousness, report_type = mapping.infectiousness_of(key), mapping.report_type_of(key)
    if infectiousness is Infectiousness.NONE or report_type not in RETURNED:
        return ()
    return tuple(
        ExposureWindow(instances[0].first_at, report_type, infectiousness, instances)
        for instances in scans_by_window(scans)
    )


def scans_by_window(scans: Scans) -> tuple[tuple[ScanInstance, ...], ...]:
    """Scans of sightings that are by time already, by window."""
    if not len(scans):
        return ()
    begins = _window_begins(scans.at)
    starts = np.flatnonzero(np.diff(scans.at) > SCAN_S) + 1
    rows = np.union1d(begins, starts)
    instances = _instances(scans, rows)
    cuts = [*np.searchsorted(rows, begins).tolist(), len(instances)]
    return tuple(instances[a:b] for a, b in pairwise(cuts))


def _window_begins(at: Int64s) -> Int64s:
    """Rows at which windows begin."""
    rows = [0]
    while rows[-1] < len(at):
        rows.append(int(np.searchsorted(at, at[rows[-1]] + WINDOW_S)))
    return np.array(rows[:-1], np.int64)


def _instances(scans: Scans, rows: Int64s) -> tuple[ScanInstance, ...]:
    counts = np.diff(rows, append=len(scans))
    sums = np.add.reduceat(scans.attenuation_db, rows)
    previous = scans.previous[rows]
    columns = (
        scans.at[rows],
        scans.at[rows + counts - 1],
        counts,
        (2 * sums + counts) // (2 * counts),
        np.minimum.reduceat(scans.attenuation_db, rows),
        MINUTE_S * minutes_of(scans.at[rows], previous),
        previous == MISSING,
    )
    return tuple(ScanInstance(*row) for row in zip(*(one.tolist() for one in columns), strict=True))
