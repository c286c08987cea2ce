"""Writes of the room: the trees of both eras and the succession between them."""

from vungxanh.locations.actions.units import load_units

__all__ = ["load_units"]
