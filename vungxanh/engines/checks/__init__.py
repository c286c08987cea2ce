"""Data quality of published figures: a grid becomes a table, a table and its claims findings."""

from vungxanh.engines.checks.numerals import Numeral, read_number
from vungxanh.engines.checks.tables import recognise
from vungxanh.engines.checks.types import (
    BASES,
    ELEMENTS,
    CheckError,
    Claim,
    Column,
    Figure,
    Finding,
    KnownUnit,
    PrintedShare,
    Row,
    Table,
)

__all__ = [
    "BASES",
    "ELEMENTS",
    "CheckError",
    "Claim",
    "Column",
    "Figure",
    "Finding",
    "KnownUnit",
    "Numeral",
    "PrintedShare",
    "Row",
    "Table",
    "read_number",
    "recognise",
]
