"""A small country for tests: real units of 2021, few enough to load in a moment."""

import pytest

from vungxanh.locations.actions.units import rows_of, successions_of
from vungxanh.locations.models import AdminUnit, UnitSuccession
from vungxanh.locations.values import Level, Unit, successions, units_2021, units_2025

PROVINCES = ("01", "24", "27", "30", "31", "48", "52", "54")
WITH_COMMUNES = ("24", "52")
PROVINCES_TODAY = ("24", "52")


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
    AdminUnit.objects.bulk_create(rows_of(kept))


@pytest.fixture
def places_of_both_eras(places: None) -> None:
    """With `places`, today's Bắc Ninh and Gia Lai, their communes and what they were made from.

    Of the Gia Lai of 2021 only the province itself, so communes of the highlands have no past.
    """
    old_gia_lai = [unit for unit in units_2021() if unit.id == "vn-2021:64"]
    kept = [*old_gia_lai, *(unit for unit in units_2025() if _is_today(unit))]
    AdminUnit.objects.bulk_create(rows_of(kept))
    known = set(AdminUnit.objects.order_by().values_list("id", flat=True))
    told = [one for one in successions() if {one.old, one.new} <= known]
    UnitSuccession.objects.bulk_create(successions_of(told))


def _is_today(unit: Unit) -> bool:
    return unit.level is Level.COUNTRY or unit.path.split("/")[1] in PROVINCES_TODAY
