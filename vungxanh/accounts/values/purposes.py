"""Purposes of looking at persons, as others may know them."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from importlib import resources
from uuid import UUID

from vungxanh.refusals import Words

LISTED = resources.files("vungxanh.accounts").joinpath("vendored/purposes.toml")
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
class CampaignBasis:
    """The law that one campaign rests on where nobody is asked for consent, and its days."""

    campaign: str
    words: Words
    basis: LegalBasis
    starts_on: date
    ends_on: date


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
    """How often one purpose was named in one month, told by its first day.

    `n_seen` counts looks at persons, `n_exported` lists that were exported.
    """

    month: date
    purpose: str
    n_seen: int
    n_exported: int


def listed(text: str = "") -> tuple[PurposeSpec, ...]:
    """The purposes of a TOML text, in its order; without one, those the package brings."""
    said = tomllib.loads(text or LISTED.read_text("utf-8"))["purposes"]
    return tuple(
        PurposeSpec(
            code=code,
            words=Words(vi=one["vi"], en=one["en"]),
            basis=LegalBasis(one["law"], one["article"], one["law_on"]),
            starts_on=one["from"],
            ends_on=one.get("until"),
        )
        for code, one in said.items()
    )
