"""Figures with their pedigree: as of when, by whom, changed since; drawn on a map, told by date."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from vungxanh.core.drawings.cells import Band, Sheet
from vungxanh.core.shown import Choice, Link, Mark

FigureState = Literal["complete", "frozen", "provisional", "corrected"]


@dataclass(frozen=True, slots=True)
class Dates:
    """The as-of dates that exist, newest first, and what is known of the chosen one.

    `compare` offers the earlier dates; its current choice is the one compared with.
    `known_at` is set when the page is asked as it was known at that moment.
    """

    as_of: date
    state: FigureState
    choices: tuple[Choice, ...]
    compare: tuple[Choice, ...] = ()
    compared_with: date | None = None
    known_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Since another date: people for a count, percentage points for a share, places for a rank.

    A rank that became smaller is `by` > 0: up is better.
    """

    by: int | Decimal
    since: date
    invented: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number with its whole pedigree: numerator, base, as-of, source, state.

    `kind` count → `value` is the count; share → a percentage with `numerator` and `base`;
    rank → `value` of `out_of`. `base_word` is the unit of the base ("người", "máy").
    `lines` are short sentences under it ("Mẫu số: dân số năm 2019").
    """

    label: str
    kind: Literal["count", "share", "rank"]
    value: int | Decimal | None
    numerator: int | None = None
    base: int | None = None
    base_word: str = ""
    out_of: int | None = None
    change: Change | None = None
    lines: tuple[str, ...] = ()
    source: Link | None = None
    mark: Mark | None = None
    invented: bool = False


@dataclass(frozen=True, slots=True)
class MapCard:
    """The schematic map of the children, always beside the table.

    `bands` are the legend: the same five for every date of a campaign, with the number of units in
    each. `n_missing` units are hatched (no figure, or an old one); `missing_word` names that.
    """

    title: str
    sheet: Sheet
    bands: tuple[Band, ...]
    n_missing: int = 0
    missing_word: str = ""
    measures: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class TrendCard:
    """The unit's own figures by date, oldest first; shown where there is no target."""

    title: str
    points: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number comes from: as of when, known since when, from whom."""

    label: str
    as_of: date | datetime
    known_at: datetime
    source: Link
    note: str = ""
