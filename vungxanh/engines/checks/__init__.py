"""Data quality of published figures: a grid becomes a table, a table and its claims findings."""

from vungxanh.engines.checks.types import (
    BASES,
    ELEMENTS,
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
    "Claim",
    "Column",
    "Figure",
    "Finding",
    "KnownUnit",
    "PrintedShare",
    "Row",
    "Table",
]
