"""Purposes of looking at persons, as others may know them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from vungxanh.refusals import Words

MANAGE = "purposes.manage"
SEE_PERSONS = "persons.view"
# Below this a monthly count is not told: it could point at single persons.
LEAST_TOLD = 5


class Change(StrEnum):
    """What a proposal wants."""

    ADD = "add"
    END = "end"


class Decision(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Use(StrEnum):
    """What a purpose was named for: looking at a person, or exporting a list of persons."""

    SEEN = "seen"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The law that a purpose rests on, the article, and the day of the law."""

    law: str
    article: str
    law_on: date


@dataclass(frozen=True, slots=True)
class PurposeSpec:
    """One purpose: its code, words, legal basis and days; `ends_on` is the last day, if any."""

    code: str
    words: Words
    basis: LegalBasis
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the purpose is in force on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal to add or to end a purpose, and what became of it."""

    id: UUID
    change: Change
    purpose: PurposeSpec
    proposed_by: str
    proposed_at: datetime
    decision: Decision
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class MonthOfPurpose:
    """How often one purpose was used in one month; `month` is its first day."""

    month: date
    purpose: str
    n_seen: int
    n_exported: int
