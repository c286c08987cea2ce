"""Units of a letter's own day beside what they are now; nothing is moved to another unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vungxanh.accounts.values import era_of
from vungxanh.core.preferences import reader_language
from vungxanh.directives.rules import Item, ItemKind
from vungxanh.directives.values import unit_named
from vungxanh.locations import queries as locations
from vungxanh.locations.values import CURRENT_TREE, Heir, Unit, UnitId

SHOWN_HEIRS = 8
_OF_CODES = "vn-2021"
Wire = Mapping[str, Any]


def units_then(items: Sequence[Item]) -> dict[str, str]:
    """For the head and each order, by key, what its units of an earlier era are now.

    Empty for a letter of today's units; else two queries.
    """
    place = _place(items[0].value if items else {})
    if place is None or place.tree == CURRENT_TREE:
        return {}
    named = {item.key: _named(item, place) for item in items if _has_units(item)}
    wanted = {unit_id for ids in named.values() for unit_id in ids}
    if not wanted:
        return {}
    units, heirs = locations.units(wanted), locations.heirs_of(wanted)
    told = {one: _told(unit, heirs.get(one, ())) for one, unit in units.items()}
    lines = {key: " ".join(told[one] for one in ids if one in told) for key, ids in named.items()}
    return {key: line for key, line in lines.items() if line}


@dataclass(frozen=True, slots=True)
class _Place:
    """The tree that a letter was read in, its province and the lowest unit of its sender."""

    tree: str
    province: str | None
    unit: str | None


def _place(document: Wire) -> _Place | None:
    """Readings of earlier versions hold codes of 2021 instead of ids."""
    if document.get("tree"):
        return _Place(str(document["tree"]), document.get("province"), document.get("unit"))
    codes = (document.get("province_gso_2021"), document.get("district_gso_2021"))
    province, district = (f"{_OF_CODES}:{code}" if code else None for code in codes)
    return _Place(_OF_CODES, province, district or province) if province else None


def _has_units(item: Item) -> bool:
    return item.kind in {ItemKind.HEAD, ItemKind.TASK}


def _named(item: Item, place: _Place) -> tuple[UnitId, ...]:
    if item.kind is ItemKind.HEAD:
        return (UnitId(place.unit),) if place.unit else ()
    bodies = (*(item.value.get("assignee") or ()), item.value.get("deliver_to") or "")
    found = (unit_named(str(one), tree=place.tree, province=place.province) for one in bodies)
    return tuple(dict.fromkeys(one for one in found if one))


def _told(unit: Unit, heirs: Sequence[Heir]) -> str:
    numbers = {"unit": unit.name, "era": era_of(unit.id).in_language(reader_language())}
    if not heirs:
        return _("%(unit)s (%(era)s): chưa rõ nay là đơn vị nào.") % numbers
    numbers["now"] = _listed(heirs)
    if len(heirs) == 1 and heirs[0].succession.certainty == "sure":
        return _("%(unit)s (%(era)s), nay thuộc %(now)s.") % numbers
    return _("%(unit)s (%(era)s), nay chia về: %(now)s.") % numbers


def _listed(heirs: Sequence[Heir]) -> str:
    shown = ", ".join(_heir(one) for one in heirs[:SHOWN_HEIRS])
    n_more = len(heirs) - SHOWN_HEIRS
    if n_more <= 0:
        return shown
    more = ngettext("và %(n)s đơn vị khác", "và %(n)s đơn vị khác", n_more) % {"n": n_more}
    return f"{shown} {more}"


def _heir(heir: Heir) -> str:
    is_sure = heir.succession.certainty == "sure"
    return heir.unit.name if is_sure else _("%(unit)s (chưa chắc)") % {"unit": heir.unit.name}


def candidates_of(tables: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    """For each table, by key, the names without a code and the units that each may be."""
    named = {item.key: item.value.get("candidates") or {} for item in tables}
    wanted = {one for names in named.values() for ids in names.values() for one in ids}
    if not wanted:
        return {}
    units = locations.units(wanted)
    above = locations.units({unit.parent_id for unit in units.values() if unit.parent_id})
    places = {one: _placed(unit, above) for one, unit in units.items()}
    return {
        key: tuple(
            _choices(name, [places[one] for one in ids if one in places])
            for name, ids in names.items()
        )
        for key, names in named.items()
    }


def _placed(unit: Unit, above: Mapping[UnitId, Unit]) -> str:
    parent = above.get(unit.parent_id) if unit.parent_id else None
    return f"{unit.name}, {parent.short_name}" if parent else unit.name


def _choices(name: str, places: Sequence[str]) -> str:
    return _("“%(name)s” chưa gắn mã, có thể là: %(places)s.") % {
        "name": name,
        "places": "; ".join(places),
    }
