"""What a unit became, what it was made from, and what lies above it on a day."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import QuerySet

from vungxanh.locations.models import UnitSuccession
from vungxanh.locations.queries.units import unit, unit_of_row
from vungxanh.locations.queries.units import units as units_by_id
from vungxanh.locations.values import (
    Heir,
    Level,
    NotValidOnError,
    Succession,
    Unit,
    UnitId,
    lowest_above,
    parse_unit_id,
    same_level,
    split_unit_id,
    tree_on,
)


def successors(unit_id: str) -> tuple[Succession, ...]:
    """The new units that a unit of 2021 passed into, its default first; one query.

    Empty for a unit of today and for one that is not known.
    """
    return _told(UnitSuccession.objects.filter(old_id=parse_unit_id(unit_id)))


def predecessors(unit_id: str) -> tuple[Succession, ...]:
    """The units of 2021 that a unit of today was made from, of every level; one query."""
    return _told(UnitSuccession.objects.filter(new_id=parse_unit_id(unit_id)).order_by("old_id"))


def heirs(unit_id: str) -> tuple[Heir, ...]:
    """As `successors`, with the new units and their provinces; one query."""
    return heirs_of([unit_id]).get(parse_unit_id(unit_id), ())


def heirs_of(unit_ids: Iterable[str]) -> Mapping[UnitId, tuple[Heir, ...]]:
    """The heirs of several units, units without heirs left out; one query, none for no unit."""
    wanted = [parse_unit_id(one) for one in unit_ids]
    rows = UnitSuccession.objects.filter(old_id__in=wanted).select_related("new__parent")
    found: dict[UnitId, tuple[Heir, ...]] = {}
    for row in rows.order_by("old_id", "-is_default", "new__sort_key", "new_id"):
        parent = unit_of_row(row.new.parent) if row.new.parent else None
        heir = Heir(_succession(row), unit_of_row(row.new), parent)
        found[heir.succession.old] = (*found.get(heir.succession.old, ()), heir)
    return found


def forebears(unit_id: str, level: Level | None = None) -> tuple[Heir, ...]:
    """As `predecessors`, with the old units and what lay above them; one query."""
    rows = UnitSuccession.objects.filter(new_id=parse_unit_id(unit_id)).select_related(
        "old__parent"
    )
    rows = rows.filter(old__level=level) if level else rows
    return tuple(
        Heir(
            _succession(row),
            unit_of_row(row.old),
            unit_of_row(row.old.parent) if row.old.parent else None,
        )
        for row in rows.order_by("old__sort_key", "old_id")
    )


def next_up(unit_id: str, on: date) -> Unit | None:
    """The nearest unit of the tree of a day that lies above all that a unit was or became.

    In its own era this is the parent. A commune of 2021 asked about on a later day is answered
    with the province of what it became; a commune of today asked about on an earlier day with
    the nearest unit above all communes it was made from. None only for the country. At most
    five queries.
    """
    own = unit(unit_id)
    found = lowest_above([own] if own.tree == tree_on(on) else _counterparts(own))
    return unit(found) if found else None


def unit_on(unit_id: str, on: date) -> Unit:
    """The unit, if its tree holds on a day; else refused with what stands in its place then."""
    own = unit(unit_id)
    if own.tree != tree_on(on):
        raise NotValidOnError(own, on, [one.name for one in _counterparts(own)])
    return own


def within(units: frozenset[str], unit_id: str) -> bool:
    """Whether a unit is one of `units` or lies below one of them; one query more than `covers`."""
    return covers(units, unit(unit_id))


def covers(units: frozenset[str], own: Unit) -> bool:
    """Whether a unit already read is one of `units` or lies below one; no query in one era.

    Against units of the other era: whether all that the unit was or became lies below them. So
    who holds today's Gia Lai holds the Bình Định of 2021, but not the other way round. Two
    queries then.
    """
    if not units.isdisjoint(own.chain):
        return True
    if all(split_unit_id(one)[0] == own.tree for one in units):
        return False
    counterparts = _counterparts(own)
    return bool(counterparts) and all(not units.isdisjoint(one.chain) for one in counterparts)


def _counterparts(own: Unit) -> list[Unit]:
    """What a unit became, or what it was made from; two queries."""
    later = [one.new for one in successors(own.id)]
    found = units_by_id(later or [one.old for one in predecessors(own.id)])
    return same_level(own, found.values())


def _told(rows: "QuerySet[UnitSuccession]") -> tuple[Succession, ...]:
    return tuple(_succession(row) for row in rows)


def _succession(row: UnitSuccession) -> Succession:
    return Succession(
        old=UnitId(row.old_id),
        new=UnitId(row.new_id),
        share=row.share,
        is_default=row.is_default,
        certainty="sure" if row.certainty == "sure" else "uncertain",
        source=row.source,
    )
