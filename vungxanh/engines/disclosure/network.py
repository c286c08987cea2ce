"""A table as a network, in which every count is an arc and every sum a node.

What flows into a node flows out of it: wholes down the tree, through the row of each lowest unit,
and columns up again. To change one count and still have every sum right is to send something round
a cycle, so what can be known of a withheld count is a question of flow (Cox 1995).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from vungxanh.engines.disclosure.types import (
    WHOLE,
    Cell,
    Table,
    refuse_count,
    refuse_tree,
)

Node = tuple[str, str, str]
Step = tuple[int, bool]
"""An arc, and whether it is walked forward (its count grows) or backward (it shrinks)."""

_GROUND: Node = ("ground", "", "")
# What readers look for first is withheld last: wholes, and all of the top unit.
_WHOLE_COSTS, _ROOT_COSTS = 4, 8


@dataclass(slots=True)
class Network:
    """The arcs: cell, count, price of withholding it, where from and to.

    `ways` are the steps out of each node.
    """

    cells: list[Cell] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    prices: list[int] = field(default_factory=list)
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    ways: list[list[Step]] = field(default_factory=list)
    _numbers: dict[Node, int] = field(default_factory=dict)

    def add(self, cell: Cell, count: int, *, ends: tuple[Node, Node], extra: int) -> None:
        """An arc more. Cells of no count are left out: they are told, and nothing flows there."""
        if not count:
            return
        tail, head = (self._number(one) for one in ends)
        arc = len(self.cells)
        self.cells.append(cell)
        self.counts.append(count)
        self.prices.append(count.bit_length() + extra)
        self.tails.append(tail)
        self.heads.append(head)
        self.ways[tail].append((arc, True))
        self.ways[head].append((arc, False))

    def end_of(self, step: Step) -> int:
        """The node that a step leads to."""
        arc, is_forward = step
        return self.heads[arc] if is_forward else self.tails[arc]

    def _number(self, node: Node) -> int:
        found = self._numbers.setdefault(node, len(self._numbers))
        if found == len(self.ways):
            self.ways.append([])
        return found


def summed(table: Table) -> dict[Cell, int]:
    """Every cell of a table, units in order. Raises `disclosure.tree`, `disclosure.count`."""
    columns = table.columns or (WHOLE,)
    above = {unit: _way_up(table, unit) for unit in _units(table)}
    roots = {way[-1] for way in above.values()}
    if len(roots) > 1:
        raise refuse_tree(max(roots))
    if WHOLE in table.columns or len(set(columns)) < len(columns):
        raise refuse_count(("", WHOLE))
    found = {(unit, column): 0 for unit in above for column in _all_columns(table)}
    inner = set(table.parents.values())
    for (unit, column), n in table.counts.items():
        if unit not in above or unit in inner or column not in columns or not _is_count(n):
            raise refuse_count((unit, column))
        for one in above[unit]:
            for name in {column, WHOLE}:
                found[one, name] += n
    return found


def network_of(table: Table, sums: dict[Cell, int]) -> Network:
    """The arcs of a table with these sums."""
    made, inner = Network(), set(table.parents.values())
    for (unit, column), n in sums.items():
        ends = _ends(table, (unit, column), is_inner=unit in inner)
        extra = _WHOLE_COSTS * (column == WHOLE) + _ROOT_COSTS * (unit not in table.parents)
        made.add((unit, column), n, ends=ends, extra=extra)
    return made


def _ends(table: Table, cell: Cell, *, is_inner: bool) -> tuple[Node, Node]:
    """Wholes flow from the sum above to the unit, columns from the unit to the sum above."""
    unit, column = cell
    above = table.parents.get(unit)
    outer: Node = _GROUND if above is None else ("sum", above, column)
    row: Node = ("row", unit, "") if table.columns else _GROUND
    inside: Node = ("sum", unit, column) if is_inner else row
    return (outer, inside) if column == WHOLE else (inside, outer)


def _all_columns(table: Table) -> tuple[str, ...]:
    return (WHOLE, *sorted(table.columns))


def _units(table: Table) -> list[str]:
    return sorted({*table.parents, *table.parents.values(), *(unit for unit, _ in table.counts)})


def _way_up(table: Table, unit: str) -> list[str]:
    found = list(_upward(table, unit))
    if found[-1] in table.parents:
        raise refuse_tree(unit)
    return found


def _upward(table: Table, unit: str) -> Iterator[str]:
    """The unit and those above it, and no further than there are units."""
    yield unit
    for _ in table.parents:
        if unit not in table.parents:
            return
        unit = table.parents[unit]
        yield unit


def _is_count(n: object) -> bool:
    return isinstance(n, int) and not isinstance(n, bool) and n >= 0
