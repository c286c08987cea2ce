"""Telling the public how many declared on a day: once, when it is over, small counts withheld."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from vungxanh.core import clock
from vungxanh.declarations.models import ToldDay
from vungxanh.declarations.queries.figures import counted_on, kinds_on
from vungxanh.declarations.queries.placing import placed_in
from vungxanh.declarations.rules.figures import Tally
from vungxanh.declarations.values.figures import ILL, LEAST_TOLD, WELL
from vungxanh.engines.disclosure import WHOLE, DisclosureError, Table, protect
from vungxanh.locations.values import TREES, Level, UnitId, country_of, registry

_CATCH_UP_DAYS: Final = 7


def tell_days(*, at: datetime, least: int = LEAST_TOLD) -> tuple[date, ...]:
    """Tell every day of the last week that is over and was not told; which.

    A day without a declaration is told too, as soon as any was told before or has some. Nothing
    that was told is ever told again.
    """
    today = at.astimezone(clock.TZ).date()
    days = [today - timedelta(days=n) for n in range(_CATCH_UP_DAYS, 0, -1)]
    known = set(ToldDay.objects.filter(day__in=days).values_list("day", flat=True))
    return tuple(day for day in days if day not in known and _tell(day, at=at, least=least))


def _tell(day: date, *, at: datetime, least: int) -> bool:
    counts = counted_on(day)
    if not counts and not ToldDay.objects.filter(day__lt=day).exists():
        return False
    tree = tree_on(day)
    units = told_units(counts, tree, least=least)
    forms, ways = kinds_on(day)
    whole = units.get(country_of(tree), [0, 0, 0])[0]
    row = ToldDay(
        day=day,
        tree=tree,
        least=least,
        units=units,
        forms=told_kinds(forms, whole, least=least),
        ways=told_kinds(ways, whole, least=least),
        at=at,
    )
    return bool(ToldDay.objects.bulk_create([row], ignore_conflicts=True))


def tree_on(day: date) -> str:
    """Of which units a day is told: those that stood on it."""
    return next(
        (tree for tree, (first, _) in TREES.items() if first is not None and day >= first),
        next(iter(TREES)),
    )


def told_units(
    counts: Mapping[str, Tally], tree: str, *, least: int
) -> dict[str, list[int | None]]:
    """All declarations, those with signs and those without, of every unit that has any."""
    parents: dict[str, str] = {}
    cells: dict[tuple[str, str], int] = {}
    for given, one in counts.items():
        leaf = _leaf(placed_in(given, tree), parents)
        for column, n in ((ILL, one.n_ill), (WELL, one.n - one.n_ill)):
            cells[leaf, column] = cells.get((leaf, column), 0) + n
    found = protect(Table(parents, (ILL, WELL), cells), least=least).cells
    units = sorted({unit for unit, _ in found if not unit.endswith("?")})
    return {unit: [found[unit, one] for one in (WHOLE, ILL, WELL)] for unit in units}


def told_kinds(
    counts: Mapping[str, int], whole: int | None, *, least: int
) -> dict[str, int | None]:
    """Parts of the country's whole, which the table of units tells; nothing where it does not."""
    if whole is None:
        return {}
    table = Table(dict.fromkeys(counts, "*"), (), {(one, WHOLE): n for one, n in counts.items()})
    try:
        found = protect(table, least=least, told={("*", WHOLE)}).cells
    except DisclosureError:
        return {}
    return {one: found[one, WHOLE] for one in counts}


def _leaf(placed: UnitId, parents: dict[str, str]) -> str:
    """Where a count is put: people of no known commune get a leaf of their own below the unit.

    That leaf is told nowhere. The units above are written down with what they are in.
    """
    chain = registry().unit(placed).chain
    parents |= dict(zip(chain[1:], chain[:-1], strict=True))
    if registry().unit(placed).level is Level.COMMUNE:
        return placed
    parents[f"{placed}?"] = placed
    return f"{placed}?"
