"""A few numbers as bars on one scale: what was claimed beside what was counted."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: its words, its value, and whether it is the disputed claim, a base or our count."""

    label: str
    value: int
    role: Literal["claim", "base", "count"] = "count"
