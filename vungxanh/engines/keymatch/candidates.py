"""From identifiers that the filters know to those that were seen."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.keymatch.types import Hits, Int64s, KeyColumns, UInt8s

UInt64s = NDArray[np.uint64]


class Seen(NamedTuple):
    """Identifiers in the order of their two halves (uint64, little endian), and their rows."""

    low: UInt64s
    high: UInt64s
    row: Int64s


def seen_of(ids: UInt8s) -> Seen:
    """`ids`, uint8 (m, 16), in order."""
    halves = ids.view("<u8")
    order = np.lexsort((halves[:, 1], halves[:, 0]))
    return Seen(halves[order, 0], halves[order, 1], order.astype(np.int64))


def confirmed(keys: KeyColumns, seen: Seen, candidates: UInt64s) -> Hits:
    """The candidates whose every byte was seen, within the period of their key; in order.

    `candidates` uint64 (c, 3): 256 × row of the key + interval, and the identifier's halves.
    """
    first = np.searchsorted(seen.low, candidates[:, 1], "left")
    n = np.searchsorted(seen.low, candidates[:, 1], "right") - first
    candidate = np.repeat(np.arange(len(candidates)), n)
    within = np.arange(candidate.size) - np.repeat(np.cumsum(n) - n, n)
    at = np.repeat(first, n) + within
    named = candidates[candidate, 0].astype(np.int64)
    key, offset, row = named >> 8, named & 255, seen.row[at]
    is_hit = (seen.high[at] == candidates[candidate, 2]) & (offset < keys.periods[key])
    return _in_order(Hits(key[is_hit], offset[is_hit], row[is_hit]))


def _in_order(hits: Hits) -> Hits:
    order = np.lexsort((hits.id, hits.offset, hits.key))
    return Hits(*(column[order] for column in hits))
