"""The ranked children of a unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from vungxanh.core.shown import Link
from vungxanh.uptake.pages.parts import Action

Direction = Literal["ascending", "descending", ""]


@dataclass(frozen=True, slots=True)
class SortLink:
    """A column head that sorts on the server; `direction` is set on the sorted column."""

    url: str
    direction: Direction = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """How many of the reports that tell of a unit came today, of how many that were owed."""

    n_came: int
    n_expected: int


@dataclass(frozen=True, slots=True)
class RankRow:
    """One child unit. `share` and `other_share` are of two bases; `other_rank` is by the other one.

    `shift` compares the two ranks: > 0 when the unit stands better by the other base.
    `points` is the trend, oldest first; fewer than two draw nothing. `doubt` is the reason why the
    other base needs a look, with `doubt_url` of its finding. `change` is in points since the date
    that is compared with.
    `missing_reason` says why there is no rank; `partial` what re-based figures lack; `rebased`
    from how many units of the other era they come, how surely, and what is not in them.
    """

    unit: Link
    unit_id: str
    rank: int | None
    numerator: int | None
    base: int | None
    share: Decimal | None
    other_base: int | None = None
    other_share: Decimal | None = None
    other_rank: int | None = None
    shift: int = 0
    doubt: str = ""
    doubt_url: str = ""
    points: tuple[int, ...] = ()
    change: Decimal | None = None
    is_base_changed: bool = False
    needed_per_day: int | None = None
    missing_reason: str = ""
    partial: str = ""
    rebased: str = ""
    reported: Reported | None = None


@dataclass(frozen=True, slots=True)
class RankTotal:
    """The foot of the table: sums, and shares that are sum over sum."""

    label: str
    numerator: int | None
    base: int | None
    share: Decimal | None
    other_base: int | None = None
    other_share: Decimal | None = None
    change: Decimal | None = None
    needed_per_day: int | None = None
    n_reported: int | None = None
    rebased: str = ""


@dataclass(frozen=True, slots=True)
class Minimum:
    """Units whose base is under `value` are listed without a rank; `kept` are hidden inputs."""

    value: int
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RankTable:
    """The ranked children. Columns with an empty label are not drawn.

    `scale` is the largest share: every bar shares it; the tick on each bar is the total's share.
    `sorts` maps a column (rank, unit, numerator, base, share, other_base, other_share, other_rank,
    change, needed) to its link. `silent` are units without any figure, named below the table where
    they are many. `moved` says in a sentence who rose and fell since the date compared with, and
    `moved_way` leads to all of them. On `reported_on` reports of the rows were owed.
    """

    title: str
    note: str
    caption: str
    numerator_label: str
    base_label: str
    share_label: str
    rows: tuple[RankRow, ...]
    total: RankTotal | None
    scale: Decimal
    other_base_label: str = ""
    other_share_label: str = ""
    other_rank_label: str = ""
    trend_label: str = ""
    change_label: str = ""
    needed_label: str = ""
    rebased_label: str = ""
    trend_invented: bool = False
    sorts: Mapping[str, SortLink] = field(default_factory=dict)
    exports: tuple[Action, ...] = ()
    foot: tuple[str, ...] = ()
    is_across_reform: bool = False
    minimum: Minimum | None = None
    silent: tuple[RankRow, ...] = ()
    moved: str = ""
    moved_way: Link | None = None
    reported_on: date | None = None
