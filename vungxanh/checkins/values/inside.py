"""How many people are inside, as doors and owners are told."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Inside:
    """So many people at a moment, by the scans of so many devices: phones and doors."""

    n: int
    of_devices: int
    as_of: datetime
