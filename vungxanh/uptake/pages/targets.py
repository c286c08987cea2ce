"""What is asked of a unit, and how fast it goes there."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from vungxanh.core.shown import Link, Mark


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it has gone: a day, and where that would end.

    `low` to `high` holds the end four times out of five, told only where days differ much; shares
    are None where a target has no base. `notes` say what makes the forecast less sure.
    """

    per_day: int
    ends_at: int
    ends_share: Decimal | None
    words: str
    invented: bool = False
    low: int | None = None
    high: int | None = None
    low_share: Decimal | None = None
    high_share: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A target with its base, due date and origin, and what it still asks for.

    `history` are the figures so far, oldest first, the last one is today's. Without `pace` the card
    says why in `no_pace`. `wanted_share` is None where a number is asked,
    `needed_per_day` where no day is left.
    """

    title: str
    history: tuple[tuple[date, int], ...]
    due_on: date
    wanted: int
    wanted_share: Decimal | None
    gap: int
    days_left: int
    needed_per_day: int | None
    pace: Pace | None = None
    no_pace: str = ""
    verdict: Mark | None = None
    origin: Link | None = None
    change_base: Link | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class OtherTarget:
    """The target of a unit of the other era: told beside, never as that of the unit shown."""

    unit: Link
    title: str
    origin: str
    invented: bool = False
