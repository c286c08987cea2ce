"""The compiled loops of tracing; called by `store` and `core`, which check what enters.

Times are whole seconds after the store's base. A visit is one number, a *word*: seconds, then 13
bits of stay, then the code of the partner (the person under a place, the place under a person), so
that words of one key in ascending order are visits in the order of time. All loops live in this
file: their compiled form is kept on disk and made anew when this file changes.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Stays = NDArray[np.uint16]
Ids = NDArray[np.int32] | NDArray[np.int64]
Second = int | np.int64
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

STAY_BITS: Final = 13
NO_END: Final = 8191  # the end is not known
LONG: Final = 8190  # the stay stands beside the words
LONG_S: Final = 7200  # a stay over this stands apart
FARTHEST: Final = 2**40  # seconds since 1970 that a time may be away
# What `staged_times` found wrong.
FINE, OUT_OF_RANGE_IN, OUT_OF_RANGE_OUT, REVERSED, TOO_FAR = 0, 1, 2, 3, 4
_MISSING: Final = np.iinfo(np.int64).min


def compiled(loop: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """`loop` compiled at its first call, kept on disk where possible, run without the lock."""
    try:
        return cast("Callable[Arguments, Result]", numba.njit(nogil=True, cache=True)(loop))
    except RuntimeError:  # nowhere to keep it: compile in each process
        return cast("Callable[Arguments, Result]", numba.njit(nogil=True)(loop))


class Rows(NamedTuple):
    """Visits under each key: key k has the words `starts[k]` to `starts[k + 1]`.

    `starts` int64 (n_keys + 1); `words` int64 (n), not negative; `stays` int64 (n) seconds of long
    stays, empty where all are short; `base` seconds after the store's base; `bits` of the partner.
    """

    starts: Int64s
    words: Int64s
    stays: Int64s
    base: int
    bits: int


class Seeds(NamedTuple):
    """Windows by person code: int64 (n) each."""

    person: Int64s
    since: Int64s
    until: Int64s


class Asked(NamedTuple):
    """Parameters in seconds; `now` is as_of after the base, `reach` the longest short stay."""

    default_stay: int
    min_overlap: int
    linger: int
    now: int
    reach: int


class Staged(NamedTuple):
    """Visits in the order they came: int32 codes, int32 seconds after the base, uint16 stay."""

    person: Int32s
    place: Int32s
    t_in: Int32s
    stay: Stays


class Stage(NamedTuple):
    """Pairs waiting to be added up, in buckets of neighbouring persons.

    `pairs` int64 (n_buckets, room, 2): person and place, first and last, 32 bits each; direct pairs
    overlap by last - first, lingering ones have last = first. `filled` int64 (n_buckets); a
    person's bucket is its code shifted right by `shift`. `near` int64 (any number, 2) is scratch.
    """

    pairs: Int64s
    filled: Int64s
    shift: int
    near: Int64s


class Sums(NamedTuple):
    """One record of 32 bytes a person, seen as int64 (n, 4) and as int32 (n, 8).

    int64 0 is the overlap; int32 2 first, 3 last, 4 last place, 5 number of places, 6 of pairs.
    """

    wide: Int64s
    narrow: Int32s


@compiled
def staged_times(t_in: Ids, t_out: Ids, base: int, to: Staged) -> tuple[int, int, bool]:
    """Write starts and stays; (what is wrong, its row, whether starts ascend)."""
    ascending = True
    before = np.int64(-FARTHEST)
    for row in range(t_in.size):
        start, end = np.int64(t_in[row]), np.int64(t_out[row])
        if start < -FARTHEST or start > FARTHEST:
            return OUT_OF_RANGE_IN, row, ascending
        after = start - base
        if after < 0 or after >= 2**30:
            return TOO_FAR, row, ascending
        ascending = ascending and bool(start >= before)
        before = start
        to.t_in[row] = after
        if end == _MISSING:
            to.stay[row] = NO_END
            continue
        if end < -FARTHEST or end > FARTHEST:
            return OUT_OF_RANGE_OUT, row, ascending
        if end < start:
            return REVERSED, row, ascending
        if end - base >= 2**30:
            return TOO_FAR, row, ascending
        to.stay[row] = end - start if end - start <= LONG_S else LONG
    return FINE, -1, ascending


@compiled
def coded_in_range(ids: Ids, least: int, codes: Int32s, n: int) -> int:
    """Codes of ids that lie in a range; the first row outside, or -1."""
    for row in range(ids.size):
        id_ = np.int64(ids[row])
        if id_ < least or id_ - least >= n:
            return row
        codes[row] = id_ - least
    return -1


@compiled
def slot_of(id_: np.int64, keys: Int64s, values: Int32s) -> np.int64:
    """Where an id stands or would stand in an open table of a power of two."""
    mask = np.uint64(keys.size - 1)
    mixed = np.uint64(id_) * np.uint64(0x9E3779B97F4A7C15)
    slot = (mixed ^ (mixed >> np.uint64(29))) & mask
    while values[slot] >= 0 and keys[slot] != id_:
        slot = (slot + np.uint64(1)) & mask
    return np.int64(slot)


@compiled
def coded_by_arrival(ids: Ids, keys: Int64s, values: Int32s, known: int, codes: Int32s) -> int:
    """Codes in the order in which ids first come; how many are known afterwards.

    The table must have room for twice what may be known.
    """
    for row in range(ids.size):
        id_ = np.int64(ids[row])
        slot = slot_of(id_, keys, values)
        if values[slot] < 0:
            keys[slot] = id_
            values[slot] = known
            known += 1
        codes[row] = values[slot]
    return known


@compiled
def rehashed(keys: Int64s, values: Int32s, to_keys: Int64s, to_values: Int32s) -> None:
    """Move a table's entries into a larger, empty one."""
    for at in range(keys.size):
        if values[at] >= 0:
            slot = slot_of(keys[at], to_keys, to_values)
            to_keys[slot] = keys[at]
            to_values[slot] = values[at]


