"""The tables of the room."""

from vungxanh.uptake.models.campaigns import Campaign
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
from vungxanh.uptake.models.reporting import (
    ColumnMapping,
    DayTable,
    FigureReport,
    ReportedFigure,
    Reporter,
    ReportForm,
)

__all__ = [
    "Campaign",
    "Claim",
    "ColumnMapping",
    "DayTable",
    "Fact",
    "FigureReport",
    "FindingRecord",
    "PopulationFigure",
    "PopulationTable",
    "ReportForm",
    "ReportedFigure",
    "Reporter",
    "Source",
    "Submission",
    "Target",
    "Version",
]
