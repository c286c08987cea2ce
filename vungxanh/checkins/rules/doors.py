"""What a door shows of somebody: may they go in. Never why not.

Standings and colours are the words of `people.values.standing`; a rule knows them as text.
"""

from collections.abc import Collection
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


def sign_of(*, is_known: bool, classes: Collection[str], colour: str | None) -> Sign:
    """The sign for somebody with these standings in force and this card.

    >>> sign_of(is_known=True, classes=["recovered"], colour="yellow").value
    'in'
    >>> sign_of(is_known=True, classes=["contact"], colour="green").value
    'not_yet'
    """
    if not is_known:
        return Sign.UNKNOWN
    if colour in _NOT_YET_COLOURS or not _NOT_YET_STANDINGS.isdisjoint(classes):
        return Sign.NOT_YET
    return Sign.IN


def warn_at(capacity: int | None) -> int | None:
    """From how many people inside on a door is told that it fills up; none without a capacity.

    >>> warn_at(60), warn_at(1), warn_at(None)
    (54, 1, None)
    """
    if capacity is None:
        return None
    share, of = _WARN_AT_SHARE
    return max(1, capacity * share // of)
