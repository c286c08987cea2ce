"""Re-basing: tables of figures of one era's units on the units of another, never prettier than so.

Whole units add up as integers. A divided unit is shared out by the people of its parts where
given, else by known shares, else, only if asked, all to its default target; the largest remainders
are rounded up, so that totals are kept. What cannot be carried is returned with the reason; a sum
with a part missing says which.

>>> table = table_of(("a", "b"), [[3], [4]])
>>> found = rebase(table, [Way("a", "x"), Way("b", "x")])
>>> found.units, found.values.tolist(), bool(found.is_exact[0, 0])
(('x',), [[7]], True)
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.coverage.rebase_plan import Plan, Split, backward, plan_of
from vungxanh.engines.coverage.rebase_types import (
    MISSING_WORDS,
    NOT_CARRIED_WORDS,
    Basis,
    Left,
    Missing,
    NotCarried,
    Part,
    Splitting,
    UnitTable,
    Way,
)
from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

__all__ = [
    "MISSING_WORDS",
    "NOT_CARRIED_WORDS",
    "Basis",
    "Left",
    "Missing",
    "NotCarried",
    "Part",
    "Rebased",
    "Splitting",
    "UnitTable",
    "Way",
    "backward",
    "rebase",
    "table_of",
]

# New units added up at a time: their figures of all columns stay in the processor's cache.
BLOCK = 64
NO_SPLITTING = Splitting()


@dataclass(frozen=True, slots=True)
class Rebased:
    """Figures on the other era's units, one row a unit, one column a column of the table.

    `values` int64 (n_units, n_columns), 0 where nothing is known; `n_used` and `n_missing` int32 of
    the same shape count the parts that were added and those that should have been; `is_estimated`
    bool. `left` are the units of the table that stand nowhere in the result.
    """

    units: tuple[str, ...]
    values: NDArray[np.int64]
    n_used: NDArray[np.int32]
    n_missing: NDArray[np.int32]
    is_estimated: NDArray[np.bool_]
    left: tuple[Left, ...]
    _table: UnitTable
    _plan: Plan
    _allotted: dict[int, NDArray[np.int64]]

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Where there is a figure at all."""
        return self.n_used > 0

    @property
    def is_partial(self) -> NDArray[np.bool_]:
        """Where a figure lacks some of its parts."""
        return (self.n_used > 0) & (self.n_missing > 0)

    @property
    def is_exact(self) -> NDArray[np.bool_]:
        """Where a figure is the sum of whole units, all of them known."""
        found: NDArray[np.bool_] = (self.n_used > 0) & (self.n_missing == 0) & ~self.is_estimated
        return found

    def parts(self, unit: str, column: int) -> tuple[Part, ...]:
        """What each old unit adds to one figure, in order of their ids; none to a unit not here."""
        place = self._plan.places.get(unit)
        if place is None:
            return ()
        first, end = self._plan.starts[place], self._plan.starts[place + 1]
        return tuple(self._part(entry, column) for entry in range(first, end))

    def _part(self, entry: int, column: int) -> Part:
        plan, basis = self._plan, self._plan.bases[entry]
        source = int(plan.sources[entry])
        is_known = source >= 0 and bool(self._table.is_known[source, column])
        missing = None if is_known else Missing.NOT_KNOWN
        if basis is Basis.NONE:
            missing = Missing.NO_BASE
        value = None if missing else self._value(entry, source, column)
        return Part(plan.olds[entry], value, bool(plan.is_estimated[entry]), basis, missing)

    def _value(self, entry: int, source: int, column: int) -> int:
        divided = self._allotted.get(entry)
        return int(self._table.values[source, column] if divided is None else divided[column])


def table_of(units: Sequence[str], rows: Sequence[Sequence[int | None]]) -> UnitTable:
    """A table from plain rows, one a unit; None is not known.

    >>> table_of(("a",), [[1, None]]).is_known.tolist()
    [[True, False]]
    """
    shape = (len(units), len(rows[0]) if rows else 0)
    is_known = np.array([[v is not None for v in row] for row in rows], np.bool_).reshape(shape)
    values = np.array([[v or 0 for v in row] for row in rows], np.int64).reshape(shape)
    return UnitTable(tuple(units), values, is_known)


def rebase(table: UnitTable, ways: Iterable[Way], splitting: Splitting = NO_SPLITTING) -> Rebased:
    """The table's figures on the units that `ways` lead to, ordered by unit id.

    Every unit that a way leads to has a row; old units without a row in the table count as missing
    parts. For new → old give `backward(ways)`. Refuses `coverage.duplicate_unit`,
    `coverage.negative_count`, `coverage.too_large`, `coverage.shares`,
    `coverage.succession_twice`.
    """
    _check(table)
    plan = plan_of(table.units, ways, splitting)
    _check_products(table, plan)
    allotted = _allot(table, plan)
    shape = (len(plan.units), table.values.shape[1])
    values, n_used = np.zeros(shape, np.int64), np.zeros(shape, np.int32)
    is_estimated = np.zeros(shape, np.bool_)
    _add_whole(table, plan, values=values, n_used=n_used, is_estimated=is_estimated)
    _add_divided(table, plan, allotted, values=values, n_used=n_used, is_estimated=is_estimated)
    n_parts = np.diff(plan.starts).astype(np.int32)[:, None]
    return Rebased(
        units=plan.units,
        values=values,
        n_used=n_used,
        n_missing=n_parts - n_used,
        is_estimated=is_estimated,
        left=plan.left,
        _table=table,
        _plan=plan,
        _allotted=allotted,
    )


