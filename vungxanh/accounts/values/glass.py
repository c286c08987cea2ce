"""Broken glass: reading outside the own area, for a reason and for a limited time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from vungxanh.refusals import Words

BREAK = "glass.break"
REVIEW = "glass.review"


class Verdict(StrEnum):
    """What the supervisor found; empty until somebody looked."""

    OPEN = ""
    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


VERDICT_WORDS = {
    Verdict.OPEN: Words(vi="Chưa xem lại", en="Not reviewed yet"),
    Verdict.JUSTIFIED: Words(vi="Hợp lý", en="Justified"),
    Verdict.UNJUSTIFIED: Words(vi="Không hợp lý", en="Not justified"),
}
DURATIONS = {
    15: Words(vi="15 phút", en="15 minutes"),
    60: Words(vi="1 giờ", en="1 hour"),
    240: Words(vi="4 giờ", en="4 hours"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """Glass that is broken now: which units it opens to read, what for and until when.

    `names` are the units' names, each with its era.
    """

    id: UUID
    units: frozenset[str]
    purpose: str
    until: datetime
    names: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Breaking:
    """What an officer says when breaking the glass."""

    unit: str
    reason: str
    purpose: str
    minutes: int


@dataclass(frozen=True, slots=True)
class GlassLine:
    """One opening as its officer, the supervisor and the auditor see it."""

    id: UUID
    by: str
    unit: str
    purpose: str
    reason: str
    opened_at: datetime
    until: datetime
    ended_at: datetime | None
    verdict: Verdict
    reviewed_by: str
    reviewed_at: datetime | None
    note: str
