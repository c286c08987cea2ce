"""What a keeper may know of somebody at the door: initials, a year, a standing, a colour."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from vungxanh.people.values.standing import Class, Colour
from vungxanh.people.values.subjects import CodeOddness, SubjectRefusal

_NOTHING_ODD = CodeOddness(0)


@dataclass(frozen=True, slots=True, repr=False)
class AtDoor:
    """Somebody as a door sees them; whoever is not in the register yet has nothing but a refusal.

    `classes` are the standings in force, never why; `colour` is None without a card that holds, and
    `declared_on` then too: the day in Vietnam of the declaration that gave it.
    """

    is_known: bool = False
    initials: str = ""
    birth_year: int | None = None
    classes: frozenset[Class] = frozenset()
    colour: Colour | None = None
    declared_on: date | None = None
    oddness: CodeOddness = _NOTHING_ODD
    refusal: SubjectRefusal | None = None


@dataclass(frozen=True, slots=True)
class DoorAsked:
    """A code was sent to somebody at a door; the same for every number."""

    id: UUID
    seconds: int
