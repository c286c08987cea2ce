"""The tables of the room."""

from vungxanh.locations.models.area_levels import AreaLevel, AreaLevelCriteria
from vungxanh.locations.models.boundaries import BoundaryImport
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
    "BoundaryImport",
    "Organisation",
    "OrganisationChange",
    "OrganisationImport",
    "UnitSuccession",
]
