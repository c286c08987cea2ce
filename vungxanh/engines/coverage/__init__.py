"""Ratios, ranks, targets and roll-ups of coverage: what share of a base has been reached.

The cube of a whole nation stands apart in `vungxanh.engines.coverage.cube`: it needs numpy and a
compiler, which nobody who prints a table should wait for.
"""

from vungxanh.engines.coverage.as_of import known_facts, latest_facts
from vungxanh.engines.coverage.change import base_differences, points_between, share_change
from vungxanh.engines.coverage.moving import (
    COMPARED,
    MOVED_WORDS,
    Counted,
    Moved,
    UnitMovement,
    unit_movements,
)
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
    BASE_DIFFERENCE_WORDS,
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
    Outlook,
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
    "BASE_DIFFERENCE_WORDS",
    "BASE_ELEMENTS",
    "COMPARED",
    "FEASIBILITY_WORDS",
    "MOVED_WORDS",
    "UNRANKED_WORDS",
    "Base",
    "BaseDifference",
    "Counted",
    "CoverageError",
    "Fact",
    "Feasibility",
    "Measure",
    "Moved",
    "Movement",
    "Needs",
    "Outlook",
    "Pace",
    "Point",
    "Progress",
    "Ranked",
    "Row",
    "ShareChange",
    "Target",
    "UnitMovement",
    "UnitProgress",
    "UnitSeries",
    "Unranked",
    "base_differences",
    "days_left",
    "define_target",
    "goal_count",
    "known_facts",
    "latest_facts",
    "movements",
    "needs_by_unit",
    "pace",
    "points_between",
    "progress",
    "rank",
    "share_change",
    "share_percent",
    "share_percent_truncated",
    "unit_movements",
]
