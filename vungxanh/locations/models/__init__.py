"""The tables of the room."""

from vungxanh.locations.models.units import AdminUnit, UnitSuccession

__all__ = ["AdminUnit", "UnitSuccession"]
