"""Frozen parameters and results of the coverage engine; plain integers, decimals and dates.

Units and elements are plain strings here: the engine knows no room. A count that is not known is
`None`, never 0.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vungxanh.refusals import RefusalError, Words


class CoverageError(RefusalError):
    """Figures or a target that the engine refuses to compute with."""


@dataclass(frozen=True, slots=True)
class Base:
    """A denominator with what makes it one and not another: element, source and own date."""

    value: int
    element: str
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Measure:
    """A count over a base; either may be unknown."""

    numerator: int | None
    base: Base | None


class BaseDifference(StrEnum):
    """In what two bases differ."""

    ELEMENT = "element"
    VALUE = "value"
    SOURCE = "source"
    DATE = "date"


BASE_DIFFERENCE_WORDS = {
    BaseDifference.ELEMENT: Words("Khác loại mẫu số", "Another kind of base"),
    BaseDifference.VALUE: Words("Mẫu số đã đổi", "The base has changed"),
    BaseDifference.SOURCE: Words("Mẫu số lấy từ nguồn khác", "The base is from another source"),
    BaseDifference.DATE: Words("Mẫu số của thời điểm khác", "The base is of another date"),
}


@dataclass(frozen=True, slots=True)
class ShareChange:
    """How a share moved between two as-ofs, and how it would have moved on the old base.

    `n_more` is a number of people, `points` and `points_on_old_base` percentage points with two
    decimals, taken from the exact ratios and then rounded half-up (away from zero); each is None
    where a count or base is missing.
    """

    before: Measure
    after: Measure
    share_before: Decimal | None
    share_after: Decimal | None
    n_more: int | None
    points: Decimal | None
    base_differs_in: tuple[BaseDifference, ...]
    share_on_old_base: Decimal | None
    points_on_old_base: Decimal | None

    @property
    def is_base_changed(self) -> bool:
        """Whether the two shares stand on different bases."""
        return bool(self.base_differs_in)


class Unranked(StrEnum):
    """Why a unit is listed without a rank."""

    NO_NUMERATOR = "no_numerator"
    NO_DENOMINATOR = "no_denominator"
    ZERO_DENOMINATOR = "zero_denominator"
    BASE_TOO_SMALL = "base_too_small"
    PARTS_MISSING = "parts_missing"
    DIVIDED = "divided"


UNRANKED_WORDS = {
    Unranked.NO_NUMERATOR: Words("Chưa có số đếm", "No count yet"),
    Unranked.NO_DENOMINATOR: Words("Chưa có mẫu số", "No base yet"),
    Unranked.ZERO_DENOMINATOR: Words("Mẫu số bằng 0", "The base is 0"),
    Unranked.BASE_TOO_SMALL: Words("Mẫu số quá nhỏ để xếp hạng", "The base is too small to rank"),
    Unranked.PARTS_MISSING: Words(
        "Thiếu số của một nửa số đơn vị hợp thành trở lên", "Half of its parts or more lack figures"
    ),
    Unranked.DIVIDED: Words(
        "Số chia từ đơn vị của thời kỳ khác, không phải số đếm ở đây",
        "Divided from a unit of the other era, not counted here",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One unit to rank: its count, its base, and the key that orders ties on paper.

    `withheld` says why a unit is listed without a rank, whatever its counts.
    """

    key: str
    numerator: int | None
    denominator: int | None
    sort_key: str = ""
    withheld: Unranked | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One unit in a ranking: `rank` is None exactly when `unranked` says why."""

    key: str
    numerator: int | None
    denominator: int | None
    share_percent: Decimal | None
    rank: int | None
    is_tied: bool
    unranked: Unranked | None


@dataclass(frozen=True, slots=True)
class Movement:
    """A unit's two ranks; `places_up` is positive when the second is better, None if either is."""

    key: str
    rank_before: int | None
    rank_after: int | None
    places_up: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """What a directive asks: a share of a named base or a number, by a day, of whom, and who asked.

    `share_percent` is exact (`Decimal("60")`), None where `n_asked` asks for a number, which has no
    base (`base_element` ""); `due_on` is the last day that counts; `origin` names the letter or
    decision; `scope` is the unit it binds.
    """

    share_percent: Decimal | None
    base_element: str
    due_on: date
    origin: str
    scope: str
    n_asked: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A count as of the end of a day."""

    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What was gained between two as-ofs; `per_day` is exact and may be negative."""

    since: date
    until: date
    n_gained: int

    @property
    def n_days(self) -> int:
        """Days between the two as-ofs; always positive."""
        return (self.until - self.since).days

    @property
    def per_day(self) -> Fraction:
        """People a day, unrounded."""
        return Fraction(self.n_gained, self.n_days)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Between which counts the due day lies, four times out of five, if days differ as they did.

    Told from `n_gains` gains between neighbouring counts, `n_falls` of them below zero, with
    `n_days_missing` days without a count between. `is_wide` when the range is no detail: half of
    it is over a tenth of what is expected to be gained.
    """

    n_low: int
    n_high: int
    n_gains: int
    n_days_missing: int
    n_falls: int
    is_wide: bool


class Feasibility(StrEnum):
    """What can honestly be said about reaching a target."""

    ALREADY_MET = "already_met"
    ON_TRACK = "on_track"
    UNSURE = "unsure"
    BEHIND = "behind"
    CANNOT_AT_THIS_PACE = "cannot_at_this_pace"
    IMPOSSIBLE = "impossible"
    PAST_DUE = "past_due"
    NO_PACE = "no_pace"
    STALE = "stale"
    NO_COUNT = "no_count"
    NO_BASE = "no_base"


FEASIBILITY_WORDS = {
    Feasibility.ALREADY_MET: Words("Đã đạt", "Already met"),
    Feasibility.ON_TRACK: Words("Đúng tiến độ", "On track"),
    Feasibility.UNSURE: Words("Chưa chắc đạt", "Not sure to be reached"),
    Feasibility.BEHIND: Words("Chậm tiến độ", "Behind"),
    Feasibility.CANNOT_AT_THIS_PACE: Words(
        "Theo nhịp hiện nay thì không đạt", "Cannot be reached at this pace"
    ),
    Feasibility.IMPOSSIBLE: Words(
        "Không thể đạt: chỉ tiêu lớn hơn mẫu số", "Impossible: the target exceeds its base"
    ),
    Feasibility.PAST_DUE: Words("Đã quá hạn, chưa đạt", "Past due and not met"),
    Feasibility.NO_PACE: Words(
        "Chưa rõ nhịp: cần số liệu của ít nhất hai ngày", "Unknown: needs figures of two days"
    ),
    Feasibility.STALE: Words(
        "Chưa dự báo được: số mới nhất đã cũ hơn 7 ngày",
        "No forecast: the latest count is older than 7 days",
    ),
    Feasibility.NO_COUNT: Words("Chưa có số đếm", "No count yet"),
    Feasibility.NO_BASE: Words("Chưa có mẫu số", "No base yet"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a unit stands against a target on a day. Counts are people; None means not known.

    `n_needed` is what is still missing (0 when met), `n_needed_per_day` that over `n_days_left`
    rounded up (None once the due day has passed or is today), `n_projected` the count on the due
    day at the pace found (rounded down), `n_behind` what would then be missing, `reached_on` the
    day on which the goal is reached at this pace. `outlook` is the range around `n_projected`, None
    with too few counts. From a count that is older than a week nothing is projected.
    """

    base: int | None
    count: int | None
    counted_on: date | None
    share_percent: Decimal | None
    n_goal: int | None
    n_needed: int | None
    n_days_left: int
    n_needed_per_day: int | None
    pace: Pace | None = None
    n_projected: int | None = None
    projected_share_percent: Decimal | None = None
    n_behind: int | None = None
    reached_on: date | None = None
    outlook: Outlook | None = None
    feasibility: Feasibility = Feasibility.NO_PACE


@dataclass(frozen=True, slots=True)
class UnitSeries:
    """One unit's base and its counts by day, in any order."""

    key: str
    base: int | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One unit's progress."""

    key: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class Needs:
    """The same target laid on every unit.

    The sums add what each unit must do, each rounded up, so they may exceed the need of the whole
    by up to one a unit and by what units above their own goal have in excess. `n_unknown` units
    (no count or no base) are left out of the sums; a sum is None when no unit is known.
    """

    units: tuple[UnitProgress, ...]
    n_needed_sum: int | None
    n_needed_per_day_sum: int | None
    n_unknown: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure on two time axes: what day it speaks of (`as_of`), when it reached us.

    `value` None withdraws what was known for that as-of. `revision` orders facts received at the
    same moment; `sequence` is unique and settles what is left.
    """

    unit: str
    element: str
    as_of: datetime
    value: int | None
    source: str
    received_at: datetime
    revision: int = 1
    sequence: int = 0
