"""Codes of the units that a table's lines name, where the caller knows which units exist."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vungxanh.engines.letters.types import Places, Unit


@dataclass(frozen=True, slots=True)
class Codes:
    """A code or None for each name; `candidates` are the codes that a name without one may mean."""

    codes: tuple[str | None, ...]
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def codes_of(names: Sequence[str], places: Places, province: str | None) -> Codes | None:
    """The codes of names of one level; None if not even half of the names are units.

    Without `province`, that of the names which only one district bears, if they agree. Districts
    come before provinces, and communes last: inside the district that has most of them, else
    inside the province, where a name of several is left with its candidates.
    """
    if not names:
        return None
    inside = province or _common_province(names, places)
    districts = _codes(names, lambda name: places.district(name, inside))
    return (
        districts
        or _codes(names, places.province)
        or (_communes(names, places, inside) if inside else None)
    )


def _common_province(names: Sequence[str], places: Places) -> str | None:
    units = [unit for name in names if (unit := places.district(name, None))]
    parents = Counter(unit.parent for unit in units)
    return next(iter(parents)) if len(parents) == 1 else None


def _codes(names: Sequence[str], ask: Callable[[str], Unit | None]) -> Codes | None:
    units = [ask(name) if name else None for name in names]
    codes = tuple(unit.code if unit else None for unit in units)
    return Codes(codes) if _are_most(codes) else None


def _communes(names: Sequence[str], places: Places, inside: str) -> Codes | None:
    """Of a name that stands twice in the table neither line is told a code."""
    found = [places.communes(name, inside) if name else () for name in names]
    parent = _common_parent(found)
    kept = [_only(units, parent) for units in found]
    n_named = Counter(names)
    codes = tuple(
        units[0].code if len(units) == 1 and n_named[name] == 1 else None
        for name, units in zip(names, kept, strict=True)
    )
    if not _are_most(units or None for units in kept):
        return None
    open_names = (
        (name, tuple(unit.code for unit in units))
        for name, units, code in zip(names, kept, codes, strict=True)
        if units and code is None
    )
    return Codes(codes, dict(open_names))


def _common_parent(found: Iterable[Sequence[Unit]]) -> str | None:
    """The district that every name has a commune in; None where there is none or several."""
    parents = [{unit.parent for unit in units} for units in found if units]
    shared = set.intersection(*parents) if parents else set()
    return shared.pop() if len(shared) == 1 else None


def _only(units: Sequence[Unit], parent: str | None) -> tuple[Unit, ...]:
    return tuple(unit for unit in units if parent is None or unit.parent == parent)


def _are_most(told: Iterable[object]) -> bool:
    held = list(told)
    return 2 * sum(one is not None for one in held) >= len(held)
