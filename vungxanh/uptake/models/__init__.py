"""The tables of the room."""

from vungxanh.uptake.models.figures import (
    Claim,
    Fact,
    FindingRecord,
    Source,
    Submission,
    Target,
    Version,
)
from vungxanh.uptake.models.population import PopulationFigure, PopulationTable

__all__ = [
    "Claim",
    "Fact",
    "FindingRecord",
    "PopulationFigure",
    "PopulationTable",
    "Source",
    "Submission",
    "Target",
    "Version",
]
