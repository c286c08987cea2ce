"""The units of both eras as places, and their indexes, made once for all tests."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from vungxanh.engines.names import AddressIndex, Found, Kind, Place
from vungxanh.locations.rules import ALIASES, own_name
from vungxanh.locations.values import Level, Unit, successions, units_2021, units_2025

IN_2021, IN_2026 = date(2021, 8, 1), date(2026, 8, 1)


def place_of(unit: Unit) -> Place:
    """A unit as the matcher knows it; the country is left out."""
    name = own_name(unit.name, unit.type_word)
    return Place(
        key=unit.id,
        name=name,
        type_word=unit.type_word,
        level=unit.level,
        aliases=ALIASES.get(name, ()) if unit.level is Level.PROVINCE else (),
        parent=None if unit.level is Level.PROVINCE else unit.parent_id,
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
    )


def places_of(units: Iterable[Unit]) -> list[Place]:
    return [place_of(unit) for unit in units if unit.level is not Level.COUNTRY]


@lru_cache(maxsize=1)
def both_eras() -> tuple[Place, ...]:
    return tuple(places_of([*units_2021(), *units_2025()]))


@lru_cache(maxsize=1)
def country() -> AddressIndex:
    """Both eras, with what became of each unit."""
    return AddressIndex(both_eras(), [(one.old, one.new) for one in successions()])


def is_one(found: Found) -> bool:
    return found.kind in (Kind.EXACT, Kind.FOLDED)
