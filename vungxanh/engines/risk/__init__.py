"""How risky it was to be near the cases that a phone heard, and how far that can be wrong."""

from vungxanh.engines.risk.assessment import AssessedDays, Fired, Verdict, assessed_days
from vungxanh.engines.risk.deployed import CWA_1, CWA_1_15, DEPLOYED, SWISSCOVID_2020
from vungxanh.engines.risk.errors import Assessed, ClassError, FieldStudy, RiskClass, error_of
from vungxanh.engines.risk.explained import Bucket, Explained, Standing, explained
from vungxanh.engines.risk.measured import BodyPosition
from vungxanh.engines.risk.parameters import (
    KeyMapping,
    ScoreTables,
    SummaryParameters,
    changed_report_type,
)
from vungxanh.engines.risk.rules import Counting, Rule, Span, TransmissionValues
from vungxanh.engines.risk.scores import Scored, ScoredRun, scored
from vungxanh.engines.risk.sightings import scans_of
from vungxanh.engines.risk.summaries import (
    DailySummary,
    DaySums,
    WindowScore,
    daily_summaries,
    window_score,
)
from vungxanh.engines.risk.told import told
from vungxanh.engines.risk.types import (
    MISSING,
    Infectiousness,
    KeyFacts,
    ReportType,
    RiskError,
    Scans,
)
from vungxanh.engines.risk.windows import ExposureWindow, ScanInstance, windows

__all__ = [
    "CWA_1",
    "CWA_1_15",
    "DEPLOYED",
    "MISSING",
    "SWISSCOVID_2020",
    "Assessed",
    "AssessedDays",
    "BodyPosition",
    "Bucket",
    "ClassError",
    "Counting",
    "DailySummary",
    "DaySums",
    "Explained",
    "ExposureWindow",
    "FieldStudy",
    "Fired",
    "Infectiousness",
    "KeyFacts",
    "KeyMapping",
    "ReportType",
    "RiskClass",
    "RiskError",
    "Rule",
    "ScanInstance",
    "Scans",
    "ScoreTables",
    "Scored",
    "ScoredRun",
    "Span",
    "Standing",
    "SummaryParameters",
    "TransmissionValues",
    "Verdict",
    "WindowScore",
    "assessed_days",
    "changed_report_type",
    "daily_summaries",
    "error_of",
    "explained",
    "scans_of",
    "scored",
    "told",
    "window_score",
    "windows",
]
