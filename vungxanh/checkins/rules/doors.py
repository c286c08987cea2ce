"""What a door shows of somebody: may they go in. Never why not.

Standings and colours are the words of `people.values.standing`; a rule knows them as text.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_NOT_YET_STANDINGS: Final = frozenset({"case", "contact", "quarantined"})
_NOT_YET_COLOURS: Final = frozenset({"orange", "red"})
_WARN_AT_SHARE: Final = (9, 10)


class Sign(StrEnum):
    """The big sign."""

    IN = "in"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody at a door: standings in force, the card, whether they declared today.

    `is_read` is False where what was shown names nobody, and nobody could be begun by it.
    """

    is_known: bool
    classes: Collection[str] = ()
    colour: str | None = None
    has_declared: bool = False
    is_read: bool = True


def sign_of(seen: Seen, *, must_declare: bool = False) -> Sign:
    """The sign for somebody, at a door where a declaration of the day may be needed.

    >>> sign_of(Seen(True, ["recovered"], "yellow")).value
    'in'
    >>> sign_of(Seen(True, ["contact"], "green", has_declared=True)).value
    'not_yet'
    >>> sign_of(Seen(True, (), "green"), must_declare=True).value
    'not_yet'
    """
    if is_kept_out(seen) or (must_declare and seen.is_read and not seen.has_declared):
        return Sign.NOT_YET
    return Sign.IN if seen.is_known else Sign.UNKNOWN


def is_kept_out(seen: Seen) -> bool:
    """Whether standing or colour say not yet, wherever the door is."""
    return seen.colour in _NOT_YET_COLOURS or not _NOT_YET_STANDINGS.isdisjoint(seen.classes)


def warn_at(capacity: int | None) -> int | None:
    """From how many people inside on a door is told that it fills up; none without a capacity.

    >>> warn_at(60), warn_at(1), warn_at(None)
    (54, 1, None)
    """
    if capacity is None:
        return None
    share, of = _WARN_AT_SHARE
    return max(1, capacity * share // of)
