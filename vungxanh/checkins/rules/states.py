"""From which state a point may come into which, and what that does to its codes.

States are the words of `values.kinds.State`; a rule knows them as text.
"""

from datetime import timedelta
from typing import Final

# What the one who closed or approved may take back, as at once and without a reason.
UNDO_WITHIN: Final = timedelta(minutes=10)
DECISIONS: Final = frozenset({"approved", "suspended", "closed", "opened"})
_MAY_BECOME: Final = {
    "registered": frozenset({"approved", "suspended", "closed"}),
    "approved": frozenset({"suspended", "closed"}),
    "suspended": frozenset({"approved", "closed"}),
    "closed": frozenset({"approved"}),
}
_LIVING: Final = frozenset({"registered", "approved"})
_NEEDS_A_REASON: Final = frozenset({"suspended", "closed"})


def may_become(before: str, after: str) -> bool:
    """Whether officers may bring a point from one state into another."""
    return after in _MAY_BECOME[before]


def ends_codes(before: str, after: str) -> bool:
    """Whether the codes that hang stop being good."""
    return before in _LIVING and after not in _LIVING


def needs_codes(before: str, after: str) -> bool:
    """Whether the point needs new codes, as its former ones were revoked."""
    return before not in _LIVING and after in _LIVING


def needs_a_reason(after: str) -> bool:
    """Whether officers must say why."""
    return after in _NEEDS_A_REASON


def word_of(before: str, after: str) -> str:
    """What the change is called in the history of a point and in the log."""
    return "opened" if needs_codes(before, after) else after
