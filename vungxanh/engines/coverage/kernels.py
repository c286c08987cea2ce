"""The compiled loops of the cube; called by `cube.py` alone, which checks what enters.

Arrays are C-contiguous. `cells` is int32 (n_days, 2, n_communes): net change per day, unverified
(0) and verified (1), commune. Days come first because figures arrive and are ranked by day: one
day of a nation (85 kB) stays in the processor's cache.
"""

from collections.abc import Callable
from typing import NamedTuple, ParamSpec, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

NONE_BAD = -1
UNKNOWN = -1
UNRANKED = 0

BLOCK_ROWS = 4_096
"""Rows whose cells are found together: 32 kB, the first-level cache."""


def compiled(loop: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """`loop` compiled at its first call, run without the interpreter's lock."""
    return cast("Callable[Parameters, Result]", numba.njit(nogil=True)(loop))


class Columns(NamedTuple):
    """One Arrow batch.

    `commune` int32 (n,) index; `day` int32 (n,) days since 1970-01-01; `verified` uint8 (n,) 0 or
    1; `change` int8 (n,) +1 or -1, or empty when every row is +1.
    """

    commune: NDArray[np.int32]
    day: NDArray[np.int32]
    verified: NDArray[np.uint8]
    change: NDArray[np.int8]


class Sheets(NamedTuple):
    """Counts, shares and ranks of days × all units of all levels, communes first."""

    n_all: NDArray[np.int32]
    n_verified: NDArray[np.int32]
    share: NDArray[np.int64]
    rank: NDArray[np.int32]

    def part(self, days: slice, units: slice = slice(None)) -> "Sheets":
        """The same arrays, seen through `days` and `units`."""
        return Sheets(
            self.n_all[days, units],
            self.n_verified[days, units],
            self.share[days, units],
            self.rank[days, units],
        )


class Running(NamedTuple):
    """Totals of the communes up to the day before, moved on day by day.

    `everyone`, `verified` int32 (n_communes,); `parent` int32 (all units,): index of the unit
    above among all units, -1 at the top; children stand before parents.
    """

    everyone: NDArray[np.int32]
    verified: NDArray[np.int32]
    parent: NDArray[np.int32]


class League(NamedTuple):
    """Units ranked against each other: their indices, all bases, and bits kept for the place."""

    members: NDArray[np.int32]
    base: NDArray[np.int64]
    place_bits: int


class Standing(NamedTuple):
    """Counts and bases of all units on one day."""

    counts: NDArray[np.int32]
    base: NDArray[np.int64]


@compiled
def first_bad_row(columns: Columns, first_day: int, cells: NDArray[np.int32]) -> int:
    """The first row whose commune, day or change does not fit `cells`, or -1."""
    n_days, _, n_communes = cells.shape
    for i in range(columns.commune.size):
        day = np.int64(columns.day[i]) - first_day
        commune = columns.commune[i]
        if not ((commune >= 0) & (commune < n_communes) & (day >= 0) & (day < n_days)):
            return i
    for i in range(columns.change.size):
        if columns.change[i] not in (-1, 1):
            return i
    return NONE_BAD


@compiled
def count_rows(columns: Columns, first_day: int, cells: NDArray[np.int32]) -> None:
    """Add every row to `cells`; rows must have been checked.

    Cells are first found for a block of rows, then added to: the additions then wait for memory
    and for nothing else, which is three times as fast as finding and adding row by row.
    """
    flat = cells.ravel()
    n_rows = columns.commune.size
    places = np.empty(BLOCK_ROWS, np.int64)
    for start in range(0, n_rows, BLOCK_ROWS):
        n_block = min(BLOCK_ROWS, n_rows - start)
        for i in range(n_block):
            plane = 2 * (np.int64(columns.day[start + i]) - first_day) + columns.verified[start + i]
            places[i] = plane * cells.shape[2] + columns.commune[start + i]
        if columns.change.size:
            for i in range(n_block):
                flat[places[i]] += columns.change[start + i]
        else:
            for i in range(n_block):
                flat[places[i]] += 1


@compiled
def cumulate(cells: NDArray[np.int32], running: Running, sheets: Sheets) -> int:
    """Move `running` through the days of `cells` and fill the counts of `sheets`, all levels.

    Returns the first commune with more people left than ever came (a count below 0), or -1.
    """
    n_communes = running.everyone.size
    for day in range(cells.shape[0]):
        for unit in range(n_communes):
            running.verified[unit] += cells[day, 1, unit]
            running.everyone[unit] += cells[day, 0, unit] + cells[day, 1, unit]
            if running.verified[unit] < 0 or running.everyone[unit] < running.verified[unit]:
                return unit
        sheets.n_all[day, :n_communes] = running.everyone
        sheets.n_verified[day, :n_communes] = running.verified
        _add_upward(running.parent, sheets.n_all[day], n_communes)
        _add_upward(running.parent, sheets.n_verified[day], n_communes)
    return NONE_BAD


@compiled
def _add_upward(parent: NDArray[np.int32], counts: NDArray[np.int32], n_communes: int) -> None:
    counts[n_communes:] = 0
    for unit in range(parent.size):
        if parent[unit] >= 0:
            counts[parent[unit]] += counts[unit]


@compiled
def fill_shares(sheets: Sheets, base: NDArray[np.int64]) -> None:
    """`share` in hundredths of a per cent, half-up; -1 where the base is unknown or 0."""
    for day in range(sheets.share.shape[0]):
        for unit in range(base.size):
            below = base[unit]
            doubled = 20_000 * np.int64(sheets.n_verified[day, unit]) + below
            sheets.share[day, unit] = doubled // (2 * below) if below > 0 else UNKNOWN
            sheets.rank[day, unit] = UNRANKED


@compiled
def fill_keys(sheets: Sheets, league: League, keys: NDArray[np.int64]) -> None:
    """`keys` int64 (days, members): the share roughly, then the member's place, in one integer.

    Sorting keys sorts members by share up to rounding; `fill_ranks` mends the rest exactly.
    """
    scale = 2.0 ** (55 - league.place_bits)
    ceiling = 2.0 ** (62 - league.place_bits)
    for day in range(keys.shape[0]):
        for place in range(league.members.size):
            unit = league.members[place]
            share = sheets.n_verified[day, unit] / league.base[unit]
            rough = np.int64(min(share * scale, ceiling))
            keys[day, place] = (rough << league.place_bits) | place


@compiled
def fill_ranks(sheets: Sheets, league: League, keys: NDArray[np.int64]) -> None:
    """Competition ranks from sorted `keys`; shares are compared as integers, n·e against m·d."""
    last = league.members.size - 1
    order = np.empty(league.members.size, np.int32)
    mask = (1 << league.place_bits) - 1
    for day in range(keys.shape[0]):
        standing = Standing(sheets.n_verified[day], league.base)
        for place in range(order.size):
            unit = league.members[keys[day, last - place] & mask]
            spot = place
            while spot > 0 and _is_above(unit, order[spot - 1], standing):
                order[spot] = order[spot - 1]
                spot -= 1
            order[spot] = unit
        _number(order, standing, sheets.rank[day])


@compiled
def _is_above(unit: int, other: int, standing: Standing) -> bool:
    counts, base = standing.counts, standing.base
    return bool(counts[unit] * base[other] > counts[other] * base[unit])


@compiled
def _number(order: NDArray[np.int32], standing: Standing, rank: NDArray[np.int32]) -> None:
    shared = 1
    for place in range(order.size):
        if place and _is_above(order[place - 1], order[place], standing):
            shared = place + 1
        rank[order[place]] = shared
