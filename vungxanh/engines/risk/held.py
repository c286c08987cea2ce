"""Time as v1 counts it: runs of sightings, each reading holding until the next.

A run ends where more than ten minutes pass without a sighting. The first and the last reading hold
150 s more, half of what usually lies between two scans. Of several readings in one second the
strongest counts. Source: Exposure Notification framework v1; KeyExposureEvaluator of
google/exposure-notifications-internals.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from vungxanh.engines.risk.sightings import ordered
from vungxanh.engines.risk.types import Int64s, Scans

LONGEST_GAP_S: Final = 600
MARGIN_S: Final = 150


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Readings that hold, by time, int64 (n) each, and the rows (r) at which runs begin.

    `at` unix seconds, each once in a run; `attenuation_db` 0 to 255; `holds_s` seconds, from 0.
    """

    at: Int64s
    attenuation_db: Int64s
    holds_s: Int64s
    begins: Int64s

    @property
    def ends(self) -> Int64s:
        """The rows of the last readings of runs."""
        return np.append(self.begins[1:], len(self.at))[: len(self.begins)] - 1

    def summed(self, values: Int64s) -> Int64s:
        """A sum a run, int64 (r)."""
        return np.add.reduceat(values, self.begins) if len(self.begins) else values[:0]


def held(scans: Scans) -> Held:
    """How long each reading holds. Raises `risk.bad_sightings`, `risk.unequal_columns`."""
    scans = ordered(scans)
    at, first = np.unique(scans.at, return_index=True)  # the strongest of a second stands first
    gaps = np.diff(at, append=at[-1:])
    is_last = np.diff(at, append=at[-1:] + LONGEST_GAP_S + 1) > LONGEST_GAP_S
    begins = np.flatnonzero(np.append(True, is_last[:-1])) if len(at) else np.empty(0, np.int64)
    holds = np.where(is_last, MARGIN_S, gaps)
    holds[begins] += MARGIN_S
    return Held(at, scans.attenuation_db[first], holds, begins.astype(np.int64))
