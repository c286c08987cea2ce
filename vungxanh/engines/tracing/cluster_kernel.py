"""The compiled loops of clusters; called by `clusters`, which checks what enters.

Times are seconds after the store's base, slots are numbers. Numba's cache on disk does not notice
changes in other files, so these loops call none of `kernel` and are told its layout of words.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing.kernel import Int32s, Int64s, Rows, compiled


class Grid(NamedTuple):
    """Slots: 0 begins at `origin` (seconds after the base), each takes `length` seconds."""

    origin: int
    length: int


class Look(NamedTuple):
    """How a word is read (`stay_bits`, `no_end`) and what a missing end is.

    `now` is as_of after the base, `reach` the longest stay of a layer without stays beside it.
    """

    default_stay: int
    now: int
    reach: int
    stay_bits: int
    no_end: int


class Here(NamedTuple):
    """People at a place: int64 (room) each, the code and when the stay ends."""

    person: Int64s
    end: Int64s


class Names(NamedTuple):
    """`marks` uint64, a bit a person, all 0; `person` int32, where who is present is written.

    Nothing is written where `person` is empty.
    """

    marks: NDArray[np.uint64]
    person: Int32s


@compiled
def touched(index: Int64s, order: Int64s, grid: Grid) -> Int64s:
    """Slots that each person touches at each place, int64 (n, 4): place, person, first, last.

    `index` as `kernel.index_visits` gives it; `order` puts it by place, then person. Rows of one
    person at one place do not overlap and ascend: in ascending starts and ends, everyone who has
    come by the k-th start has gone before the next where the k-th end lies before it.
    """
    n_visits = len(order)
    first, last = np.empty(n_visits, np.int64), np.empty(n_visits, np.int64)
    found = np.empty((n_visits, 4), np.int64)
    n = begin = 0
    for at in range(n_visits):
        visit = index[order[at]]
        first[at] = (visit[2] - grid.origin) // grid.length
        last[at] = (max(visit[3] - 1, visit[2]) - grid.origin) // grid.length
        if at + 1 < n_visits:
            following = index[order[at + 1]]
            if following[0] == visit[0] and following[1] == visit[1]:
                continue
        if at > begin:
            first[begin : at + 1].sort()
            last[begin : at + 1].sort()
        since = first[begin]
        for k in range(begin, at + 1):
            if k == at or last[k] < first[k + 1]:
                found[n, 0], found[n, 1] = visit[0], visit[1]
                found[n, 2], found[n, 3] = since, last[k]
                n += 1
                since = first[min(k + 1, at)]
        begin = at + 1
    return found[:n]


@compiled
def crowded_runs(stays: Int64s, min_cases: int) -> Int64s:
    """Runs of slots with the same number of cases, int64 (n, 4): place, first, until, cases.

    `stays` as `touched` gives them, by place. The number changes only where a stay begins or after
    it ends, so there are at most twice as many runs as stays.
    """
    first, last = stays[:, 2].copy(), stays[:, 3].copy()
    found = np.empty((2 * len(stays), 4), np.int64)
    n = begin = 0
    for end in range(1, len(stays) + 1):
        if end < len(stays) and stays[end, 0] == stays[begin, 0]:
            continue
        if end - begin >= min_cases:
            first[begin:end].sort()
            last[begin:end].sort()
            n = _sweep(first[begin:end], last[begin:end], min_cases, found, n)
            while n > 0 and found[n - 1, 0] < 0:
                n -= 1
        begin = end
    return found[:n]
