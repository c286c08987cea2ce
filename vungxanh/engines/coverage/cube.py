"""The maintained state of a nation: commune × day × verified, counted, updated, rolled up.

A row of the register is `commune` (int32, index), `verified` (bool), `first_seen` (date32) and,
where the register is a log of events, `change` (int8, +1 or -1; without the column every row is
+1). A person who becomes verified is two events: -1 unverified, +1 verified, on the day on which
the change shall count; a move is -1 in the old commune and +1 in the new. Columns hold no nulls.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.coverage import kernels
from vungxanh.engines.coverage.batches import EPOCH, bad_row, columns_of
from vungxanh.engines.coverage.cube_types import CubeShape, LevelSheet, Tree
from vungxanh.engines.coverage.kernels import Sheets
from vungxanh.engines.coverage.rolling import Plan, plan_of
from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

if TYPE_CHECKING:
    from pyarrow import RecordBatch

__all__ = ["Cube", "CubeShape", "LevelSheet", "Tree"]


class Cube:
    """Counts of a nation, kept up to date; `cells` int32 (n_days, 2, n_communes) is its state.

    Plane 0 counts people not verified, plane 1 verified ones: net change on that day.
    """

    def __init__(self, shape: CubeShape) -> None:
        self.shape = shape
        self.cells: NDArray[np.int32] = np.zeros((shape.n_days, 2, shape.n_communes), np.int32)

    @classmethod
    def recount(cls, shape: CubeShape, streams: Sequence[Iterable["RecordBatch"]]) -> "Cube":
        """Count everything anew; each stream of Arrow batches is read by a thread of its own.

        Refuses `coverage.column` (missing, of another type, with nulls) and `coverage.row` (a
        commune or day that the shape does not have, a change other than +1 or -1).
        """
        with ThreadPoolExecutor(max(1, len(streams))) as pool:
            parts = list(pool.map(lambda stream: cls._counted(shape, stream), streams))
        total = cls(shape)
        for part in parts:
            total.cells += part.cells
        return total

    def apply_delta(self, batch: "RecordBatch") -> None:
        """Add a batch of events in place; when a row is refused nothing is added."""
        columns = columns_of(batch)
        first_day = (self.shape.first_day - EPOCH).days
        bad = kernels.first_bad_row(columns, first_day, self.cells)
        if bad != kernels.NONE_BAD:
            raise bad_row(bad, columns, self.shape)
        kernels.count_rows(columns, first_day, self.cells)

    def roll_up(
        self,
        tree: Tree,
        bases: Sequence[NDArray[np.int64]],
        *,
        minimum_base: int = 0,
        days: range | None = None,
        n_threads: int = 2,
    ) -> tuple[LevelSheet, ...]:
        """Counts, shares of `bases` and ranks of every level on `days` (indices; None: all).

        `bases[k]` int64 (size of level k,) are the bases of level k, -1 where unknown; units with
        a base under `minimum_base` keep their share and get no rank. Refuses `coverage.bases`
        (wrong sizes or too large) and `coverage.negative_total` (more left than ever came).
        """
        asked = range(self.shape.n_days) if days is None else days
        plan = plan_of(tree, bases, minimum_base=minimum_base)
        sheets = plan.empty_sheets(len(asked))
        stretches = _stretches(asked, n_threads)
        with ThreadPoolExecutor(n_threads) as pool:
            bad = pool.map(lambda days: self._roll_days(plan, sheets, days), stretches)
            _refuse_negative(max(bad, default=kernels.NONE_BAD))
        first_day = self.shape.first_day + timedelta(days=asked.start)
        return plan.level_sheets(sheets, first_day)

    @classmethod
    def _counted(cls, shape: CubeShape, stream: Iterable["RecordBatch"]) -> "Cube":
        part = cls(shape)
        for batch in stream:
            part.apply_delta(batch)
        return part

    def _roll_days(self, plan: Plan, sheets: Sheets, stretch: tuple[range, slice]) -> int:
        days, rows = stretch
        return plan.roll_days(self.cells, days, sheets.part(rows))


def _stretches(asked: range, n_threads: int) -> list[tuple[range, slice]]:
    """`asked` cut into one stretch of days a thread, each with its rows in the result."""
    cuts = np.linspace(0, len(asked), min(n_threads, len(asked)) + 1).astype(int).tolist()
    return [(asked[start:end], slice(start, end)) for start, end in pairwise(cuts)]


def _refuse_negative(commune: int) -> None:
    if commune == kernels.NONE_BAD:
        return
    code = "coverage.negative_total"
    raise CoverageError(
        code,
        Words(
            f"Xã số {commune}: số người rời đi nhiều hơn số đã đến. Đếm lại từ đầu.",
            f"Commune {commune}: more people left than ever came. Recount from the register.",
        ),
        where=f"commune {commune}",
    )
