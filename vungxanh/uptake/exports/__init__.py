"""Figures as documents: the official annex, the letter that carries it, and the reader's table.

All of them print what the unit page shows: the same scene, ranks and sums.
"""

from vungxanh.uptake.exports.annex import figures_annex
from vungxanh.uptake.exports.composing import (
    Material,
    as_draft,
    document_of,
    figures_digest,
    gather,
    options_of,
)
from vungxanh.uptake.exports.figures import Layout, layout_of
from vungxanh.uptake.exports.letter import narrative_letter
from vungxanh.uptake.exports.options import proposed
from vungxanh.uptake.exports.sheet import (
    standing_of,
    table_export,
    table_file,
)

__all__ = [
    "Layout",
    "Material",
    "as_draft",
    "document_of",
    "figures_annex",
    "figures_digest",
    "gather",
    "layout_of",
    "narrative_letter",
    "options_of",
    "proposed",
    "standing_of",
    "table_export",
    "table_file",
]
