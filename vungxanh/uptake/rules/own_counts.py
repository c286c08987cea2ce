"""What reporters tell and what this house counts itself, beside each other, and why they differ.

The two never stand in for one another. What explains a difference is said; what nothing explains is
said to be unexplained, and somebody asks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

APART: Final = timedelta(hours=12)
"""Moments further apart than this explain a difference by themselves."""
ALIKE_PERCENT: Final = Decimal(5)
"""Up to this share of the greater of the two, they are alike."""
_TENTH: Final = Decimal("0.1")


class Why(StrEnum):
    """What explains a difference, or that nothing does."""

    NOT_COUNTED = "not_counted"
    NOT_REPORTED = "not_reported"
    REPORTERS_MISSING = "reporters_missing"
    OTHER_MOMENT = "other_moment"
    COUNTED_TWICE = "counted_twice"
    OTHER_NETWORKS = "other_networks"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class Told:
    """A count and the moment that it speaks of; `lacking` names reporters that are not in it."""

    value: int
    as_of: datetime
    lacking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Both counts of a unit. `difference` is own less reported, `percent` of the greater one."""

    reported: Told | None
    own: Told | None
    difference: int | None
    percent: Decimal | None
    why: tuple[Why, ...]

    @property
    def is_alike(self) -> bool:
        """Whether both are known and nothing needs explaining."""
        return self.difference is not None and not self.why


def beside(reported: Told | None, own: Told | None) -> Beside:
    """The two counts with what explains their difference.

    >>> from datetime import UTC
    >>> at = datetime(2020, 8, 28, 9, tzinfo=UTC)
    >>> beside(Told(100, at, ("VNPT",)), Told(150, at)).why
    (<Why.REPORTERS_MISSING: 'reporters_missing'>,)
    >>> beside(Told(100, at), Told(103, at)).is_alike
    True
    """
    if reported is None or own is None:
        return Beside(reported, own, None, None, tuple(_unknown(reported, own)))
    difference = own.value - reported.value
    percent = _percent(difference, max(own.value, reported.value))
    is_alike = abs(percent) <= ALIKE_PERCENT
    why = () if is_alike else tuple(_explained(reported, own, difference))
    return Beside(reported, own, difference, percent, why)


def _unknown(reported: Told | None, own: Told | None) -> Iterator[Why]:
    if reported is None:
        yield Why.NOT_REPORTED
    if own is None:
        yield Why.NOT_COUNTED


def _percent(difference: int, greater: int) -> Decimal:
    if not greater:
        return Decimal(0)
    return (Decimal(100 * difference) / greater).quantize(_TENTH, ROUND_HALF_UP)


def _explained(reported: Told, own: Told, difference: int) -> Iterator[Why]:
    """What is known to pull the two apart in this direction; else that nothing is known."""
    found = []
    if reported.lacking and difference > 0:
        found.append(Why.REPORTERS_MISSING)
    if abs(own.as_of - reported.as_of) > APART:
        found.append(Why.OTHER_MOMENT)
    if not found:
        found = [*_by_definition(reported, difference), Why.UNEXPLAINED]
    yield from found


def _by_definition(reported: Told, difference: int) -> Iterator[Why]:
    """A phone with two cards is told by both its networks; a phone of another network by none."""
    yield Why.COUNTED_TWICE if difference < 0 else Why.OTHER_NETWORKS
