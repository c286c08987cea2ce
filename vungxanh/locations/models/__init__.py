"""The tables of the room."""

from vungxanh.locations.models.units import AdminUnit

__all__ = ["AdminUnit"]
