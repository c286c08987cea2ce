"""Frozen parameters and results of the cube, and what it refuses. Needs numpy."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

LARGEST_BASE = 2**31 - 1
"""A base and a count each fit 31 bits, so that n·e and m·d are compared without overflow."""


@dataclass(frozen=True, slots=True)
class CubeShape:
    """How many communes and which days; communes are numbered from 0 without gaps."""

    n_communes: int
    first_day: date
    n_days: int

    @property
    def last_day(self) -> date:
        """The last day that has cells."""
        return self.first_day + timedelta(days=self.n_days - 1)

    def index_of(self, day: date) -> int:
        """The place of `day`, from 0; refuses a day outside (`coverage.day_outside`)."""
        index = (day - self.first_day).days
        if not 0 <= index < self.n_days:
            code = "coverage.day_outside"
            raise CoverageError(
                code,
                Words(
                    f"Ngày {day} nằm ngoài {self.first_day} - {self.last_day}.",
                    f"The day {day} lies outside {self.first_day} - {self.last_day}.",
                ),
            )
        return index


@dataclass(frozen=True, slots=True)
class Tree:
    """Levels from communes upward: `parents[k]` int32 (size of level k,) indexes level k + 1.

    A nation of 10,599 communes, 705 districts, 63 provinces and one country has three arrays.
    Any unit may hold any number of children: there are no fixed-width ranges. Refuses a parent
    that does not exist and a unit above without children (`coverage.broken_tree`).
    """

    parents: tuple[NDArray[np.int32], ...]

    def __post_init__(self) -> None:
        for level, above in enumerate(self.parents):
            if not np.array_equal(np.unique(above), np.arange(self.sizes[level + 1])):
                raise _broken_tree(level)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units per level, communes first."""
        top = int(self.parents[-1].max(initial=-1)) + 1
        return (*(above.size for above in self.parents), top)

    def flat_parents(self) -> NDArray[np.int32]:
        """int32 (all units,): the index above among all units of all levels, -1 at the top."""
        ends = np.cumsum(self.sizes)
        pieces = [above + end for above, end in zip(self.parents, ends[:-1], strict=True)]
        return np.concatenate([*pieces, np.full(self.sizes[-1], -1)]).astype(np.int32)

    def summed_bases(self, communes: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Bases of every level as sums of the communes'; unknown (-1) where a part is unknown."""
        levels = [communes.astype(np.int64)]
        for above, size in zip(self.parents, self.sizes[1:], strict=True):
            below = levels[-1]
            total = np.zeros(size, np.int64)
            np.add.at(total, above, np.maximum(below, 0))
            total[above[below < 0]] = -1
            levels.append(total)
        return tuple(levels)


@dataclass(frozen=True, slots=True)
class LevelSheet:
    """One level on consecutive days; every array is read-only with shape (n_days, n_units).

    `n_all` and `n_verified` int32: people counted up to and including the day. `share` int64:
    verified over base in hundredths of a per cent, half-up, -1 where the base is unknown or 0.
    `rank` int32: competition rank by exact share within the level, 0 where unranked.
    """

    first_day: date
    n_all: NDArray[np.int32]
    n_verified: NDArray[np.int32]
    share: NDArray[np.int64]
    rank: NDArray[np.int32]


def _broken_tree(level: int) -> CoverageError:
    code = "coverage.broken_tree"
    return CoverageError(
        code,
        Words(
            f"Cấp {level}: có đơn vị thiếu cấp trên, hoặc cấp trên không có đơn vị nào.",
            f"Level {level}: a unit lacks a parent, or a parent has no unit.",
        ),
        where=f"level {level}",
    )
