"""A citizen's own visits, as their phone shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

REMOVABLE_FOR: Final = timedelta(minutes=10)
"""How long the phone that sent a visit may take it back by itself."""
MOST_COMPANIONS: Final = 20
RECEIPT_FOR: Final = timedelta(hours=24)
"""How long a receipt stands after the last scan at its point."""


class Known(StrEnum):
    """From what an end of a visit is known: a scan, an estimate, somebody's word."""

    SCANNED = "scanned"
    KEEPER = "keeper"
    ESTIMATED = "estimated"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, repr=False)
class OwnVisit:
    """One visit; `t_out` is None while its holder is still there, for all that is known."""

    code: str
    name: str
    t_in: datetime
    t_out: datetime | None
    came_by: Known
    left_by: Known


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """What a phone itself told of a point lately.

    `removable` are the scans that may still be taken back, until `removable_until`;
    `n_companions` came along without a phone.
    """

    came_at: datetime | None
    left_at: datetime | None
    n_companions: int
    removable: tuple[UUID, ...]
    removable_until: datetime

    @property
    def is_inside(self) -> bool:
        """Whether the last thing that was told is that somebody came."""
        if self.came_at is None:
            return False
        return self.left_at is None or self.left_at < self.came_at


@dataclass(frozen=True, slots=True, repr=False)
class Passing:
    """What a page of a point says: which way, with how many without a phone, by which form.

    `form` is made with the page, so that one that is sent twice says one thing.
    """

    form: UUID
    code: str
    way: Literal["in", "out"]
    entrance: int = 0
    n_companions: int = 0
