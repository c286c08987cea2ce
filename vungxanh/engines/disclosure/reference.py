"""A reader who wants to know what is withheld: exact, slow, and without any idea of networks.

Writes down every sum of the table as an equation, puts in what is told, and asks of each withheld
cell how small and how great it can be (linear programme in fractions, by the simplex method with
Bland's rule, which always ends).
"""

from collections.abc import Mapping
from fractions import Fraction

from vungxanh.engines.disclosure.types import WHOLE, Cell, Table

Row = list[Fraction]


def equations(table: Table) -> list[dict[Cell, int]]:
    """Every sum of a table, as what adds up to zero."""
    parents, columns = table.parents, table.columns
    units = {*parents, *parents.values(), *(unit for unit, _ in table.counts)}
    found = []
    for unit in sorted(set(parents.values())):
        below = [one for one, above in parents.items() if above == unit]
        for column in (WHOLE, *columns):
            found.append({(unit, column): -1, **{(one, column): 1 for one in below}})
    if columns:
        found += [{(u, WHOLE): -1, **{(u, one): 1 for one in columns}} for u in sorted(units)]
    return found


def bounds(
    told: Mapping[Cell, int | None], sums: list[dict[Cell, int]], *, lowest: int = 1
) -> dict[Cell, tuple[Fraction, Fraction | None]]:
    """The least and the greatest of each withheld cell; None where nothing bounds it above."""
    hidden = sorted(cell for cell, n in told.items() if n is None)
    place = {cell: at for at, cell in enumerate(hidden)}
    rows = [_row(one, told, place, lowest=lowest) for one in sums]
    rows = [row for row in rows if any(row[:-1])]
    return {cell: _bounds_of(rows, at, lowest=lowest) for cell, at in place.items()}


def _row(
    one: dict[Cell, int],
    told: Mapping[Cell, int | None],
    place: Mapping[Cell, int],
    *,
    lowest: int,
) -> Row:
    """An equation of the withheld cells above their lowest, with what they add up to last."""
    row = [Fraction(0)] * (len(place) + 1)
    for cell, sign in one.items():
        n = told[cell]
        if n is None:
            row[place[cell]] += sign
        row[-1] -= sign * (lowest if n is None else n)
    return row


def _bounds_of(rows: list[Row], at: int, *, lowest: int) -> tuple[Fraction, Fraction | None]:
    n = len(rows[0]) - 1 if rows else at + 1
    goal = [Fraction(int(one == at)) for one in range(n)]
    most = greatest(rows, goal)
    least = greatest(rows, [-one for one in goal])
    if least is None:
        raise ArithmeticError("a count above zero cannot shrink for ever")
    return lowest - least, None if most is None else lowest + most


def greatest(rows: list[Row], goal: Row) -> Fraction | None:
    """The greatest of a goal over x >= 0 with these equations; None where there is no greatest."""
    n, m = len(goal), len(rows)
    if not rows:
        return None if any(one > 0 for one in goal) else Fraction(0)
    simplex = _Simplex(rows, n)
    simplex.climb([Fraction(0)] * n + [Fraction(-1)] * m, n + m)
    if simplex.rest():
        raise ArithmeticError("what is told contradicts itself")
    simplex.leave_made_up()
    padded = [*goal, *([Fraction(0)] * m)]
    return simplex.value(padded) if simplex.climb(padded, n) else None


class _Simplex:
    """Equations solved for the variables of `basis`; those from `n` on are made up at first."""

    def __init__(self, rows: list[Row], n: int) -> None:
        m = len(rows)
        signed = [[-x for x in row] if row[-1] < 0 else row for row in rows]
        self.n, self.basis = n, [n + i for i in range(m)]
        self.rows = [
            [*row[:-1], *(Fraction(int(i == j)) for j in range(m)), row[-1]]
            for i, row in enumerate(signed)
        ]

    def value(self, goal: Row) -> Fraction:
        """What a goal comes to now."""
        pairs = zip(self.rows, self.basis, strict=True)
        return sum((goal[b] * row[-1] for row, b in pairs), Fraction(0))

    def rest(self) -> bool:
        """Whether something made up is still needed."""
        return any(row[-1] for row, b in zip(self.rows, self.basis, strict=True) if b >= self.n)

    def climb(self, goal: Row, allowed: int) -> bool:
        """Exchange until nothing is gained; False where the goal grows for ever."""
        while (enters := self._entering(goal, allowed)) is not None:
            leaving = [
                (row[-1] / row[enters], self.basis[i], i)
                for i, row in enumerate(self.rows)
                if row[enters] > 0
            ]
            if not leaving:
                return False
            self._exchange(min(leaving)[2], enters)
        return True

    def leave_made_up(self) -> None:
        """Bring what was made up out of the basis where something real can stand for it."""
        for i, b in enumerate(self.basis):
            real = [at for at in range(self.n) if self.rows[i][at]] if b >= self.n else []
            if real:
                self._exchange(i, real[0])

    def _entering(self, goal: Row, allowed: int) -> int | None:
        """The first variable that gains (Bland)."""
        inside = set(self.basis)
        for at in range(allowed):
            pairs = zip(self.rows, self.basis, strict=True)
            if at not in inside and goal[at] > sum(
                goal[b] * row[at] for row, b in pairs if row[at]
            ):
                return at
        return None

    def _exchange(self, i: int, enters: int) -> None:
        by = self.rows[i][enters]
        self.rows[i] = pivot = [x / by for x in self.rows[i]]
        for j, row in enumerate(self.rows):
            times = row[enters]
            if j != i and times:
                self.rows[j] = [x - times * y if y else x for x, y in zip(row, pivot, strict=True)]
        self.basis[i] = enters
