"""Counts by the commune that people gave, placed on the units of both eras.

A commune passed wholly into a unit of the other era where all that it became lies there: a commune
parted between two communes of one province counts in the province, and in neither commune. Units
and their succession are read once from the package's files.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vungxanh.locations.values import TREES, Level, Unit, UnitId, country_of, registry, same_level

_COUNTRIES: Final = frozenset(country_of(tree) for tree in TREES)
Counts = Mapping[tuple[str, str], int]
"""Counts by commune and element; the commune is empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Placed:
    """How many are in a unit; `n_unplaced` more gave a commune that only partly lies in it.

    Of the country, `n_unknown` of the `n` gave no commune. Where nobody gave a commune that wholly
    lies there it is not whole: its zero is not known.
    """

    n: int = 0
    n_unplaced: int = 0
    n_unknown: int = 0
    is_whole: bool = True


def placed(counts: Counts) -> dict[tuple[UnitId, str], Placed]:
    """The counts of every unit that holds somebody; who gave no commune is in the country."""
    wholly: dict[tuple[UnitId, str], int] = defaultdict(int)
    partly: dict[tuple[UnitId, str], int] = defaultdict(int)
    for (unit, element), n in counts.items():
        whole, part = _reach(unit)
        for one in whole:
            wholly[one, element] += n
        for one in part:
            partly[one, element] += n
    keys = sorted({*wholly, *partly})
    return {
        (unit, element): Placed(
            n=wholly.get((unit, element), 0),
            n_unplaced=partly.get((unit, element), 0),
            n_unknown=counts.get(("", element), 0) if unit in _COUNTRIES else 0,
            is_whole=(unit, element) in wholly,
        )
        for unit, element in keys
    }


@lru_cache(maxsize=512)
def communes_for(unit: Unit) -> frozenset[str] | None:
    """The units of both eras whose people may be in a unit; None stands for all of them."""
    if unit.level is Level.COUNTRY:
        return None
    own = [one for one in registry().units(unit.tree) if unit.id in one.chain]
    return frozenset(found.id for one in own for found in (one, *_counterparts(one)))


@lru_cache(maxsize=20_000)
def _reach(unit_id: str) -> tuple[frozenset[UnitId], frozenset[UnitId]]:
    """The units of both eras that a commune lies in wholly, and those that hold a part of it."""
    if not unit_id:
        return _COUNTRIES, frozenset()
    own = registry().unit(unit_id)
    others = _counterparts(own)
    chains = [set(one.chain) for one in others]
    touched = set().union(*chains)
    shared = touched.intersection(*chains) - _estimated(own, others)
    return _COUNTRIES.union(own.chain, shared), frozenset(touched - shared - _COUNTRIES)


def _counterparts(own: Unit) -> list[Unit]:
    """What a unit became, or what it was made from, of its own level where there are any."""
    known = registry()
    later = [known.unit(told.new) for told in known.successors(own.id)]
    return same_level(own, later or [known.unit(told.old) for told in known.predecessors(own.id)])


def _estimated(own: Unit, others: list[Unit]) -> set[UnitId]:
    """The one unit of the other era of which it is not sure that all of this one lies in it."""
    told = [*registry().successors(own.id), *registry().predecessors(own.id)]
    sure = {(one.old, one.new) for one in told if one.share == 1}
    return {one.id for one in others if sure.isdisjoint({(own.id, one.id), (one.id, own.id)})}
