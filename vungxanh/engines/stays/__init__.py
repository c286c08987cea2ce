"""Visits with provenance made of scans in and out."""

from vungxanh.engines.stays.core import visits_of
from vungxanh.engines.stays.types import (
    IN,
    NONE,
    OUT,
    Corrections,
    Doubt,
    EndedBy,
    Parameters,
    Points,
    Scans,
    StartedBy,
    StaysError,
    Visits,
)

__all__ = [
    "IN",
    "NONE",
    "OUT",
    "Corrections",
    "Doubt",
    "EndedBy",
    "Parameters",
    "Points",
    "Scans",
    "StartedBy",
    "StaysError",
    "Visits",
    "visits_of",
]
