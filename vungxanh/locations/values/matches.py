"""What matching a written name answers."""

from dataclasses import dataclass
from enum import StrEnum

from vungxanh.engines.names import Why
from vungxanh.locations.values.units import Unit
from vungxanh.refusals import RefusalError, Words


class MatchKind(StrEnum):
    """How a written name was found."""

    EXACT = "exact"
    FOLDED = "folded"
    CANDIDATES = "candidates"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """What a written name means inside a parent; `unit` only when nothing else is possible."""

    text: str
    kind: MatchKind
    unit: Unit | None
    candidates: tuple[Unit, ...]
    reason: Words
    why: Why


class UnknownNameError(RefusalError):
    """A written name or address that no unit bears where it was sought."""

    def __init__(self, reason: Words) -> None:
        super().__init__("locations.unknown_name", reason, field="text")
