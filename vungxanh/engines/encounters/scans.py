"""How long: a phone listens for some seconds every few minutes, so time is told by scans.

A *scan* of a key is all its sightings at most 25.5 s after the scan's first (one and a half times
the longest scan). What listens without pause is so cut in scans of 25.5 s, and nothing is lost. The
*previous scan* is the newest row of the whole log, whoever was heard, more than 25.5 s before a
scan begins; the first scan of a log knows none. A scan that begins at second t stands for

    min(5, floor(t / 60) - floor(previous / 60)) minutes, 2 where the previous scan is unknown,

and an exposure for the sum over its scans. `risk.windows` takes these minutes too, but joins
sightings to scans as version 2 of the framework does: a chain with gaps of at most 25.5 s is one.

Source: google/exposure-notifications-internals (commit 413b561): SightingRecordWithMetadata
(secondsSinceLastScan), ContactRecordDataStore (isSameScanCycle), ContactTracingFeature (5, 2, and
4 + 13 s); described in our own words.
"""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import numpy as np

from vungxanh.engines.encounters.types import UNKNOWN, Int64s

SCAN_S: Final = 25.5
MOST_MINUTES: Final = 5
UNKNOWN_MINUTES: Final = 2


def minutes(at: Int64s, heard_at: Int64s) -> int:
    """Whole minutes of sightings at `at` of a log with rows at `heard_at`; both ascending.

    >>> log = np.array([0, 300, 310, 600])
    >>> minutes(np.array([300, 310, 600]), log), minutes(log, log)
    (10, 12)
    """
    begins = np.fromiter(_begins(at.tolist()), np.int64)
    return int(minutes_of(begins, previous_scans(begins, heard_at)).sum())


def minutes_of(begins: Int64s, previous: Int64s) -> Int64s:
    """The minutes that each scan stands for, by its begin and that of the scan before it.

    >>> minutes_of(np.array([300, 359, 900]), np.array([0, UNKNOWN, 300])).tolist()
    [5, 2, 5]
    """
    gaps = np.minimum(begins // 60 - previous // 60, MOST_MINUTES)
    return np.where(previous == UNKNOWN, UNKNOWN_MINUTES, gaps)


def previous_scans(at: Int64s, heard_at: Int64s) -> Int64s:
    """When the phone had listened before each second of `at`, `UNKNOWN` where the log begins then.

    >>> previous_scans(np.array([300, 310, 600]), np.array([0, 300, 310, 600])).tolist()
    [0, 0, 310]
    """
    rows = np.searchsorted(heard_at, at - SCAN_S)
    return np.concatenate([[UNKNOWN], heard_at])[rows]


def _begins(at: list[int]) -> Iterator[int]:
    """When each scan begins."""
    place = 0
    while place < len(at):
        yield at[place]
        place = bisect_right(at, at[place] + SCAN_S, place)
