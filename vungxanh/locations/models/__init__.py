"""The tables of the room."""

from vungxanh.locations.models.organisations import (
    Organisation,
    OrganisationChange,
    OrganisationImport,
)
from vungxanh.locations.models.units import AdminUnit, UnitSuccession

__all__ = [
    "AdminUnit",
    "Organisation",
    "OrganisationChange",
    "OrganisationImport",
    "UnitSuccession",
]
