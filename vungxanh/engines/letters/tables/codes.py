"""Codes of the units that a table's lines name, where the caller knows which units exist."""

from collections import Counter
from collections.abc import Callable, Sequence

from vungxanh.engines.letters.types import Places, Unit

Codes = tuple[str | None, ...]


def codes_of(names: Sequence[str], places: Places | None, province: str | None) -> Codes | None:
    """A code or None for each name; None for all if not even half of the names are units.

    Without `province`, that of the names which only one district bears, if they agree.
    """
    if places is None or not names:
        return None
    inside = province or _common_province(names, places)
    districts = _codes(names, lambda name: places.district(name, inside))
    return districts or _codes(names, places.province)


def _common_province(names: Sequence[str], places: Places) -> str | None:
    units = [unit for name in names if (unit := places.district(name, None))]
    parents = Counter(unit.parent for unit in units)
    return next(iter(parents)) if len(parents) == 1 else None


def _codes(names: Sequence[str], ask: Callable[[str], Unit | None]) -> Codes | None:
    units = [ask(name) if name else None for name in names]
    n_known = sum(unit is not None for unit in units)
    return (
        tuple(unit.code if unit else None for unit in units) if 2 * n_known >= len(names) else None
    )
