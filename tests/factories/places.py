"""A small country for tests: real units of 2021, few enough to load in a moment."""

import pytest

from vungxanh.locations import actions
from vungxanh.locations.models import AdminUnit
from vungxanh.locations.values import Level, Unit, units_2021

PROVINCES = ("01", "24", "27", "30", "31", "48", "52", "54")
WITH_COMMUNES = ("24", "52")


def _is_kept(unit: Unit, above: dict[str, str]) -> bool:
    if unit.level in {Level.COUNTRY, Level.PROVINCE}:
        return unit.level is Level.COUNTRY or unit.code in PROVINCES
    province = above[unit.id]
    return province in (PROVINCES if unit.level is Level.DISTRICT else WITH_COMMUNES)


def _provinces_of(units: tuple[Unit, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for unit in units:
        if unit.level is Level.PROVINCE:
            found[unit.id] = unit.code
        elif unit.parent_id in found:
            found[unit.id] = found[unit.parent_id]
    return found


@pytest.fixture
def places(db: None) -> None:
    """The country, eight provinces and their districts, the communes of two."""
    units = units_2021()
    above = _provinces_of(units)
    kept = [unit for unit in units if _is_kept(unit, above)]
    AdminUnit.objects.bulk_create(actions._rows(kept))