def _add_whole(
    table: UnitTable,
    plan: Plan,
    *,
    values: NDArray[np.int64],
    n_used: NDArray[np.int32],
    is_estimated: NDArray[np.bool_],
) -> None:
    """Add the units that are handed on whole, a block of new units at a time."""
    whole = np.array([basis is Basis.WHOLE for basis in plan.bases], np.bool_)
    chosen = np.flatnonzero(whole & (plan.sources >= 0))
    news = np.searchsorted(plan.starts, chosen, side="right") - 1
    for first in range(0, len(plan.units), BLOCK):
        low, high = np.searchsorted(news, (first, first + BLOCK))
        if low == high:
            continue
        entries = chosen[low:high]
        sources = plan.sources[entries]
        places, starts = np.unique(news[low:high], return_index=True)
        known = table.is_known[sources]
        values[places] = np.add.reduceat(table.values[sources] * known, starts, axis=0)
        n_used[places] = np.add.reduceat(known, starts, axis=0, dtype=np.int32)
        if plan.is_estimated[entries].any():
            doubt = known & plan.is_estimated[entries][:, None]
            is_estimated[places] = np.logical_or.reduceat(doubt, starts, axis=0)


def _add_divided(
    table: UnitTable,
    plan: Plan,
    allotted: dict[int, NDArray[np.int64]],
    *,
    values: NDArray[np.int64],
    n_used: NDArray[np.int32],
    is_estimated: NDArray[np.bool_],
) -> None:
    for entry, divided in allotted.items():
        place = int(np.searchsorted(plan.starts, entry, side="right")) - 1
        known = table.is_known[plan.sources[entry]]
        values[place] += divided
        n_used[place] += known
        is_estimated[place] |= known


def _allot(table: UnitTable, plan: Plan) -> dict[int, NDArray[np.int64]]:
    """What each divided unit gives to each of its parts, by entry: int64 (n_columns,)."""
    alike: dict[int, list[Split]] = defaultdict(list)
    for split in plan.splits:
        alike[len(split.weights)].append(split)
    found: dict[int, NDArray[np.int64]] = {}
    for splits in alike.values():
        sources = [split.source for split in splits]
        weights = np.array([split.weights for split in splits], np.int64)
        figures = table.values[sources] * table.is_known[sources]
        for split, rows in zip(splits, _divided(figures, weights), strict=True):
            found.update(zip(split.entries, rows, strict=True))
    return found


def _divided(figures: NDArray[np.int64], weights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Figures (n, columns) shared by weights (n, k) → (n, k, columns); each column keeps its sum.

    Largest remainders are rounded up; equal ones in the order of the parts.
    """
    total = weights.sum(axis=1)[:, None, None]
    floors, rests = np.divmod(figures[:, None, :] * weights[:, :, None], total)
    n_left = figures - floors.sum(axis=1)
    order = np.argsort(-rests, axis=1, kind="stable")
    places = np.argsort(order, axis=1, kind="stable")
    found: NDArray[np.int64] = floors + (places < n_left[:, None, :])
    return found


def _check(table: UnitTable) -> None:
    if len(set(table.units)) != len(table.units):
        twice = next(unit for unit in table.units if table.units.count(unit) > 1)
        raise _refused(
            "coverage.duplicate_unit",
            Words(
                f"Đơn vị {twice} đứng ở hai dòng. Giữ một dòng.",
                f"Unit {twice} stands on two rows. Keep one.",
            ),
            twice,
        )
    if table.values.size and table.values.min() < 0:
        row = table.units[int(np.argmin(table.values.min(axis=1)))]
        raise _refused(
            "coverage.negative_count",
            Words(
                f"Số của {row} nhỏ hơn 0. Xem lại số gốc.",
                f"A count of {row} is below 0. Check the original figure.",
            ),
            row,
        )


def _check_products(table: UnitTable, plan: Plan) -> None:
    """A figure times the sum of its weights must stay an exact 64-bit number."""
    for split in plan.splits:
        largest = int(table.values[split.source].max(initial=0))
        if largest * sum(split.weights) >= 2**62:
            unit = table.units[split.source]
            raise _refused(
                "coverage.too_large",
                Words(
                    f"Số hoặc phần chia của {unit} quá lớn để tính đúng. Viết phần chia ngắn hơn.",
                    f"A figure or the shares of {unit} are too large to be exact. "
                    "Write the shares shorter.",
                ),
                unit,
            )


def _refused(code: str, words: Words, unit: str) -> CoverageError:
    return CoverageError(code, words, where=unit)
