"""The slow twin of re-basing: one figure at a time, in fractions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vungxanh.engines.coverage.rebase_types import Splitting, Way


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a new unit; `value` None when no part is known."""

    value: int | None
    is_estimated: bool
    used: tuple[str, ...]
    missing: tuple[str, ...]


def rebased(
    figures: Mapping[str, int | None], ways: Iterable[Way], splitting: Splitting
) -> dict[str, Figure]:
    """One column of figures on the units that `ways` lead to."""
    rows = sorted(ways, key=lambda way: (way.new, way.old))
    news = sorted({way.new for way in rows})
    return {new: _figure(new, figures, rows, splitting=splitting) for new in news}


def _figure(
    new: str, figures: Mapping[str, int | None], rows: Sequence[Way], *, splitting: Splitting
) -> Figure:
    total, used, missing, is_estimated = 0, [], [], False
    for way in (row for row in rows if row.new == new):
        whole = figures.get(way.old)
        siblings = [row for row in rows if row.old == way.old]
        parts = None if whole is None else _parts(whole, siblings, splitting)
        if parts is None:
            missing.append(way.old)
            continue
        total += parts[siblings.index(way)]
        used.append(way.old)
        is_estimated |= not way.is_sure or len(siblings) > 1
    return Figure(total if used else None, is_estimated, tuple(used), tuple(missing))


def _parts(whole: int, siblings: Sequence[Way], splitting: Splitting) -> list[int] | None:
    """The figure handed to each part in whole numbers; None where nobody knows how."""
    weights = _weights(siblings, splitting)
    if weights is None:
        return None
    exact = [whole * weight / sum(weights) for weight in weights]
    found = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in by_rest[: whole - sum(found)]:
        found[place] += 1
    return found


def _weights(siblings: Sequence[Way], splitting: Splitting) -> list[Fraction] | None:
    if len(siblings) == 1:
        return [Fraction(1)]
    people = [Fraction(splitting.weights.get((way.old, way.new), -1)) for way in siblings]
    if min(people) >= 0 and sum(people) > 0:
        return people
    shares = [way.share for way in siblings if way.share is not None]
    if len(shares) == len(siblings):
        return shares
    defaults = [Fraction(way.is_default) for way in siblings]
    return defaults if splitting.default_takes_all and sum(defaults) == 1 else None
