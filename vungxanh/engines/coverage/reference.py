"""Slow twins in plain Python, obviously right: what the fast forms are compared against."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from vungxanh.engines.coverage.moving import Counted
from vungxanh.engines.coverage.types import Base, Row

Event = tuple[int, int, bool, int]
"""Commune, day, verified, change (+1 or -1)."""


def ranks(rows: Sequence[Row]) -> dict[str, int]:
    """One more than the number of units with a greater share: the definition of "1224"."""
    shares = {
        row.key: Fraction(row.numerator, row.denominator)
        for row in rows
        if row.numerator is not None and row.denominator
    }
    return {
        key: 1 + sum(other > share for other in shares.values()) for key, share in shares.items()
    }


def places_up(units: Sequence[Counted]) -> dict[str, int]:
    """Of units that compare: how many stood strictly above before, less how many do now."""
    then = {unit.key: _share(unit.before.numerator, unit.before.base) for unit in units}
    now = {unit.key: _share(unit.after.numerator, unit.after.base) for unit in units}
    return {key: _n_above(then, key) - _n_above(now, key) for key in then}


def _n_above(shares: Mapping[str, Fraction], key: str) -> int:
    return sum(share > shares[key] for share in shares.values())


def _share(numerator: int | None, base: Base | None) -> Fraction:
    if numerator is None or base is None:
        raise ValueError
    return Fraction(numerator, base.value)


def cube(events: Iterable[Event]) -> Counter[tuple[int, int, bool]]:
    """Net change per commune, day and verified."""
    cells: Counter[tuple[int, int, bool]] = Counter()
    for commune, day, verified, change in events:
        cells[(commune, day, verified)] += change
    return cells


def cumulative(
    cells: Mapping[tuple[int, int, bool], int], paths: Sequence[Sequence[int]], day: int
) -> list[dict[int, tuple[int, int]]]:
    """Per level, per unit: (everyone, verified) up to and including `day`.

    `paths[c]` is the commune itself and its ancestors, one per level.
    """
    levels: list[dict[int, tuple[int, int]]] = [{} for _ in paths[0]]
    for commune, path in enumerate(paths):
        n_all, n_verified = _commune_totals(cells, commune, day)
        for level, unit in zip(levels, path, strict=True):
            before_all, before_verified = level.get(unit, (0, 0))
            level[unit] = (before_all + n_all, before_verified + n_verified)
    return levels


def _commune_totals(
    cells: Mapping[tuple[int, int, bool], int], commune: int, day: int
) -> tuple[int, int]:
    counts = {
        flag: sum(
            n
            for (where, on, verified), n in cells.items()
            if where == commune and on <= day and verified is flag
        )
        for flag in (False, True)
    }
    return counts[False] + counts[True], counts[True]
