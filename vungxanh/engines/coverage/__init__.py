"""Ratios, ranks, targets and roll-ups of coverage: what share of a base has been reached.

The cube of a whole nation stands apart in `vungxanh.engines.coverage.cube`: it needs numpy and a
compiler, which nobody who prints a table should wait for.
"""

from vungxanh.engines.coverage.ranking import movements, rank
from vungxanh.engines.coverage.ratios import share_percent, share_percent_truncated
from vungxanh.engines.coverage.targets import (
    BASE_ELEMENTS,
    days_left,
    define_target,
    goal_count,
    needs_by_unit,
    pace,
    progress,
)
from vungxanh.engines.coverage.types import (
    FEASIBILITY_WORDS,
    UNRANKED_WORDS,
    Base,
    BaseDifference,
    CoverageError,
    Fact,
    Feasibility,
    Measure,
    Movement,
    Needs,
    Pace,
    Point,
    Progress,
    Ranked,
    Row,
    ShareChange,
    Target,
    UnitProgress,
    UnitSeries,
    Unranked,
)

__all__ = [
    "BASE_ELEMENTS",
    "FEASIBILITY_WORDS",
    "UNRANKED_WORDS",
    "Base",
    "BaseDifference",
    "CoverageError",
    "Fact",
    "Feasibility",
    "Measure",
    "Movement",
    "Needs",
    "Pace",
    "Point",
    "Progress",
    "Ranked",
    "Row",
    "ShareChange",
    "Target",
    "UnitProgress",
    "UnitSeries",
    "Unranked",
    "days_left",
    "define_target",
    "goal_count",
    "movements",
    "needs_by_unit",
    "pace",
    "progress",
    "rank",
    "share_percent",
    "share_percent_truncated",
]
