"""The levels of a tree, and the units that a page of one of them reads."""

from vungxanh.locations import queries as locations
from vungxanh.locations.values import Level, Unit
from vungxanh.uptake.queries import rebasing

LEVELS = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


def levels_of(tree: str) -> tuple[Level, ...]:
    """The levels that a tree has, from the top: that of 2025 has no districts."""
    return LEVELS if tree == rebasing.OLD else tuple(one for one in LEVELS if one != "district")


def below(level: Level, tree: str = rebasing.OLD) -> Level:
    """The level under this one in a tree; a commune is its own."""
    levels = levels_of(tree)
    return levels[min(levels.index(level) + 1, len(levels) - 1)]


def units_of_tree(unit: Unit, level: Level | None = None) -> list[Unit]:
    """The unit and the units that its tree reads; read once for several moments."""
    return _units_below(unit, level or below(unit.level, unit.tree))


def _units_below(unit: Unit, level: Level) -> list[Unit]:
    lowest = below(level, unit.tree)
    wanted = LEVELS[LEVELS.index(unit.level) + 1 : LEVELS.index(lowest) + 1]
    return [unit, *locations.subtree(unit, wanted)] if wanted else [unit]
