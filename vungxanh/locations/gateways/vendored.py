"""The units that the package carries with it, under the name of where they come from."""

from vungxanh.locations.values import VENDORED, units_2021

__all__ = ["VENDORED", "units_2021"]