@compiled
def recoded(codes: Int32s, final: Int32s) -> None:
    """Replace every code by its final one."""
    for row in range(codes.size):
        codes[row] = final[codes[row]]


@compiled
def scattered(key: Int32s, partner: Int32s, staged: Staged, n_keys: int, bits: int) -> Rows:
    """Stable counting sort of short stays by key: words ascend under each key.

    In two steps, first into buckets of neighbouring keys and then inside each, so that what is
    written to lies in the cache of a core.
    """
    shift = 0
    while n_keys >> shift > 512:
        shift += 1
    begins = bucket_begins(key, staged.stay, (n_keys >> shift) + 1, shift)
    words, keys = in_buckets(key, partner, staged, begins=begins, shift=shift, bits=bits)
    starts = np.empty(n_keys + 1, np.int64)
    starts[n_keys] = words.size
    for bucket in range(begins.size - 1):
        rows = slice(begins[bucket], begins[bucket + 1])
        first = bucket << shift
        inside = starts[first : min(first + (1 << shift), n_keys)]
        sort_bucket(words[rows], keys[rows], first, inside)
        inside += begins[bucket]
    return Rows(starts, words, np.empty(0, np.int64), 0, bits)


@compiled
def bucket_begins(key: Int32s, stay: Stays, n_buckets: int, shift: int) -> Int64s:
    """Where the short stays of each bucket of keys begin, int64 (n_buckets + 1)."""
    begins = np.zeros(n_buckets + 1, np.int64)
    for row in range(key.size):
        begins[np.uint64((key[row] >> shift) + 1)] += stay[row] != LONG
    for bucket in range(n_buckets):
        begins[bucket + 1] += begins[bucket]
    return begins


