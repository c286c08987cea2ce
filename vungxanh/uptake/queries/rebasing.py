"""Figures of one era on the units of the other: which units stand for which, and what they hand on.

Units and their succession are read once from the package's files; figures in two queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from vungxanh.engines.coverage.rebase import (
    Basis,
    Missing,
    Part,
    Rebased,
    Splitting,
    Way,
    backward,
    rebase,
    table_of,
)
from vungxanh.locations.values import TREES, Level, Unit, UnitId, successions, units_of
from vungxanh.uptake import rules
from vungxanh.uptake.queries.weighing import Pieces, Weights, divided
from vungxanh.uptake.rules import Carried, FactRow, Figure, FigureState, Node

OLD, NEW = TREES
# A new commune is made of communes; of districts only where the communes have no figures.
_ORDER = (Level.COUNTRY, Level.PROVINCE, Level.COMMUNE, Level.DISTRICT)
NO_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Counterparts:
    """The units of the other era that some units come from or went into.

    `ways` holds one succession for each level of the old units, the nearest first; each names all
    that became of a unit, so that a part of it is never taken for the whole. `units` have the
    parts of provinces with them, so that sums can be made. `pieces` names the units whose people
    are those of each part of a divided unit.
    """

    units: tuple[Unit, ...]
    ways: tuple[tuple[Way, ...], ...]
    pieces: Pieces

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
    units = _with_parts(other_tree(root.tree), tops, root.level)
    return Counterparts(units, found, _pieces(root.tree, found))


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
    others: Counterparts,
    facts: Iterable[FactRow],
    *,
    asked: Sequence[str],
    elements: Iterable[str],
    weights: Weights = NO_WEIGHTS,
) -> dict[str, tuple[Carried, ...]]:
    """What the units of the other era hand to each of `asked`, by unit; others are absent."""
    nodes = rules.forest(others.units, facts)
    names = tuple(elements)
    tables = tuple(_rebased(ways, nodes, names, weights=weights) for ways in others.ways)
    found = _Found(nodes, tables, names, weights)
    chosen = {unit: _handed(unit, found) for unit in asked}
    return {unit: carried for unit, carried in chosen.items() if carried}


Moments = Mapping[str, list[tuple[datetime, int]]]


def carry_series(
    others: Counterparts, own: Moments, *, like: Mapping[str, Figure], weights: Weights = NO_WEIGHTS
) -> dict[str, list[tuple[datetime, int]]]:
    """Figures of one element by as-of on the units of `like`, from those of the other era.

    By the same rule as the figure itself: a moment counts where the same units of the other era
    have a figure as in `like`, the figure that the page shows.
    """
    series = _summed_series(others.units, own)
    moments = sorted({moment for points in series.values() for moment, _value in points})
    if not moments:
        return {}
    rows = {unit: dict(points) for unit, points in series.items()}
    tables = [_by_moment(ways, rows, moments, weights=weights) for ways in others.ways]
    return {
        unit: points
        for unit, shown in like.items()
        if (points := _points(unit, shown, tables, moments=moments))
    }


def _summed_series(units: Iterable[Unit], own: Moments) -> dict[str, list[tuple[datetime, int]]]:
    nodes = rules.forest(units, ())
    return {unit: rules.series_of(node, own) for unit, node in nodes.items()}


def _by_moment(
    ways: Sequence[Way],
    rows: Mapping[str, Mapping[datetime, int]],
    moments: Sequence[datetime],
    *,
    weights: Weights,
) -> Rebased:
    units = sorted({way.old for way in ways} & rows.keys())
    table = table_of(units, [[rows[unit].get(moment) for moment in moments] for unit in units])
    return rebase(table, ways, Splitting(weights.by_part))


def _points(
    unit: str, shown: Figure, tables: Sequence[Rebased], *, moments: Sequence[datetime]
) -> list[tuple[datetime, int]]:
    wanted = set(shown.carried_from)
    found = []
    for column, moment in enumerate(moments):
        known = [part for part in _nearest(unit, tables, column) if part.value is not None]
        if known and {part.old for part in known} == wanted:
            found.append((moment, sum(part.value or 0 for part in known)))
    return found


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


def _pieces(tree: str, listed: Iterable[tuple[Way, ...]]) -> Pieces:
    """Whose people are those of each part: a target of one origin alone, else whole communes."""
    found = {}
    for ways in listed:
        for way in (way for rows in divided(ways).values() for way in rows):
            origins = _ways(tree)[_level_of_old(way, tree)][0][way.new]
            whole = ((way.new,),) if len(origins) == 1 else ()
            found[way.old, way.new] = (*whole, *_communes_of(way, tree))
    return found


def _level_of_old(way: Way, tree: str) -> Level:
    return _index(OLD)[way.old if tree == NEW else way.new].level


def _communes_of(way: Way, tree: str) -> tuple[tuple[str, ...], ...]:
    """The old communes that the two units share, where each of them is shared whole."""
    old, new = (way.old, way.new) if tree == NEW else (way.new, way.old)
    by_new, by_old = _ways(NEW)[Level.COMMUNE]
    shared = [one.old for one in by_new.get(new, ()) if old in _index(OLD)[one.old].chain]
    is_whole = bool(shared) and all(len(by_old[one]) == 1 for one in shared)
    return (tuple(shared),) if is_whole else ()


def _rebased(
    ways: Sequence[Way], nodes: Mapping[str, Node], names: Sequence[str], *, weights: Weights
) -> Rebased:
    units = sorted({way.old for way in ways} & nodes.keys())
    rows = [[rules.figure(nodes[unit], name).value for name in names] for unit in units]
    return rebase(table_of(units, rows), ways, Splitting(weights.by_part))


@dataclass(frozen=True, slots=True)
class _Found:
    nodes: Mapping[str, Node]
    tables: tuple[Rebased, ...]
    names: tuple[str, ...]
    weights: Weights


def _handed(unit: str, held: _Found) -> tuple[Carried, ...]:
    """What each unit of the other era hands to one, element by element from the nearest level."""
    nodes = held.nodes
    figures: dict[str, dict[str, Figure]] = {}
    undivided: dict[str, set[str]] = {}
    for column, name in enumerate(held.names):
        for part in _nearest(unit, held.tables, column):
            found = _figure(part, nodes.get(part.old), name, weights=held.weights)
            figures.setdefault(part.old, {})[name] = found
            if part.missing is Missing.NO_BASE and _is_known(nodes.get(part.old), name):
                undivided.setdefault(part.old, set()).add(name)
    return tuple(
        Carried(
            unit=nodes[old].unit,
            figures=handed,
            undivided=frozenset(undivided.get(old, ())),
            unpublished=frozenset(n for n in handed if rules.is_unpublished(nodes[old], n)),
        )
        for old, handed in figures.items()
        if old in nodes
    )


def _nearest(unit: str, tables: Sequence[Rebased], column: int) -> tuple[Part, ...]:
    """The parts of the first level that has a figure; else of the first that had one undivided."""
    listed = [table.parts(unit, column) for table in tables]
    with_figures = [parts for parts in listed if any(part.value is not None for part in parts)]
    undivided = [parts for parts in listed if any(p.missing is Missing.NO_BASE for p in parts)]
    return next(iter((*with_figures, *undivided)), ())


def _figure(part: Part, node: Node | None, element: str, *, weights: Weights) -> Figure:
    if part.value is None or node is None:
        return Figure(element, None, FigureState.MISSING)
    own = rules.figure(node, element)
    people = weights.told[part.old] if part.basis is Basis.WEIGHT else ()
    return replace(
        own,
        value=part.value,
        revision=0,
        is_estimated=own.is_estimated or part.is_estimated,
        weighed_by=(*own.weighed_by, *people),
    )


def _is_known(node: Node | None, element: str) -> bool:
    return node is not None and rules.figure(node, element).value is not None
