"""One stretch of days rolled up to every level: counts, shares, ranks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.coverage import kernels
from vungxanh.engines.coverage.cube_types import LARGEST_BASE, LevelSheet, Tree
from vungxanh.engines.coverage.kernels import League, Running, Sheets
from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

DAYS_AT_ONCE = 16
"""Days sorted together: their keys (1.4 MB for a nation) stay in the second-level cache."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is the same for every day: who belongs to whom, on what base, ranked among whom."""

    levels: tuple[slice, ...]
    parent: NDArray[np.int32]
    base: NDArray[np.int64]
    leagues: tuple[League, ...]

    def empty_sheets(self, n_days: int) -> Sheets:
        """Room for `n_days` of all units."""
        size = (n_days, self.parent.size)
        return Sheets(
            n_all=np.empty(size, np.int32),
            n_verified=np.empty(size, np.int32),
            share=np.empty(size, np.int64),
            rank=np.empty(size, np.int32),
        )

    def level_sheets(self, sheets: Sheets, first_day: date) -> tuple[LevelSheet, ...]:
        """`sheets` cut into levels and made read-only."""
        for array in sheets:
            array.flags.writeable = False
        return tuple(
            LevelSheet(first_day, *sheets.part(slice(None), level)) for level in self.levels
        )

    def roll_days(self, cells: NDArray[np.int32], days: range, sheets: Sheets) -> int:
        """Fill `sheets`, one row for each of `days`; returns the first commune below 0, or -1."""
        before = cells[: days.start].sum(axis=0, dtype=np.int32)
        running = Running(before[0] + before[1], before[1], self.parent)
        for start in range(days.start, days.stop, DAYS_AT_ONCE):
            end = min(start + DAYS_AT_ONCE, days.stop)
            part = sheets.part(slice(start - days.start, end - days.start))
            bad = kernels.cumulate(cells[start:end], running, part)
            if bad != kernels.NONE_BAD:
                return bad
            kernels.fill_shares(part, self.base)
            for league in self.leagues:
                _rank(part, league)
        return kernels.NONE_BAD


def plan_of(tree: Tree, bases: Sequence[NDArray[np.int64]], *, minimum_base: int) -> Plan:
    """The plan of a tree with its bases; refuses bases that do not fit (`coverage.bases`)."""
    if [len(base) for base in bases] != list(tree.sizes):
        raise _bad_bases(f"{[len(base) for base in bases]}, {list(tree.sizes)}")
    base = np.concatenate(bases).astype(np.int64)
    if base.max(initial=0) > LARGEST_BASE:
        raise _bad_bases(f"{base.max()} > {LARGEST_BASE}")
    ends = np.cumsum((0, *tree.sizes)).tolist()
    levels = tuple(slice(start, end) for start, end in pairwise(ends))
    ranked = np.flatnonzero(base >= max(minimum_base, 1)).astype(np.int32)
    leagues = (ranked[(ranked >= cut.start) & (ranked < cut.stop)] for cut in levels)
    return Plan(
        levels,
        tree.flat_parents(),
        base,
        tuple(League(members, base, int(members.size).bit_length()) for members in leagues),
    )


def _rank(part: Sheets, league: League) -> None:
    keys = np.empty((part.rank.shape[0], league.members.size), np.int64)
    kernels.fill_keys(part, league, keys)
    keys.sort(axis=1)
    kernels.fill_ranks(part, league, keys)


def _bad_bases(found: str) -> CoverageError:
    code = "coverage.bases"
    return CoverageError(
        code,
        Words(
            f"Mẫu số không khớp với các cấp, hoặc quá lớn ({found}).",
            f"The bases do not match the levels, or are too large ({found}).",
        ),
    )
