"""What somebody in charge of some units is in charge of across the reform of July 2025."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from vungxanh.locations.values import (
    CURRENT_TREE,
    TREES,
    BadUnitIdError,
    Level,
    Registry,
    Unit,
    UnitId,
    UnknownUnitError,
    registry,
    same_level,
)
from vungxanh.refusals import Words


class Standing(StrEnum):
    """How much of a unit lies in an area.

    `WHOLE`: all of it, so who may act may act there. `PART`: a commune of before, some of which
    passed here, so it is shown as uncertain and nobody acts on it. `NONE`: it is not there.
    """

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Area:
    """`whole` are units that count with all below them, `part` units that count alone."""

    whole: frozenset[UnitId]
    part: frozenset[UnitId] = frozenset()

    def standing(self, unit_id: str, path: str = "") -> Standing:
        """How much of a unit lies here; `path` are the codes from the country down to it."""
        tree, _, code = unit_id.partition(":")
        chain = {UnitId(f"{tree}:{one}") for one in (path or code).split("/")}
        if not self.whole.isdisjoint(chain):
            return Standing.WHOLE
        return Standing.PART if unit_id in self.part else Standing.NONE

    @property
    def roots(self) -> frozenset[str]:
        """The paths below which everything counts, each as `tree:path/`."""
        tops = (
            unit for unit in map(_known, self.whole) if unit and unit.level is not Level.COMMUNE
        )
        return frozenset(f"{unit.tree}:{unit.path}/" for unit in tops)


def standing_of(held: frozenset[str], own: Unit, counterparts: Iterable[Unit]) -> Standing:
    """How much of a unit lies below units that somebody holds: the one rule of both eras.

    `counterparts` are what the unit became or was made from, of its own level where there are
    such. In its own tree a unit lies below a held one or not; in the other it is whole only when
    all its counterparts lie below held units. So who holds the Gia Lai of today holds the Bình
    Định of 2021, and not the other way round: in one tree too, nobody holds the unit above. Only a
    commune of before that was parted is held in part, by those to whom its parts passed.
    """
    if not held.isdisjoint(own.chain):
        return Standing.WHOLE
    inside = [not held.isdisjoint(one.chain) for one in counterparts]
    if inside and all(inside):
        return Standing.WHOLE
    is_parted = own.level is Level.COMMUNE and _has_ended(own)
    return Standing.PART if is_parted and any(inside) else Standing.NONE


def _has_ended(unit: Unit) -> bool:
    return unit.tree != CURRENT_TREE


def own_units(held: frozenset[str]) -> frozenset[str]:
    """The units whose own work falls to somebody who holds these, not what lies below them.

    They are the held ones, and those of the same level in the other era that lie wholly there:
    whoever holds the Gia Lai of today does what the Bình Định of 2021 owed.

    >>> "vn-2021:52" in own_units(frozenset({"vn-2025:52"}))
    True
    >>> own_units(frozenset({"vn-2021:52"})) == {"vn-2021:52"}
    True
    """
    levels = {unit.level for unit in map(_known, map(UnitId, held)) if unit}
    whole = ((one, _known(one)) for one in area_of(held).whole)
    return held | {one for one, unit in whole if unit and unit.level in levels}


def counterparts_of(unit_id: str) -> frozenset[str]:
    """The unit, and those of its level in the other era that it became or was made from."""
    unit = _known(UnitId(unit_id))
    linked = _ends(unit, registry()) if unit else []
    return frozenset({unit_id, *(one.id for one in linked if unit and one.level is unit.level)})


@lru_cache(maxsize=512)
def area_of(held: frozenset[str]) -> Area:
    """The area of somebody who holds these units; read from the package, no query at all.

    Units that the package does not know count alone with what lies below them in their tree.
    """
    known = registry()
    whole, part = {UnitId(one) for one in held}, set()
    for unit in _linked(held, known):
        found = standing_of(held, unit, _counterparts(unit, known))
        if found is Standing.WHOLE and whole.isdisjoint(unit.chain):
            whole.add(unit.id)
        elif found is Standing.PART:
            part.add(unit.id)
    return Area(frozenset(whole), frozenset(part))


def _linked(held: frozenset[str], known: Registry) -> Iterator[Unit]:
    """The units of another tree that a held unit or one below became or was made from.

    Those above come before those below, so that a whole unit stands for all in it.
    """
    trees = {one.partition(":")[0] for one in held} & set(TREES)
    below = (
        unit for tree in trees for unit in known.units(tree) if not held.isdisjoint(unit.chain)
    )
    linked = {other.id for unit in below for other in _ends(unit, known)}
    others = (unit for tree in TREES for unit in known.units(tree))
    return (unit for unit in others if unit.id in linked and held.isdisjoint(unit.chain))


def _counterparts(unit: Unit, known: Registry) -> list[Unit]:
    return same_level(unit, _ends(unit, known))


def _ends(unit: Unit, known: Registry) -> list[Unit]:
    later = [told.new for told in known.successors(unit.id)]
    return [known.unit(one) for one in later or [t.old for t in known.predecessors(unit.id)]]


def _known(unit_id: UnitId) -> Unit | None:
    try:
        return registry().unit(unit_id)
    except (BadUnitIdError, UnknownUnitError):
        return None


def era_of(unit_id: str) -> Words:
    """When a unit's tree holds, to tell two units of one name apart: "đến 30/6/2025".

    Empty for a tree that the package does not know.

    >>> era_of("vn-2021:52").en, era_of("vn-2025:52").vi
    ('until 30/6/2025', 'từ 1/7/2025')
    """
    since, until = TREES.get(unit_id.partition(":")[0], (None, None))
    if until is not None:
        last = _written(until - timedelta(days=1))
        return Words(f"đến {last}", f"until {last}")
    return Words(f"từ {_written(since)}", f"since {_written(since)}") if since else Words("", "")


def told_apart(name: str, unit_id: str, *, beside: frozenset[str], language: str) -> str:
    """A unit's name, with its era where somebody whose units are of another reads it."""
    tree = unit_id.partition(":")[0]
    if not beside or any(one.partition(":")[0] == tree for one in beside):
        return name
    return f"{name} ({era_of(unit_id).in_language(language)})"


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