@compiled
def in_buckets(
    key: Int32s, partner: Int32s, staged: Staged, begins: Int64s, shift: int, bits: int
) -> tuple[Int64s, Int32s]:
    """Words of short stays and their keys, bucket by bucket in the order of rows."""
    free = begins[:-1].copy()
    words = np.empty(begins[-1], np.int64)
    keys = np.empty(begins[-1], np.int32)
    for row in range(key.size):
        stay = np.int64(staged.stay[row])
        if stay != LONG:
            bucket = np.uint64(key[row] >> shift)
            at = np.uint64(free[bucket])
            free[bucket] += 1
            start = np.int64(staged.t_in[row])
            words[at] = ((start << STAY_BITS | stay) << bits) | np.int64(partner[row])
            keys[at] = key[row]
    return words, keys


@compiled
def sort_bucket(words: Int64s, keys: Int32s, first: int, starts: Int64s) -> None:
    """Stable counting sort in place by keys from `first`; `starts` become where each begins."""
    starts[:] = 0
    for at in range(keys.size):
        starts[np.uint64(keys[at] - first)] += 1
    free = np.cumsum(starts) - starts
    starts[:] = free
    unsorted = words.copy()
    for at in range(keys.size):
        key = np.uint64(keys[at] - first)
        words[np.uint64(free[key])] = unsorted[at]
        free[key] += 1


@compiled
def end_of(rows: Rows, at: int, start: Second, asked: Asked) -> Second:
    """When a stay ended: recorded, or assumed and not after now."""
    if rows.stays.size:
        return start + np.int64(rows.stays[at])
    stay = np.int64(rows.words[at] >> rows.bits) & NO_END
    if stay == NO_END:
        return min(start + asked.default_stay, asked.now)
    return start + stay


@compiled
def index_visits(layers: tuple[Rows, ...], seeds: Seeds, asked: Asked) -> Int64s:
    """Visits of cases inside their windows, int64 (n, 5): place, person, start, end, own end."""
    found = np.empty((256, 5), np.int64)
    n = 0
    for seed in range(seeds.person.size):
        person = seeds.person[seed]
        for rows in layers:
            for at in range(rows.starts[person], rows.starts[person + 1]):
                start = (rows.words[at] >> (rows.bits + STAY_BITS)) + rows.base
                if start > asked.now or start >= seeds.until[seed]:
                    break
                end = end_of(rows, at, start, asked)
                if end <= seeds.since[seed]:
                    continue
                if n == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                cut = min(end, seeds.until[seed])
                found[n, 0] = rows.words[at] & ((1 << rows.bits) - 1)
                found[n, 1] = person
                found[n, 2] = max(start, seeds.since[seed])
                found[n, 3] = cut
                found[n, 4] = cut == end
                n += 1
    return found[:n]


@compiled
def first_at_or_after(rows: Rows, stretch: tuple[int, int], moment: Second) -> int:
    """The first row of a key's stretch whose time is not before a moment."""
    low, high = stretch
    shift = rows.bits + STAY_BITS
    after = min(max(moment - rows.base, 0), (1 << (63 - shift)) - 1)
    word = after << shift
    if moment - rows.base > after:
        return high
    while low < high:
        middle = (low + high) >> 1
        if rows.words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def reaches(layers: tuple[Rows, ...], index: Int64s, first_place: int, asked: Asked) -> Int64s:
    """Rows that may have met each index visit, int64 (n, n_layers, 2): from, until."""
    found = np.empty((len(index), len(layers), 2), np.int64)
    for i in range(len(index)):
        key = index[i, 0] - first_place
        until = index[i, 3] + asked.linger if index[i, 4] else index[i, 3]
        for layer in range(len(layers)):
            rows = layers[layer]
            stretch = (rows.starts[key], rows.starts[key + 1])
            if not rows.stays.size:
                earliest = index[i, 2] - asked.reach
                stretch = (first_at_or_after(rows, stretch, earliest), stretch[1])
            found[i, layer, 0] = stretch[0]
            latest = min(until, asked.now) + 1
            found[i, layer, 1] = max(stretch[0], first_at_or_after(rows, stretch, latest))
    return found


