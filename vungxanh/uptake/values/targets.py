"""What a target asks, and the letter that asked for it: a reference that says no more here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from vungxanh.locations.values import UnitId

NUMERATORS: Final = ("bluezone_with_phone", "installs")
"""What a target may count."""

_LETTER: Final = "letter:"


@dataclass(frozen=True, slots=True)
class Goal:
    """A share of a base or a number of what is counted, by a day, and the document that says so.

    `letter` is a `letter_reference`, empty where the target came from none that was received here.
    """

    numerator: str
    due_on: date
    origin: str
    share_percent: Decimal | None = None
    denominator: str | None = None
    n_asked: int | None = None
    letter: str = ""
    is_illustrative: bool = False


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """A campaign to be set: what it is called, whose it is, which units, from when, and what."""

    scope_id: UnitId
    name: str
    unit_ids: tuple[UnitId, ...]
    starts_on: date
    goal: Goal


def letter_reference(letter_id: UUID, item: str) -> str:
    """How a target names the item of a letter that it came from.

    >>> letter_reference(UUID(int=7), "task-3")
    'letter:00000000-0000-0000-0000-000000000007/task-3'
    """
    return f"{_LETTER}{letter_id}/{item}"


def letter_of(reference: str) -> tuple[UUID, str] | None:
    """The letter and its item; None where a target came from none.

    >>> letter_of(letter_reference(UUID(int=7), "task-3"))
    (UUID('00000000-0000-0000-0000-000000000007'), 'task-3')
    >>> letter_of("")
    """
    letter, _, item = reference.removeprefix(_LETTER).partition("/")
    return (UUID(letter), item) if reference.startswith(_LETTER) and item else None


def ids_of(text: str) -> frozenset[UUID]:
    """The ids that a page was shown with, as its form sends them back; what is none is left out.

    >>> ids_of(f"{UUID(int=7)} x")
    frozenset({UUID('00000000-0000-0000-0000-000000000007')})
    """
    found: set[UUID] = set()
    for word in text.split():
        try:
            found.add(UUID(word))
        except ValueError:
            continue
    return frozenset(found)


def listed(ids: Iterable[UUID]) -> str:
    """Ids as a form keeps them."""
    return " ".join(sorted(map(str, ids)))
