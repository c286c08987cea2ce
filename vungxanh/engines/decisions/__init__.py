"""Rules as data: what colour, advice and work do these facts mean, and by which rules?"""

from vungxanh.engines.decisions.core import Decide, compiled, in_force
from vungxanh.engines.decisions.facts import facts_of, written_facts
from vungxanh.engines.decisions.reading import read_rules, to_data
from vungxanh.engines.decisions.types import (
    COLOURS,
    Colour,
    Example,
    Expr,
    Facts,
    Op,
    Outcome,
    Rule,
    RulesError,
    RuleSet,
    Work,
)

__all__ = [
    "COLOURS",
    "Colour",
    "Decide",
    "Example",
    "Expr",
    "Facts",
    "Op",
    "Outcome",
    "Rule",
    "RuleSet",
    "RulesError",
    "Work",
    "compiled",
    "facts_of",
    "in_force",
    "read_rules",
    "to_data",
    "written_facts",
]
