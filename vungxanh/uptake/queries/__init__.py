"""What is known: figures of a unit and below it, their series, lineage, findings and targets."""

from vungxanh.uptake.queries.days import (
    TREND_DAYS,
    as_ofs,
    rebased_series,
    series,
)
from vungxanh.uptake.queries.facts import (
    latest_facts,
    lineage,
    moment_of,
    version,
)
from vungxanh.uptake.queries.findings import (
    claims_among,
    findings_among,
    findings_in,
    findings_of,
)
from vungxanh.uptake.queries.levels import (
    LEVELS,
    below,
    levels_of,
    units_of_tree,
)
from vungxanh.uptake.queries.tables import (
    own_submission,
    standing_at,
    standing_on,
    submission,
    submissions,
)
from vungxanh.uptake.queries.targets import (
    campaign,
    campaigns_of,
    standing_among,
    target_of,
    targets_around,
    targets_from_letter,
    targets_in,
    targets_of,
    targets_on,
)
from vungxanh.uptake.queries.trees import (
    BASES_OF_PEOPLE,
    counterparts,
    elements_held,
    has_other_era,
    tree,
    tree_of,
    tree_of_figures,
)
from vungxanh.uptake.queries.viewing import (
    VIEW,
    may_handle,
    may_work_on,
    sees_all_unpublished,
    sees_unpublished,
)

__all__ = [
    "BASES_OF_PEOPLE",
    "LEVELS",
    "TREND_DAYS",
    "VIEW",
    "as_ofs",
    "below",
    "campaign",
    "campaigns_of",
    "claims_among",
    "counterparts",
    "elements_held",
    "findings_among",
    "findings_in",
    "findings_of",
    "has_other_era",
    "latest_facts",
    "levels_of",
    "lineage",
    "may_handle",
    "may_work_on",
    "moment_of",
    "own_submission",
    "rebased_series",
    "sees_all_unpublished",
    "sees_unpublished",
    "series",
    "standing_among",
    "standing_at",
    "standing_on",
    "submission",
    "submissions",
    "target_of",
    "targets_around",
    "targets_from_letter",
    "targets_in",
    "targets_of",
    "targets_on",
    "tree",
    "tree_of",
    "tree_of_figures",
    "units_of_tree",
    "version",
]
