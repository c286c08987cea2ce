"""The day's table: who may be ranked in it, what compares with the day before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from vungxanh.engines import coverage
from vungxanh.engines.coverage import Ranked, Row, Unranked


@dataclass(frozen=True, slots=True)
class Place:
    """One unit of a table: its count, None where nobody told any, its base, who is missing in it.

    `told` are the counts by reporter, 0 and missing apart; one that does not cover it is no key.
    """

    unit: str
    name: str
    sort_key: str
    value: int | None
    base: int | None
    lacking: tuple[str, ...]
    told: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of all units, and its share of the bases of those units that have both.

    `without` names the units that the share leaves out.
    """

    value: int | None
    base: int | None
    share: Decimal | None
    without: tuple[str, ...]


class Apart(StrEnum):
    """Why a day's sum is not set beside that of the day before."""

    NO_TABLE = "no_table"
    NO_FIGURE = "no_figure"
    OTHER_REPORTERS = "other_reporters"


@dataclass(frozen=True, slots=True)
class Day:
    """A day's sum and who is expected and missing in it."""

    value: int | None
    expected: frozenset[str]
    missing: frozenset[str]


def ranked(places: Sequence[Place]) -> tuple[Ranked, ...]:
    """The units by share; one that lacks a reporter that others have is listed without a rank.

    >>> full = Place("q", "Q", "1", 10, 100, (), {})
    >>> part = Place("r", "R", "2", 90, 100, ("B",), {})
    >>> [(one.key, one.rank) for one in ranked([full, part])]
    [('q', 1), ('r', None)]
    """
    common = frozenset.intersection(*(frozenset(one.lacking) for one in places or (_NOWHERE,)))
    return coverage.rank(
        Row(
            one.unit,
            one.value,
            one.base,
            one.sort_key,
            Unranked.PARTS_MISSING if frozenset(one.lacking) != common else None,
        )
        for one in places
    )


def total_of(places: Iterable[Place]) -> Total:
    """Sum over sum, of the units that have both.

    >>> total_of([Place("q", "Q", "", 5, 10, (), {}), Place("r", "R", "", 7, None, (), {})])
    Total(value=12, base=10, share=Decimal('50.00'), without=('R',))
    """
    all_of = list(places)
    told = [one.value for one in all_of if one.value is not None]
    both = [one for one in all_of if one.value is not None and one.base]
    above, below = sum(one.value or 0 for one in both), sum(one.base or 0 for one in both)
    return Total(
        sum(told) if told else None,
        below or None,
        coverage.share_percent(above, below) if below else None,
        tuple(one.name for one in all_of if one not in both),
    )


def change(now: Day, before: Day | None) -> int | Apart:
    """What came in addition since the day before, of the same reporters; else why none is told.

    >>> both = frozenset({"A", "B"})
    >>> change(Day(12, both, frozenset()), Day(10, both, frozenset()))
    2
    >>> change(Day(12, both, frozenset()), Day(5, both, frozenset({"B"}))).value
    'other_reporters'
    """
    if before is None:
        return Apart.NO_TABLE
    if now.value is None or before.value is None:
        return Apart.NO_FIGURE
    if now.expected - now.missing != before.expected - before.missing:
        return Apart.OTHER_REPORTERS
    return now.value - before.value


_NOWHERE = Place("", "", "", None, None, (), {})
