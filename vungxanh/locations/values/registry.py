"""Units of both eras in memory, for the command line: no database and no Django."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from vungxanh.locations.values.succession import NotValidOnError, Succession, successions
from vungxanh.locations.values.units import (
    TREES,
    Unit,
    UnitId,
    UnknownUnitError,
    parse_unit_id,
    tree_on,
    units_of,
)


class Registry:
    """Both trees and the succession between them, by id."""

    def __init__(self) -> None:
        self._units = {unit.id: unit for tree in TREES for unit in units_of(tree)}
        self._later: dict[UnitId, list[Succession]] = defaultdict(list)
        self._earlier: dict[UnitId, list[Succession]] = defaultdict(list)
        for told in successions():
            self._later[told.old].append(told)
            self._earlier[told.new].append(told)

    def unit(self, unit_id: str) -> Unit:
        """The unit of an id; an unknown one is refused."""
        wanted = parse_unit_id(unit_id)
        if wanted not in self._units:
            raise UnknownUnitError(wanted)
        return self._units[wanted]

    def units(self, tree: str) -> Iterable[Unit]:
        """The units of one tree, parents before children."""
        return units_of(tree)

    def above(self, unit: Unit) -> tuple[Unit, ...]:
        """The units above but the country, the nearest first."""
        return tuple(self._units[one] for one in reversed(unit.chain[1:-1]))

    def successors(self, unit_id: str) -> tuple[Succession, ...]:
        """What a unit of 2021 passed into, its default first."""
        return tuple(self._later.get(self.unit(unit_id).id, ()))

    def predecessors(self, unit_id: str) -> tuple[Succession, ...]:
        """What a unit of today was made from, of every level."""
        return tuple(self._earlier.get(self.unit(unit_id).id, ()))

    def next_up(self, unit_id: str, on: date) -> Unit | None:
        """The nearest unit of a day's tree above all that a unit was or became."""
        found = lowest_above(self._counterparts(self.unit(unit_id), on))
        return self._units[found] if found else None

    def unit_on(self, unit_id: str, on: date) -> Unit:
        """The unit, if its tree holds on a day; else refused with what stands in its place."""
        own = self.unit(unit_id)
        counterparts = self._counterparts(own, on)
        if counterparts != [own]:
            raise NotValidOnError(own, on, [one.name for one in counterparts])
        return own

    def _counterparts(self, own: Unit, on: date) -> list[Unit]:
        if own.tree == tree_on(on):
            return [own]
        later = [self._units[told.new] for told in self._later.get(own.id, ())]
        earlier = [self._units[told.old] for told in self._earlier.get(own.id, ())]
        return same_level(own, later or earlier)


def same_level(own: Unit, found: Iterable[Unit]) -> list[Unit]:
    """The units of a unit's own level where there are any, else all; in Vietnamese order."""
    ordered = sorted(found, key=lambda one: (one.sort_key, one.id))
    return [one for one in ordered if one.level is own.level] or ordered


def lowest_above(units: Iterable[Unit]) -> UnitId | None:
    """The lowest unit that lies above all units of one tree; None above the country."""
    floors = zip(*(one.chain[:-1] for one in units), strict=False)
    shared = [ids[0] for ids in floors if len(set(ids)) == 1]
    return shared[-1] if shared else None


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The one registry of a process."""
    return Registry()
