"""The tables of the room."""

from vungxanh.locations.models.area_levels import AreaLevel, AreaLevelCriteria
from vungxanh.locations.models.organisations import (
    Organisation,
    OrganisationChange,
    OrganisationImport,
)
from vungxanh.locations.models.units import AdminUnit, UnitSuccession

__all__ = [
    "AdminUnit",
    "AreaLevel",
    "AreaLevelCriteria",
    "Organisation",
    "OrganisationChange",
    "OrganisationImport",
    "UnitSuccession",
]
