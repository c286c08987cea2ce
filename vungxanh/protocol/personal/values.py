"""What personal QR codes have in common: a day that may be known in part, sex."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

YEARS: Final = range(1900, 2101)


class Sex(StrEnum):
    """As a card or its number tells it; a form may know more."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day of which the day, or day and month, may be hidden or not known (None)."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there is such a day, month or year; a day needs its month."""
        if self.year not in YEARS or (self.month is None and self.day is not None):
            return False
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            return False
        return self.month != 0 and self.day != 0

    @property
    def starred(self) -> str:
        """`YYYY-MM-DD`, two stars for what is not told."""
        month, day = (("**" if one is None else f"{one:02}") for one in (self.month, self.day))
        return f"{self.year:04}-{month}-{day}"