@compiled
def add_up(pairs: Int64s, n: int, sums: Sums) -> None:
    """Add waiting pairs to the sums; pairs of one place come one after another."""
    wide, narrow = sums
    for row in range(n):
        person, place = np.uint64(pairs[row, 0] >> 32), np.int32(pairs[row, 0])
        first, last = np.int32(pairs[row, 1] >> 32), np.int32(pairs[row, 1])
        is_new = narrow[person, 6] == 0
        wide[person, 0] += last - first
        narrow[person, 2] = first if is_new else min(narrow[person, 2], first)
        narrow[person, 3] = last if is_new else max(narrow[person, 3], last)
        narrow[person, 5] += is_new or narrow[person, 4] != place
        narrow[person, 4] = place
        narrow[person, 6] += 1


@compiled
def near(rows: Rows, stretch: tuple[int, int], visit: Int64s, asked: Asked, to: Int64s) -> np.int64:
    """Words and ends of the visits that pair with an index visit; how many there are."""
    start, end = visit[2], visit[3]
    lingers_from = end if visit[4] else np.iinfo(np.int64).max
    shift = rows.bits + STAY_BITS
    n = np.uint64(0)
    for at in range(stretch[0], stretch[1]):
        word = rows.words[at]
        t_in = (word >> shift) + rows.base
        t_out = end_of(rows, at, t_in, asked)
        to[n, 0] = word
        to[n, 1] = t_out
        together = min(t_out, end) - max(t_in, start)
        n += np.uint64((together >= asked.min_overlap) | (t_in >= lingers_from))
    return np.int64(n)


@compiled
def put(rows: Rows, n: Second, visit: Int64s, asked: Asked, stage: Stage, sums: Sums) -> None:
    """Put pairs of one index visit on the stage; a full bucket is added up."""
    pairs, filled, bucket_shift, found = stage
    place, case, start, end = visit[0], visit[1], visit[2], visit[3]
    room = pairs.shape[1]
    for at in range(n):
        person = found[at, 0] & ((1 << rows.bits) - 1)
        if person == case:
            continue
        t_in = (found[at, 0] >> (rows.bits + STAY_BITS)) + rows.base
        first, last = max(t_in, start), min(found[at, 1], end)
        if last - first < asked.min_overlap:
            first = last = t_in
        bucket = np.uint64(person >> bucket_shift)
        row = filled[bucket]
        pairs[bucket, np.uint64(row), 0] = person << 32 | place
        pairs[bucket, np.uint64(row), 1] = first << 32 | last
        filled[bucket] = row + 1
        if row + 1 == room:
            add_up(pairs[bucket], room, sums)
            filled[bucket] = 0


@compiled
def meet(
    layers: tuple[Rows, ...], index: Int64s, reach: Int64s, asked: Asked, stage: Stage, sums: Sums
) -> None:
    """Put every pair of the index visits on the stage."""
    step = len(stage.near)
    for i in range(len(index)):
        for layer in range(len(layers)):
            until = reach[i, layer, 1]
            for begin in range(reach[i, layer, 0], until, step):
                stretch = (begin, min(until, begin + step))
                n = near(layers[layer], stretch, index[i], asked, stage.near)
                put(layers[layer], n, index[i], asked, stage, sums)


@compiled
def add_up_all(stage: Stage, sums: Sums) -> None:
    """Add what still waits in every bucket."""
    for bucket in range(stage.filled.size):
        add_up(stage.pairs[bucket], stage.filled[bucket], sums)
        stage.filled[bucket] = 0


@compiled
def n_met(sums: Sums) -> int:
    """How many persons were met."""
    n = 0
    for person in range(len(sums.narrow)):
        n += sums.narrow[person, 6] > 0
    return n


