"""Rules as data: what colour, advice and work do these facts mean, and by which rules?"""

from vungxanh.engines.decisions.core import Decide, compiled, in_force
from vungxanh.engines.decisions.dry_run import Changes, Trial, dry_run
from vungxanh.engines.decisions.facts import facts_of, written_facts
from vungxanh.engines.decisions.joining import joined, must_agree, wrong_examples
from vungxanh.engines.decisions.packed import columns_of, packed, unpacked
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
    "Changes",
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
    "Trial",
    "Work",
    "columns_of",
    "compiled",
    "dry_run",
    "facts_of",
    "in_force",
    "joined",
    "must_agree",
    "packed",
    "read_rules",
    "to_data",
    "unpacked",
    "written_facts",
    "wrong_examples",
]
