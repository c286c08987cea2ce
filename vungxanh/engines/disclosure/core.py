"""Withholding small counts, and as few others as it takes that nobody can work them out."""

from collections import deque
from collections.abc import Collection, Iterator
from heapq import heappop, heappush
from typing import Final

from vungxanh.engines.disclosure.network import Network, Step, network_of, summed
from vungxanh.engines.disclosure.types import Cell, Protected, Table, refuse_told

LEAST: Final = 5
"""The smallest count that is told (zero aside): common among statistical offices."""
_LOWEST: Final = 1
"""Zeros are told, so a reader knows that what is withheld is one or more."""


def protect(table: Table, *, least: int = LEAST, told: Collection[Cell] = frozenset()) -> Protected:
    """What may be told of a table, so that every withheld count could have `least` values.

    Told are true counts, zero or `least` and more. Of each withheld cell, whatever a reader
    calculates from all that is told, at least `least` values in a row stay possible: a small one
    cannot be told from one that is not. Cells of `told` are told elsewhere and stay told.
    Raises `disclosure.tree`, `disclosure.count`, and `disclosure.told_elsewhere` where that leaves
    no way to withhold what is small.

    >>> parents = {"xã A": "huyện", "xã B": "huyện", "xã C": "huyện"}
    >>> counts = {("xã A", ""): 2, ("xã B", ""): 40, ("xã C", ""): 70}
    >>> found = protect(Table(parents, (), counts))
    >>> {unit: n for (unit, _), n in found.cells.items()}
    {'huyện': 112, 'xã A': None, 'xã B': None, 'xã C': 70}
    >>> found.n_small, found.n_besides
    (1, 1)
    """
    sums = summed(table)
    network = network_of(table, sums)
    small = [arc for arc, n in enumerate(network.counts) if n < least]
    fixed = {arc for arc, cell in enumerate(network.cells) if cell in told}
    if not fixed.isdisjoint(small):
        raise refuse_told()
    withheld = _Withholding(network, least - 1, small=set(small), fixed=fixed).done()
    hidden = {network.cells[arc] for arc in withheld}
    cells = {cell: None if cell in hidden else n for cell, n in sums.items()}
    return Protected(cells, len(small), len(withheld) - len(small))


class _Withholding:
    """The arcs withheld so far, and those whose width is still to be looked at."""

    def __init__(self, network: Network, width: int, *, small: set[int], fixed: set[int]) -> None:
        self.network, self.width, self.hidden, self.fixed = network, width, set(small), fixed
        self.waiting = deque(sorted(small, key=lambda arc: (network.counts[arc], arc)))

    def done(self) -> set[int]:
        """Widen each withheld arc in turn; those that join are looked at as well."""
        while self.waiting:
            self._widen(self.waiting.popleft())
        return self.hidden

    def _widen(self, arc: int) -> None:
        """Withhold what it takes that a count may differ by the width, down and up together."""
        if self.network.tails[arc] == self.network.heads[arc]:
            return  # it is in no sum, so nothing tells anything of it
        down = _Flow(self, (arc, False)).most(self.width)
        flow = _Flow(self, (arc, True))
        up = flow.most(self.width - down)
        if up < self.width - down:
            joined = flow.widen(self.width - down - up)
            self.hidden.update(joined)
            self.waiting.extend(joined)


class _Flow:
    """What more (or less) a count could be, and by which cycles.

    `changed` is by how much the flow so far has changed each arc.
    """

    def __init__(self, told: _Withholding, step: Step) -> None:
        self.told, self.network = told, told.network
        arc, is_forward = step
        ends = (self.network.heads[arc], self.network.tails[arc])
        self.start, self.goal = ends if is_forward else ends[::-1]
        self.arc, self.is_forward = arc, is_forward
        self.changed: dict[int, int] = {}

    def most(self, wanted: int) -> int:
        """How far it can go along withheld arcs alone, up to what is wanted."""
        found = 0
        room = wanted if self.is_forward else min(wanted, self.network.counts[self.arc] - _LOWEST)
        while found < room and (path := self._found(may_hide=False)):
            found += self._send(path, room - found)
        return found

    def widen(self, wanted: int) -> list[int]:
        """Go on along the cheapest arcs, told ones among them; those that must be withheld."""
        joined: dict[int, None] = {}
        while wanted > 0:
            path = self._found(may_hide=True)
            if not path:
                raise refuse_told()
            new = [arc for arc, _ in path if arc not in self.told.hidden]
            joined |= dict.fromkeys(new)
            self.told.hidden.update(new)
            wanted -= self._send(path, wanted)
        return list(joined)

    def _send(self, path: list[Step], wanted: int) -> int:
        amount = min([wanted, *(self._room(step) for step in path if not step[1])])
        for arc, is_forward in path:
            self.changed[arc] = self.changed.get(arc, 0) + (amount if is_forward else -amount)
        return amount

    def _room(self, step: Step) -> int:
        """How far a count can shrink."""
        return self.network.counts[step[0]] + self.changed.get(step[0], 0) - _LOWEST

    def _found(self, *, may_hide: bool) -> list[Step]:
        """The cheapest path that closes the cycle; nothing where there is none."""
        came: dict[int, Step] = {}
        done: set[int] = set()
        heap: list[tuple[int, int, int]] = [(0, 0, self.start)]
        best = {self.start: (0, 0)}
        while heap:
            cost, n_steps, node = heappop(heap)
            if node == self.goal:
                return self._traced(came)
            if node in done:
                continue
            done.add(node)
            for step, price in self._steps(node, may_hide=may_hide):
                to, new = self.network.end_of(step), (cost + price, n_steps + 1)
                if to not in best or new < best[to]:
                    best[to], came[to] = new, step
                    heappush(heap, (*new, to))
        return []

    def _steps(self, node: int, *, may_hide: bool) -> Iterator[tuple[Step, int]]:
        for step in self.network.ways[node]:
            arc = step[0]
            is_hidden = arc in self.told.hidden
            may_go = is_hidden or (may_hide and arc not in self.told.fixed)
            if arc != self.arc and may_go and (step[1] or self._room(step) > 0):
                yield step, 0 if is_hidden else self.network.prices[arc]

    def _traced(self, came: dict[int, Step]) -> list[Step]:
        path: list[Step] = []
        node = self.goal
        while node != self.start:
            arc, is_forward = step = came[node]
            path.append(step)
            node = self.network.tails[arc] if is_forward else self.network.heads[arc]
        return path[::-1]