@compiled
def people_met(sums: Sums, found: Int64s) -> None:
    """One row a person met, int64 (n, 6): person, overlap, first, last, places, pairs."""
    wide, narrow = sums
    n = np.uint64(0)
    for person in range(len(narrow)):
        if narrow[person, 6] > 0:
            found[n, 0] = person
            found[n, 1] = wide[person, 0]
            found[n, 2] = narrow[person, 2]
            found[n, 3] = narrow[person, 3]
            found[n, 4] = narrow[person, 5]
            found[n, 5] = narrow[person, 6]
            n += np.uint64(1)


@compiled
def without_known(found: Int64s, is_known: NDArray[np.bool_]) -> Int64s:
    """The rows of people who were not known; written over the first rows of `found`."""
    n = 0
    for row in range(len(found)):
        if not is_known[found[row, 0]]:
            if n < row:
                found[n] = found[row]
            n += 1
    return found[:n]


@compiled
def extremes(found: Int64s) -> Int64s:
    """The least and the greatest of each column, int64 (2, 6); of one row at least."""
    most = found[0].copy()
    least = found[0].copy()
    for row in range(len(found)):
        for column in range(6):
            value = found[row, column]
            least[column] = min(least[column], value)
            most[column] = max(most[column], value)
    return np.stack((least, most))


@compiled
def descending_keys(found: Int64s, most: Int64s, shifts: Int64s, keys: Int64s) -> None:
    """Numbers whose ascending order is overlap, places, last time descending."""
    for row in range(len(found)):
        overlap, places = most[1] - found[row, 1], most[4] - found[row, 4]
        last = most[3] - found[row, 3]
        keys[row] = overlap << shifts[0] | places << shifts[1] | last


@compiled
def columns_in_order(found: Int64s, order: Int64s, columns: Int64s) -> None:
    """Rows of `found` in an order, written as columns (6, n)."""
    for to in range(order.size):
        row = found[np.uint64(order[to])]
        for column in range(6):
            columns[column, to] = row[column]


@compiled
def grouped(pairs: Int64s, order: Int64s) -> Int64s:
    """Pairs in an order that keeps persons together, added up: int64 (n, 6) as `people_met`."""
    found = np.empty((order.size, 6), np.int64)
    n = -1
    place_before = -1
    for at in order:
        person, place = pairs[at, 0] >> 32, pairs[at, 0] & (2**32 - 1)
        first, last = pairs[at, 1] >> 32, pairs[at, 1] & (2**32 - 1)
        if n < 0 or found[n, 0] != person:
            n += 1
            place_before = -1
            found[n, 0] = person
            found[n, 1] = found[n, 4] = found[n, 5] = 0
            found[n, 2] = first
            found[n, 3] = last
        found[n, 1] += last - first
        found[n, 2] = min(found[n, 2], first)
        found[n, 3] = max(found[n, 3], last)
        found[n, 4] += place != place_before
        found[n, 5] += 1
        place_before = place
    return found[: n + 1]


@compiled
def merged(one: Int64s, other: Int64s) -> Int64s:
    """Two tables as `people_met` gives them, of different places, as one."""
    found = np.empty((len(one) + len(other), 6), np.int64)
    n = a = b = 0
    while a < len(one) or b < len(other):
        if b == len(other) or (a < len(one) and one[a, 0] < other[b, 0]):
            found[n] = one[a]
            a += 1
        elif a == len(one) or other[b, 0] < one[a, 0]:
            found[n] = other[b]
            b += 1
        else:
            found[n] = one[a] + other[b]
            found[n, 0] = one[a, 0]
            found[n, 2] = min(one[a, 2], other[b, 2])
            found[n, 3] = max(one[a, 3], other[b, 3])
            a += 1
            b += 1
        n += 1
    return found[:n]
