"""From succession rows to a plan: who hands what to whom, and on what basis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.coverage.rebase_types import Basis, Left, NotCarried, Splitting, Way
from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

# Shares as printed (0.33, 0.33, 0.33) may miss 1 by their rounding; more is a mistake.
SLACK = Fraction(1, 50)


@dataclass(frozen=True, slots=True)
class Split:
    """An old unit (row of the table, -1 where it has none) and the whole-number weights of parts.

    `entries` are the places of its parts in the plan.
    """

    source: int
    entries: tuple[int, ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Entries (old → new) ordered by new unit; arrays have one item an entry.

    `sources` intp: row of the old unit in the table, -1 where the table has none. `starts` intp
    (n_new + 1): where each new unit's entries begin; `places` finds a new unit. `bases` and `olds`
    name each entry.
    """

    units: tuple[str, ...]
    olds: tuple[str, ...]
    sources: NDArray[np.intp]
    bases: tuple[Basis, ...]
    is_estimated: NDArray[np.bool_]
    starts: NDArray[np.intp]
    places: Mapping[str, int]
    splits: tuple[Split, ...]
    left: tuple[Left, ...]


def plan_of(units: Sequence[str], ways: Iterable[Way], splitting: Splitting) -> Plan:
    """The plan for a table of `units`; the order of `ways` does not matter.

    Refuses `coverage.succession_twice` and `coverage.shares`.
    """
    by_old = _by_old(ways)
    shared = {old: _weights(rows, splitting) for old, rows in by_old.items()}
    entries = sorted(
        ((way, shared[old][0]) for old, rows in by_old.items() for way in rows),
        key=lambda entry: (entry[0].new, entry[0].old),
    )
    rows = {unit: place for place, unit in enumerate(units)}
    news = [way.new for way, _ in entries]
    found = tuple(dict.fromkeys(news))
    bases = tuple(basis for _, basis in entries)
    return Plan(
        units=found,
        olds=tuple(way.old for way, _ in entries),
        sources=np.array([rows.get(way.old, -1) for way, _ in entries], np.intp),
        bases=bases,
        is_estimated=np.array(
            [not way.is_sure or basis is not Basis.WHOLE for way, basis in entries], np.bool_
        ),
        starts=_starts(news, found),
        places={unit: place for place, unit in enumerate(found)},
        splits=_splits([way for way, _ in entries], shared, rows),
        left=_left(units, {old: basis for old, (basis, _) in shared.items()}),
    )


def backward(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The same succession read from new to old.

    A new unit made of one whole old unit hands everything back; one made of several cannot be
    divided without weights: the share of an old unit says nothing about the parts of a new one.
    """
    return tuple(Way(old=way.new, new=way.old, is_sure=way.is_sure) for way in ways)


def _by_old(ways: Iterable[Way]) -> dict[str, list[Way]]:
    found: dict[str, list[Way]] = {}
    for way in sorted(ways, key=lambda way: (way.old, way.new)):
        rows = found.setdefault(way.old, [])
        if rows and rows[-1].new == way.new:
            raise _twice(way)
        rows.append(way)
    return found


def _weights(rows: Sequence[Way], splitting: Splitting) -> tuple[Basis, tuple[int, ...]]:
    """On what basis an old unit is handed on, and the weights of its parts in whole numbers."""
    if len(rows) == 1 and rows[0].share in (None, 1):
        return Basis.WHOLE, (1,)
    shares = [way.share for way in rows if way.share is not None]
    _check_shares(rows, shares)
    if len(rows) == 1:
        return Basis.WHOLE, (1,)
    people = _people(rows, splitting)
    if people:
        return Basis.WEIGHT, _reduced(people)
    if len(shares) == len(rows):
        return Basis.SHARE, _whole_numbers(shares)
    return _by_default(rows, splitting)


def _people(rows: Sequence[Way], splitting: Splitting) -> list[int]:
    """The people of each part; none where one of them is not known."""
    known = [splitting.weights.get((way.old, way.new)) for way in rows]
    people = [weight for weight in known if weight is not None]
    return people if len(people) == len(rows) and min(people) >= 0 < sum(people) else []


def _by_default(rows: Sequence[Way], splitting: Splitting) -> tuple[Basis, tuple[int, ...]]:
    chosen = [int(way.is_default) for way in rows]
    if splitting.default_takes_all and sum(chosen) == 1:
        return Basis.DEFAULT, tuple(chosen)
    return Basis.NONE, (0,) * len(rows)


def _check_shares(rows: Sequence[Way], shares: Sequence[Fraction]) -> None:
    total = sum(shares, Fraction(0))
    is_odd = any(share <= 0 for share in shares) or total > 1 + SLACK
    if is_odd or (len(shares) == len(rows) and total < 1 - SLACK):
        raise _bad_shares(rows[0].old, total)


def _whole_numbers(shares: Sequence[Fraction]) -> tuple[int, ...]:
    scale = lcm(*(share.denominator for share in shares))
    return _reduced([int(share * scale) for share in shares])


def _reduced(weights: Sequence[int]) -> tuple[int, ...]:
    common = gcd(*weights)
    return tuple(weight // common for weight in weights)


def _starts(news: Sequence[str], found: Sequence[str]) -> NDArray[np.intp]:
    first: dict[str, int] = {}
    for place, new in enumerate(news):
        first.setdefault(new, place)
    return np.array([*(first[new] for new in found), len(news)], np.intp)


def _splits(
    ways: Sequence[Way],
    shared: Mapping[str, tuple[Basis, tuple[int, ...]]],
    rows: Mapping[str, int],
) -> tuple[Split, ...]:
    """The divided old units that the table has; the parts stand in order of the new unit."""
    places: dict[str, list[int]] = {}
    for place, way in enumerate(ways):
        if shared[way.old][0] not in (Basis.WHOLE, Basis.NONE):
            places.setdefault(way.old, []).append(place)
    return tuple(
        Split(rows[old], tuple(entries), shared[old][1])
        for old, entries in places.items()
        if old in rows
    )


def _left(units: Sequence[str], bases: Mapping[str, Basis]) -> tuple[Left, ...]:
    found = []
    for unit in units:
        if unit not in bases:
            found.append(Left(unit, NotCarried.NO_SUCCESSOR))
        elif bases[unit] is Basis.NONE:
            found.append(Left(unit, NotCarried.NO_BASE))
    return tuple(found)


def _twice(way: Way) -> CoverageError:
    return CoverageError(
        "coverage.succession_twice",
        Words(
            f"Hai dòng cùng nói {way.old} nhập vào {way.new}. Giữ một dòng.",
            f"Two rows say that {way.old} went into {way.new}. Keep one.",
        ),
        where=f"{way.old} → {way.new}",
    )


def _bad_shares(old: str, total: Fraction) -> CoverageError:
    return CoverageError(
        "coverage.shares",
        Words(
            f"Các phần của {old} cộng lại được {float(total):.3f}, phải là 1 và mỗi phần trên 0. "
            "Sửa các phần, hoặc bỏ trống nếu chưa biết.",
            f"The shares of {old} add up to {float(total):.3f}; they must make 1, each over 0. "
            "Mend them, or leave them empty if they are not known.",
        ),
        where=old,
    )
