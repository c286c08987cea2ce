"""A table of figures and its findings: their states, and who may act on them when."""

from datetime import datetime, timedelta
from enum import StrEnum

# Of findings, the worst first.
SEVERITIES = ("error", "warning", "info")
UNDO_WINDOW = timedelta(minutes=10)
# Roles of people outside the administration: they handle the tables that they brought themselves.
GUESTS = frozenset({"operator"})


class SubmissionState(StrEnum):
    """A table of figures: looked at, counting, or taken back."""

    DRAFT = "draft"
    RECORDED = "recorded"
    DISCARDED = "discarded"
    WITHDRAWN = "withdrawn"


class FindingState(StrEnum):
    """What people did about a finding."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"


def may_handle(roles: frozenset[str], viewer_id: str, *, brought_by: str) -> bool:
    """Whether a table of the own area may be acted on: guests act on those they brought.

    >>> may_handle(frozenset({"operator"}), "staff:1", brought_by="staff:2")
    False
    """
    return viewer_id == brought_by or not roles <= GUESTS


def withdrawing_needs(*, is_published: bool) -> str:
    """The capability that takes a table back: what is open to anyone needs that of opening it."""
    return "uptake.publish" if is_published else "uptake.import"


def may_be_undone(recorded_at: datetime, at: datetime) -> bool:
    """Whether a recording may still be taken back without a reason."""
    return at - recorded_at <= UNDO_WINDOW
