"""The compiled loops from pairs that wait to an answer: one row a person, merged, in their order.

Called by `meeting`, `core` and `answers`, which check what enters. A table of people has int64 rows
of six columns: person, overlap, first, last, number of places, number of pairs.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing.compiling import compiled
from vungxanh.engines.tracing.kernel import Int32s, Int64s, Stage


class Sums(NamedTuple):
    """One record of 32 bytes a person, seen as int64 (n, 4) and as int32 (n, 8).

    int64 0 is the overlap; int32 2 first, 3 last, 4 last place, 5 number of places, 6 of pairs.
    """

    wide: Int64s
    narrow: Int32s


class Scale(NamedTuple):
    """The greatest of each column, int64 (6), and how far overlap, places, last are shifted.

    `row` is 1 where the row's number stands below, else 0.
    """

    most: Int64s
    overlap: int
    places: int
    last: int
    row: int


class Answer(NamedTuple):
    """Columns int64 (6, n) to be written, and what is added to each, int64 (6)."""

    columns: Int64s
    added: Int64s


@compiled
def add_up(pairs: Int64s, sums: Sums) -> int:
    """Add pairs to the sums, those of one place one after another; how many persons are new."""
    wide, narrow = sums
    n_new = 0
    for row in range(len(pairs)):
        person, place = np.uint64(pairs[row, 0] >> 32), np.int32(pairs[row, 0])
        first, last = np.int32(pairs[row, 1] >> 32), np.int32(pairs[row, 1])
        is_new = narrow[person, 6] == 0
        n_new += is_new
        wide[person, 0] += last - first
        narrow[person, 2] = first if is_new else min(narrow[person, 2], first)
        narrow[person, 3] = last if is_new else max(narrow[person, 3], last)
        narrow[person, 5] += is_new or narrow[person, 4] != place
        narrow[person, 4] = place
        narrow[person, 6] += 1
    return n_new


@compiled
def settle(stage: Stage, bucket: int, sums: Sums) -> int:
    """Add up what waits in a bucket; how many persons are new."""
    n_new = 0
    chunk = bucket
    while chunk >= 0:
        n_new += add_up(stage.pairs[chunk, : stage.filled[chunk]], sums)
        chunk = stage.following[chunk]
    return n_new


@compiled
def people_met(sums: Sums, persons: tuple[int, int], found: Int64s) -> None:
    """One row a person met among those from, until: person, overlap, first, last, places, pairs."""
    wide, narrow = sums
    n = np.uint64(0)
    for person in range(persons[0], persons[1]):
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
    least, most = found[0].copy(), found[0].copy()
    for row in range(len(found)):
        for column in (1, 3, 4):
            value = found[row, column]
            least[column] = min(least[column], value)
            most[column] = max(most[column], value)
    return np.stack((least, most))


@compiled
def descending(found: Int64s, scale: Scale, numbers: Int64s) -> None:
    """Numbers (64 bits, no sign) that ascend as overlap, places, last time descend, then rows."""
    most = scale.most
    for row in range(len(found)):
        overlap, places = most[1] - found[row, 1], most[4] - found[row, 4]
        last = most[3] - found[row, 3]
        key = overlap << scale.overlap | places << scale.places | last << scale.last
        numbers[row] = key | (row * scale.row)


@compiled
def columns_in_order(found: Int64s, order: Int64s, answer: Answer) -> None:
    """Rows of `found` in an order, written as columns."""
    columns, added = answer
    for to in range(order.size):
        row = found[np.uint64(order[to])]
        for column in range(6):
            columns[column, to] = row[column] + added[column]


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
