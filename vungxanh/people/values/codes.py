"""Personal codes, as pages show them and doors read them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.protocol.personal.own import Kind


@dataclass(frozen=True, slots=True, repr=False)
class ShownCode:
    """One code to show: its text and until when a door takes it."""

    text: str
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class NewCard:
    """A card that was just printed: its code is shown this once."""

    id: UUID
    text: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CardLine:
    """A printed card, without its code."""

    id: UUID
    printed_at: datetime
    until: datetime
    is_revoked: bool


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose code was read at a door: the person's number in the register and nothing else."""

    person: int
    kind: Kind
