"""Letters read and checked with the units of their day; no Django and no database."""

from vungxanh.directives.values.named import unit_named
from vungxanh.directives.values.places import known_places, known_units
from vungxanh.directives.values.reading import check_letter, read_letter

__all__ = ["check_letter", "known_places", "known_units", "read_letter", "unit_named"]
