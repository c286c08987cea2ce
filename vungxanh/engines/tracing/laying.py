"""The compiled loops that lay visits out; called by `staging` and `store`, which check what enters.

What a word is, stands in `kernel`.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing.compiling import compiled
from vungxanh.engines.tracing.kernel import (
    LONG,
    LONG_S,
    NO_END,
    STAY_BITS,
    Int32s,
    Int64s,
)

Integers = NDArray[np.int32] | NDArray[np.int64]
Stays = NDArray[np.uint16]

SPAN: Final = 2**30  # seconds after the base that a time may be
_MISSING: Final = np.iinfo(np.int64).min


class Staged(NamedTuple):
    """Visits in the order they came: int32 codes, int32 seconds after the base, uint16 stay."""

    person: Int32s
    place: Int32s
    t_in: Int32s
    stay: Stays


class Keyed(NamedTuple):
    """The same seen from one side: the key to sort by, and its partner."""

    key: Int32s
    partner: Int32s
    t_in: Int32s
    stay: Stays


class Buckets(NamedTuple):
    """Words int64 (n) and their keys int32 (n) in buckets of neighbouring keys.

    A bucket is the key shifted right by `shift`; it begins at `begins`, int64 (n_buckets + 1).
    """

    begins: Int64s
    shift: int
    words: Int64s
    keys: Int32s


class Table(NamedTuple):
    """An open table of a power of two: ids int64 and their codes int32, -1 where there is none."""

    keys: Int64s
    values: Int32s


@compiled
def staged_times(times: tuple[Integers, Integers], base: int, to: Staged) -> tuple[bool, bool]:
    """Write starts and stays of t_in and t_out; (whether all fit the store, whether they ascend).

    Plain loops without a way out, of which the compiler makes work on many rows at once. Times
    must have passed `checked_visits`.
    """
    t_in, t_out = times
    n_far = n_earlier = np.int64(0)
    for row in range(t_in.size):
        start, end = np.int64(t_in[row]), np.int64(t_out[row])
        is_known = end != _MISSING
        latest = max(start, end) - base
        n_far += (start < base) | (latest >= SPAN)
        to.t_in[row] = start - base
        stay = end - start
        to.stay[row] = (stay if stay <= LONG_S else LONG) if is_known else NO_END
    for row in range(1, t_in.size):
        n_earlier += t_in[row] < t_in[row - 1]
    return n_far == 0, n_earlier == 0


@compiled
def coded_in_range(ids: Integers, codes: Int32s, span: tuple[int, int]) -> int:
    """Codes of ids from `span[0]` on, `span[1]` of them; the first row outside, or -1."""
    least, n = span
    for row in range(ids.size):
        id_ = np.int64(ids[row])
        if id_ < least or id_ - least >= n:
            return row
        codes[row] = id_ - least
    return -1


@compiled
def slot_of(id_: np.int64, table: Table) -> np.int64:
    """Where an id stands or would stand."""
    mask = np.uint64(table.keys.size - 1)
    mixed = np.uint64(id_) * np.uint64(0x9E3779B97F4A7C15)
    slot = (mixed ^ (mixed >> np.uint64(29))) & mask
    while table.values[slot] >= 0 and table.keys[slot] != id_:
        slot = (slot + np.uint64(1)) & mask
    return np.int64(slot)


@compiled
def coded_by_arrival(ids: Integers, codes: Int32s, known: tuple[Table, int]) -> int:
    """Codes in the order in which ids first come; how many are known afterwards.

    The table must have room for twice what may be known.
    """
    table, n = known
    for row in range(ids.size):
        id_ = np.int64(ids[row])
        slot = slot_of(id_, table)
        if table.values[slot] < 0:
            table.keys[slot] = id_
            table.values[slot] = n
            n += 1
        codes[row] = table.values[slot]
    return n


@compiled
def rehashed(table: Table, larger: Table) -> None:
    """Copy a table's entries into a larger, empty one."""
    for at in range(table.keys.size):
        if table.values[at] >= 0:
            slot = slot_of(table.keys[at], larger)
            larger.keys[slot] = table.keys[at]
            larger.values[slot] = table.values[at]


@compiled
def recoded(codes: Int32s, final: Int32s) -> None:
    """Replace every code by its final one."""
    for row in range(codes.size):
        codes[row] = final[codes[row]]


@compiled
def bucket_begins(keyed: Keyed, n_buckets: int, shift: int) -> Int64s:
    """Where the short stays of each bucket of keys begin, int64 (n_buckets + 1)."""
    begins = np.zeros(n_buckets + 1, np.int64)
    for row in range(keyed.key.size):
        begins[np.uint64((keyed.key[row] >> shift) + 1)] += keyed.stay[row] != LONG
    for bucket in range(n_buckets):
        begins[bucket + 1] += begins[bucket]
    return begins


@compiled
def fill_buckets(keyed: Keyed, buckets: Buckets, bits: int) -> None:
    """Write words of short stays and their keys, bucket by bucket in the order of rows."""
    free = buckets.begins[:-1].copy()
    words, keys = buckets.words, buckets.keys
    for row in range(keyed.key.size):
        stay = np.int64(keyed.stay[row])
        if stay != LONG:
            bucket = np.uint64(keyed.key[row] >> buckets.shift)
            at = np.uint64(free[bucket])
            free[bucket] += 1
            start = np.int64(keyed.t_in[row])
            words[at] = ((start << STAY_BITS | stay) << bits) | np.int64(keyed.partner[row])
            keys[at] = keyed.key[row]


@compiled
def sort_buckets(buckets: Buckets, starts: Int64s) -> None:
    """Sort each bucket by keys; `starts` (n_keys + 1) become where each key begins."""
    n_keys = starts.size - 1
    starts[n_keys] = buckets.words.size
    for bucket in range(buckets.begins.size - 1):
        rows = slice(buckets.begins[bucket], buckets.begins[bucket + 1])
        first = bucket << buckets.shift
        inside = starts[first : min(first + (1 << buckets.shift), n_keys)]
        sort_bucket(buckets.words[rows], buckets.keys[rows] - np.int32(first), inside)
        inside += buckets.begins[bucket]


@compiled
def sort_bucket(words: Int64s, keys: Int32s, starts: Int64s) -> None:
    """Stable counting sort in place by keys from 0; `starts` become where each begins."""
    starts[:] = 0
    for at in range(keys.size):
        starts[np.uint64(keys[at])] += 1
    free = np.cumsum(starts) - starts
    starts[:] = free
    unsorted = words.copy()
    for at in range(keys.size):
        key = np.uint64(keys[at])
        words[np.uint64(free[key])] = unsorted[at]
        free[key] += 1
