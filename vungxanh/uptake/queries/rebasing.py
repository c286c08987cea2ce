"""Figures of one era on the units of the other: which units stand for which, and what they hand on.

Units and their succession are read once from the package's files; figures in two queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from vungxanh.engines.coverage.rebase import Missing, Part, Rebased, Way, backward, rebase, table_of
from vungxanh.locations.values import TREES, Level, Unit, UnitId, successions, units_of
from vungxanh.uptake import rules
from vungxanh.uptake.rules import Carried, FactRow, Figure, FigureState, Node

OLD, NEW = TREES
# A new commune is made of communes; of districts only where the communes have no figures.
_ORDER = (Level.COUNTRY, Level.PROVINCE, Level.COMMUNE, Level.DISTRICT)
Path = tuple[str, str]  # an element, and the unit of the other era that hands it on


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The units of the other era that some units come from or went into.

    `ways` holds one succession for each level of the old units, the nearest first; each names all
    that became of a unit, so that a part of it is never taken for the whole. `units` have the
    parts of provinces with them, so that sums can be made.
    """

    units: tuple[Unit, ...]
    ways: tuple[tuple[Way, ...], ...]

    @property
    def ids(self) -> list[str]:
        """The ids of the units, in their order."""
        return [unit.id for unit in self.units]


def other_tree(tree: str) -> str:
    """The tree of the other era."""
    return NEW if tree == OLD else OLD


@lru_cache(maxsize=64)
def counterparts(root: Unit, asked: tuple[UnitId, ...]) -> Counterparts:
    """What stands in the other era for `asked`, the units on the page of `root`."""
    wanted = frozenset(asked)
    found = tuple(ways for level in _ORDER if (ways := _leading(root.tree, level, wanted)))
    tops = {UnitId(way.old) for ways in found for way in ways if way.new in wanted}
    return Counterparts(_with_parts(other_tree(root.tree), tops, root.level), found)


def beside(unit: Unit) -> tuple[Unit, ...]:
    """The units of the other era of the same level, else of the nearest: where a switch leads."""
    names = _index(other_tree(unit.tree))
    for level in _ORDER:
        ways = _leading(unit.tree, level, frozenset({unit.id}))
        found = sorted({way.old for way in ways if way.new == unit.id})
        if found:
            return tuple(sorted((names[one] for one in found), key=lambda u: (u.sort_key, u.id)))
    return ()


def carry(
    others: Counterparts, facts: Iterable[FactRow], *, asked: Sequence[str], elements: Iterable[str]
) -> dict[str, tuple[Carried, ...]]:
    """What the units of the other era hand to each of `asked`, by unit; others are absent."""
    nodes = rules.forest(others.units, facts)
    names = tuple(elements)
    tables = [_rebased(ways, nodes, names) for ways in others.ways]
    chosen = {unit: _handed(unit, tables, nodes, names=names) for unit in asked}
    return {unit: carried for unit, carried in chosen.items() if carried}


def _leading(tree: str, level: Level, wanted: frozenset[str]) -> tuple[Way, ...]:
    """The ways that lead to `wanted` from the other era, with all others from the same origins."""
    by_new, by_old = _ways(tree)[level]
    origins = sorted({way.old for unit in wanted for way in by_new.get(unit, ())})
    return tuple(way for origin in origins for way in by_old[origin])


Directed = tuple[Mapping[str, list[Way]], Mapping[str, list[Way]]]


@lru_cache(maxsize=2)
def _ways(tree: str) -> dict[Level, Directed]:
    """The ways into a tree by the level of the old unit, by target and by origin."""
    levels = _index(OLD)
    found: dict[Level, list[Way]] = {level: [] for level in Level}
    for row in successions():
        share = None if row.share is None else Fraction(row.share)
        is_sure = row.certainty == "sure"
        found[levels[row.old].level].append(Way(row.old, row.new, share, row.is_default, is_sure))
    return {level: _directed(ways, tree) for level, ways in found.items()}


def _directed(ways: Sequence[Way], tree: str) -> Directed:
    led = ways if tree == NEW else backward(ways)
    by_new: dict[str, list[Way]] = {}
    by_old: dict[str, list[Way]] = {}
    for way in led:
        by_new.setdefault(way.new, []).append(way)
        by_old.setdefault(way.old, []).append(way)
    return by_new, by_old


@lru_cache(maxsize=2)
def _index(tree: str) -> dict[str, Unit]:
    return {unit.id: unit for unit in units_of(tree)}


def _with_parts(tree: str, tops: set[UnitId], level: Level) -> tuple[Unit, ...]:
    """The units and, of provinces, those below; of the whole country only down to districts."""
    provinces = {one.partition(":")[2] for one in tops if len(one.partition(":")[2]) == 2}
    is_country = level is Level.COUNTRY
    return tuple(
        unit
        for unit in units_of(tree)
        if unit.id in tops
        or (
            unit.path.split("/")[1:2]
            and unit.path.split("/")[1] in provinces
            and not (is_country and unit.level is Level.COMMUNE)
        )
    )


def _rebased(ways: Sequence[Way], nodes: Mapping[str, Node], names: Sequence[str]) -> Rebased:
    units = sorted({way.old for way in ways} & nodes.keys())
    rows = [[rules.figure(nodes[unit], name).value for name in names] for unit in units]
    return rebase(table_of(units, rows), ways)


def _handed(
    unit: str, tables: Sequence[Rebased], nodes: Mapping[str, Node], *, names: Sequence[str]
) -> tuple[Carried, ...]:
    """What each unit of the other era hands to one, element by element from the nearest level."""
    figures: dict[str, dict[str, Figure]] = {}
    undivided: dict[str, set[str]] = {}
    for column, name in enumerate(names):
        for part in _nearest(unit, tables, column):
            found = _figure(part, nodes.get(part.old), name)
            figures.setdefault(part.old, {})[name] = found
            if part.missing is Missing.NO_BASE and _is_known(nodes.get(part.old), name):
                undivided.setdefault(part.old, set()).add(name)
    return tuple(
        Carried(
            unit=nodes[old].unit,
            figures=held,
            undivided=frozenset(undivided.get(old, ())),
            unpublished=frozenset(n for n in held if rules.is_unpublished(nodes[old], n)),
        )
        for old, held in figures.items()
        if old in nodes
    )


def _nearest(unit: str, tables: Sequence[Rebased], column: int) -> tuple[Part, ...]:
    """The parts of the first level that has a figure; else of the first that had one undivided."""
    listed = [table.parts(unit, column) for table in tables]
    with_figures = [parts for parts in listed if any(part.value is not None for part in parts)]
    undivided = [parts for parts in listed if any(p.missing is Missing.NO_BASE for p in parts)]
    return next(iter((*with_figures, *undivided)), ())


def _figure(part: Part, node: Node | None, element: str) -> Figure:
    if part.value is None or node is None:
        return Figure(element, None, FigureState.MISSING)
    own = rules.figure(node, element)
    return replace(
        own, value=part.value, revision=0, is_estimated=own.is_estimated or part.is_estimated
    )


def _is_known(node: Node | None, element: str) -> bool:
    return node is not None and rules.figure(node, element).value is not None
