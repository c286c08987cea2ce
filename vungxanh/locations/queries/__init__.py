"""Reading units of both eras, what became of them, names and map sheets."""

from vungxanh.locations.queries.maps import sheet, sheets
from vungxanh.locations.queries.matching import Matcher, match, matcher
from vungxanh.locations.queries.succession import (
    covers,
    forebears,
    heirs,
    heirs_of,
    next_up,
    predecessors,
    successors,
    unit_on,
    within,
)
from vungxanh.locations.queries.units import (
    ancestors,
    children,
    descendants,
    listed,
    located,
    search,
    search_located,
    subtree,
    unit,
    units,
)

__all__ = [
    "Matcher",
    "ancestors",
    "children",
    "covers",
    "descendants",
    "forebears",
    "heirs",
    "heirs_of",
    "listed",
    "located",
    "match",
    "matcher",
    "next_up",
    "predecessors",
    "search",
    "search_located",
    "sheet",
    "sheets",
    "subtree",
    "successors",
    "unit",
    "unit_on",
    "units",
    "within",
]
