"""Tables in a letter: found whatever broke them, read cell by cell, ready for the checks."""

from vungxanh.engines.letters.tables.core import find_tables
from vungxanh.engines.letters.tables.types import TableFound

__all__ = ["TableFound", "find_tables"]
