"""Pure decisions of the room: which figure stands for a unit, what blocks a table, what is open."""

from vungxanh.uptake.rules.bands import (
    nice_edges,
)
from vungxanh.uptake.rules.figures import (
    compares,
    era_name,
    figure,
    is_unpublished,
)
from vungxanh.uptake.rules.nodes import (
    Carried,
    FactRow,
    Figure,
    FigureState,
    Node,
    Pair,
    People,
    arrange,
    forest,
    node_of,
)
from vungxanh.uptake.rules.ratios import (
    is_across_reform,
    is_of_origins,
    pair,
    row_to_rank,
    whole_share,
)
from vungxanh.uptake.rules.series import (
    Series,
    series_of,
)
from vungxanh.uptake.rules.submissions import (
    GUESTS,
    SEVERITIES,
    UNDO_WINDOW,
    FindingState,
    SubmissionState,
    may_be_undone,
    may_handle,
    withdrawing_needs,
)

__all__ = [
    "GUESTS",
    "SEVERITIES",
    "UNDO_WINDOW",
    "Carried",
    "FactRow",
    "Figure",
    "FigureState",
    "FindingState",
    "Node",
    "Pair",
    "People",
    "Series",
    "SubmissionState",
    "arrange",
    "compares",
    "era_name",
    "figure",
    "forest",
    "is_across_reform",
    "is_of_origins",
    "is_unpublished",
    "may_be_undone",
    "may_handle",
    "nice_edges",
    "node_of",
    "pair",
    "row_to_rank",
    "series_of",
    "whole_share",
    "withdrawing_needs",
]
