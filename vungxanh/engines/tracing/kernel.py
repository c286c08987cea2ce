"""The compiled loops of tracing; called by `store` and `core`, which check what enters.

Times are seconds after the store's base. In `stay`, `NO_END` means that the end is not known.
"""

from collections.abc import Callable
from typing import Final, NamedTuple, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Stays = NDArray[np.uint16] | NDArray[np.int64]
Second = int | np.int64
Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

NO_END: Final = 65535


def compiled(loop: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """`loop` compiled at its first call, run without the interpreter's lock."""
    return cast("Callable[Arguments, Result]", numba.njit(nogil=True)(loop))


class Rows(NamedTuple):
    """One copy: `starts` int64 (n_keys + 1), then int32, int32 and uint16 or int64 (n)."""

    starts: Int64s
    partner: Int32s
    t_in: Int32s
    stay: Stays


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


class Unsorted(NamedTuple):
    """Rows in the order of time: int32, int32 and uint16 or int64 (n)."""

    partner: Int32s
    t_in: Int32s
    stay: Stays


@compiled
def scattered(key: Int32s, n_keys: int, rows: Unsorted) -> tuple[Int64s, Int32s, Int32s, Stays]:
    """Stable counting sort by key: rows in time order stay in time order under each key."""
    starts = np.zeros(n_keys + 1, np.int64)
    for k in key:
        starts[k + 1] += 1
    for k in range(n_keys):
        starts[k + 1] += starts[k]
    free = starts[:-1].copy()
    to_partner = np.empty(key.size, np.int32)
    to_start = np.empty(key.size, np.int32)
    to_stay = np.empty(key.size, rows.stay.dtype)
    for row in range(key.size):
        at = free[key[row]]
        free[key[row]] = at + 1
        to_partner[at] = rows.partner[row]
        to_start[at] = rows.t_in[row]
        to_stay[at] = rows.stay[row]
    return starts, to_partner, to_start, to_stay


@compiled
def end_of(start: Second, stay: Second, asked: Asked) -> Second:
    """When a stay ended: recorded, or assumed and not after now."""
    if stay == NO_END:
        return min(start + asked.default_stay, asked.now)
    return start + stay


@compiled
def index_visits(rows: Rows, seeds: Seeds, asked: Asked) -> Int64s:
    """Visits of cases inside their windows, int64 (n, 5): place, person, start, end, own end."""
    found = np.empty((64, 5), np.int64)
    n = 0
    for seed in range(seeds.person.size):
        person = seeds.person[seed]
        for row in range(rows.starts[person], rows.starts[person + 1]):
            start = np.int64(rows.t_in[row])
            if start > asked.now or start >= seeds.until[seed]:
                break
            end = end_of(start, np.int64(rows.stay[row]), asked)
            if end <= seeds.since[seed]:
                continue
            if n == len(found):
                found = np.concatenate((found, np.empty_like(found)))
            cut = min(end, seeds.until[seed])
            found[n, 0] = rows.partner[row]
            found[n, 1] = person
            found[n, 2] = max(start, seeds.since[seed])
            found[n, 3] = cut
            found[n, 4] = cut == end
            n += 1
    return found[:n]


@compiled
def first_at_or_after(times: Int32s, stretch: tuple[int, int], moment: int) -> int:
    """The first row of a sorted stretch whose time is not before a moment."""
    low, high = stretch
    while low < high:
        middle = (low + high) >> 1
        if times[middle] < moment:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def pairs(rows: Rows, index: Int64s, asked: Asked) -> Int64s:
    """Meetings, int64 (n, 5): person, place, overlap, first, last;.

    Rows of a place are scanned from `reach` before the index visit to `linger` after its end.
    """
    found = np.empty((1024, 5), np.int64)
    n = 0
    for i in range(len(index)):
        place, case, start, end, own = index[i]
        last_row = rows.starts[place + 1]
        row = first_at_or_after(rows.t_in, (rows.starts[place], last_row), start - asked.reach)
        latest = min(end + asked.linger if own else end, asked.now)
        while row < last_row and rows.t_in[row] <= latest:
            t_in = np.int64(rows.t_in[row])
            t_out = end_of(t_in, np.int64(rows.stay[row]), asked)
            first, last = max(t_in, start), min(t_out, end)
            is_direct = last - first >= asked.min_overlap
            if rows.partner[row] != case and (is_direct or (own and t_in >= end)):
                if n == len(found):
                    found = np.concatenate((found, np.empty_like(found)))
                found[n, 0] = rows.partner[row]
                found[n, 1] = place
                found[n, 2] = last - first if is_direct else 0
                found[n, 3] = first if is_direct else t_in
                found[n, 4] = last if is_direct else t_in
                n += 1
            row += 1
    return found[:n]
