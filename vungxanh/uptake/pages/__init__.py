"""What the unit page shows, finished: the template formats and places it, and decides nothing.

Words are already in the reader's language. Numbers are `int` and `Decimal` (a share is a
percentage, 13.60 for 13,60 %); the template writes them after the language. `None` always means
"not known" and is shown as "–", never as zero. `invented=True` puts the sign ◇ beside a figure.
"""

from vungxanh.uptake.pages.figures import (
    Change,
    Dates,
    FigureState,
    KeyFigure,
    MapCard,
    Provenance,
    TrendCard,
)
from vungxanh.uptake.pages.findings import FindingLine, Findings, Severity
from vungxanh.uptake.pages.parts import Action, EmptyState
from vungxanh.uptake.pages.ranking import (
    Direction,
    Minimum,
    RankRow,
    RankTable,
    RankTotal,
    Reported,
    SortLink,
)
from vungxanh.uptake.pages.targets import OtherTarget, Pace, TargetCard
from vungxanh.uptake.pages.unit import (
    EraSwitch,
    LiveCounts,
    RebasedNote,
    UnitPage,
    UnreportedCard,
    UnreportedLine,
)

__all__ = [
    "Action",
    "Change",
    "Dates",
    "Direction",
    "EmptyState",
    "EraSwitch",
    "FigureState",
    "FindingLine",
    "Findings",
    "KeyFigure",
    "LiveCounts",
    "MapCard",
    "Minimum",
    "OtherTarget",
    "Pace",
    "Provenance",
    "RankRow",
    "RankTable",
    "RankTotal",
    "RebasedNote",
    "Reported",
    "Severity",
    "SortLink",
    "TargetCard",
    "TrendCard",
    "UnitPage",
    "UnreportedCard",
    "UnreportedLine",
]
