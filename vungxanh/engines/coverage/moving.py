"""Who rose and who fell between two days, and what looks like movement and is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from vungxanh.engines.coverage.change import base_differences, points_between
from vungxanh.engines.coverage.ranking import rank
from vungxanh.engines.coverage.ratios import exact_share
from vungxanh.engines.coverage.types import BaseDifference, CoverageError, Measure, Ranked, Row
from vungxanh.refusals import Words


class Moved(StrEnum):
    """How a unit moved among the compared ones, or why nothing is said of it."""

    ROSE = "rose"
    FELL = "fell"
    HELD = "held"
    NEW = "new"
    NO_COUNT_THEN = "no_count_then"
    NOT_ANEW = "not_anew"
    BASE_CHANGED = "base_changed"
    WITHHELD = "withheld"
    NO_SHARE = "no_share"


COMPARED = frozenset({Moved.ROSE, Moved.FELL, Moved.HELD})

MOVED_WORDS = {
    Moved.ROSE: Words("Lên hạng", "Rose"),
    Moved.FELL: Words("Xuống hạng", "Fell"),
    Moved.HELD: Words("Giữ hạng", "Held its place"),
    Moved.NEW: Words("Mới có số lần đầu", "Reports for the first time"),
    Moved.NO_COUNT_THEN: Words("Ngày so sánh không có số", "No count on the day compared with"),
    Moved.NOT_ANEW: Words("Chưa có số mới", "No new count"),
    Moved.BASE_CHANGED: Words("Mẫu số đã đổi", "The base has changed"),
    Moved.WITHHELD: Words(
        "Số thiếu phần hoặc quy đổi, không xếp hạng", "Partial or re-based, not ranked"
    ),
    Moved.NO_SHARE: Words("Chưa tính được tỷ lệ", "No share yet"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit on the two days compared: its counts, each with its own day, over its two bases.

    `before_on` and `after_on` are the days that the counts speak of, None where there is no count;
    `is_withheld` says that the unit is not ranked whatever its counts.
    """

    key: str
    before: Measure
    before_on: date | None
    after: Measure
    after_on: date | None
    sort_key: str = ""
    is_withheld: bool = False


@dataclass(frozen=True, slots=True)
class UnitMovement:
    """How one unit moved. Ranks, places and points are None unless `kind` is one of `COMPARED`.

    Ranks are among the compared units alone, so that a unit that reports for the first time moves
    nobody; `places_up` is positive when the later rank is better. `points` are of the exact
    shares. `is_tied` says that the later rank is shared, `was_tied` that the earlier one was.
    """

    key: str
    kind: Moved
    rank_before: int | None = None
    rank_after: int | None = None
    places_up: int | None = None
    n_more: int | None = None
    points: Decimal | None = None
    is_tied: bool = False
    was_tied: bool = False
    n_compared: int = 0


def unit_movements(
    units: Iterable[Counted], *, before_on: date, after_on: date
) -> tuple[UnitMovement, ...]:
    """Every unit's movement from the end of one day to the end of a later one.

    A unit is compared where it was counted on both very days over one base. Those that gained most
    points come first; ties stand in order of `sort_key`, then `key`; units that are not compared
    follow in that order, each with the reason. Refuses `coverage.days_in_wrong_order` and, as
    ranking does, two rows of one unit.

    >>> from vungxanh.engines.coverage.types import Base
    >>> old, new = date(2021, 5, 25), date(2021, 5, 26)
    >>> of = lambda n: Measure(n, Base(100, "smartphones", "", old))
    >>> found = unit_movements(
    ...     [Counted("a", of(10), old, of(30), new), Counted("b", of(20), old, of(21), new),
    ...      Counted("c", Measure(None, None), None, of(99), new)],
    ...     before_on=old, after_on=new)
    >>> [(one.key, one.kind.value, one.places_up, str(one.points)) for one in found]
    [('a', 'rose', 1, '20.00'), ('b', 'fell', -1, '1.00'), ('c', 'new', None, 'None')]
    """
    if before_on >= after_on:
        raise _wrong_order(before_on, after_on)
    listed = sorted(units, key=lambda unit: (unit.sort_key, unit.key))
    reasons = {unit.key: why_not_compared(unit, before_on, after_on) for unit in listed}
    compared = [unit for unit in listed if reasons[unit.key] is None]
    then = _ranked(compared, [unit.before for unit in compared])
    now = _ranked(compared, [unit.after for unit in compared])
    moved = [
        _movement(one, then[one.key], now[one.key], n_compared=len(compared)) for one in compared
    ]
    gained = {one.key: _gained(one) for one in compared}
    moved.sort(key=lambda one: -gained[one.key])
    rest = (UnitMovement(one.key, why) for one in listed if (why := reasons[one.key]))
    return (*moved, *rest)


def why_not_compared(unit: Counted, before_on: date, after_on: date) -> Moved | None:
    """Why nothing is said of how a unit moved; None where its two shares do compare."""
    if unit.is_withheld:
        return Moved.WITHHELD
    if unit.after.numerator is None or unit.after.base is None or not unit.after.base.value:
        return Moved.NO_SHARE
    if unit.after_on != after_on:
        return Moved.NOT_ANEW
    if unit.before.numerator is None or unit.before_on is None:
        return Moved.NEW
    if unit.before_on != before_on:
        return Moved.NO_COUNT_THEN
    return Moved.BASE_CHANGED if _is_another_base(unit) else None


def _is_another_base(unit: Counted) -> bool:
    """Another element or value; a base that was only printed again is the same."""
    if unit.before.base is None:
        return True
    differs = base_differences(unit.before.base, unit.after.base)
    return bool({BaseDifference.ELEMENT, BaseDifference.VALUE} & set(differs))


def _ranked(units: Sequence[Counted], measures: Sequence[Measure]) -> dict[str, Ranked]:
    rows = (
        Row(unit.key, measure.numerator, measure.base.value if measure.base else None)
        for unit, measure in zip(units, measures, strict=True)
    )
    return {row.key: row for row in rank(rows)}


def _movement(unit: Counted, then: Ranked, now: Ranked, *, n_compared: int) -> UnitMovement:
    places_up = (then.rank or 0) - (now.rank or 0)
    held_or_fell = Moved.FELL if places_up < 0 else Moved.HELD
    return UnitMovement(
        key=unit.key,
        kind=Moved.ROSE if places_up > 0 else held_or_fell,
        rank_before=then.rank,
        rank_after=now.rank,
        places_up=places_up,
        n_more=(unit.after.numerator or 0) - (unit.before.numerator or 0),
        points=points_between(unit.before, unit.after),
        is_tied=now.is_tied,
        was_tied=then.is_tied,
        n_compared=n_compared,
    )


def _gained(unit: Counted) -> Fraction:
    """How much the exact share grew."""
    then, now = (
        exact_share(measure.numerator, measure.base.value if measure.base else None)
        for measure in (unit.before, unit.after)
    )
    return (now or Fraction(0)) - (then or Fraction(0))


def _wrong_order(before_on: date, after_on: date) -> CoverageError:
    code = "coverage.days_in_wrong_order"
    return CoverageError(
        code,
        Words(
            f"Ngày so sánh {before_on:%d/%m/%Y} phải trước ngày {after_on:%d/%m/%Y}. "
            "Chọn ngày sớm hơn.",
            f"The day compared with, {before_on:%d %B %Y}, must be before {after_on:%d %B %Y}. "
            "Choose an earlier day.",
        ),
        field="before_on",
    )
