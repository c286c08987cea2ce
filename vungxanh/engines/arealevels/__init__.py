"""Levels of an area in an epidemic: which one do inputs mean under these criteria, and why?"""

from vungxanh.engines.arealevels.core import assess, per_100k, percent
from vungxanh.engines.arealevels.parsing import criteria_of
from vungxanh.engines.arealevels.types import (
    LEVEL_WORDS,
    LEVELS,
    AreaLevelError,
    Assessment,
    Criteria,
    Hold,
    Inputs,
    Measure,
    Missing,
    Step,
)

__all__ = [
    "LEVELS",
    "LEVEL_WORDS",
    "AreaLevelError",
    "Assessment",
    "Criteria",
    "Hold",
    "Inputs",
    "Measure",
    "Missing",
    "Step",
    "assess",
    "criteria_of",
    "per_100k",
    "percent",
]
