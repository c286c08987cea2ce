"""Targets: what is still missing, how many a day, and whether the present pace gets there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from vungxanh.engines.coverage.forecast import STALE_DAYS, outlook
from vungxanh.engines.coverage.ratios import check_count, share_percent
from vungxanh.engines.coverage.types import (
    CoverageError,
    Feasibility,
    Needs,
    Pace,
    Point,
    Progress,
    Target,
    UnitProgress,
    UnitSeries,
)
from vungxanh.refusals import Words

BASE_ELEMENTS = {
    "population": Words("dân số", "population"),
    "adults": Words("người từ 18 tuổi trở lên", "adults"),
    "smartphones": Words("số smartphone", "smartphones"),
    "subscriptions": Words("số thuê bao", "subscriptions"),
}
"""What a target's percentage may be of: element and its words."""

PACE_DAYS = 7
"""The pace is taken over at least a week where figures allow: weekdays and weekends differ."""

_FAR_DAYS = 36_525
"""A century: a goal further off than this at the present pace is not given a date."""


def define_target(
    *,
    share_percent: Decimal | None,
    base_element: str | None,
    due_on: date,
    origin: str,
    scope: str,
    n_asked: int | None = None,
) -> Target:
    """A target, or a refusal that asks for what the directive left open.

    Exactly one of `share_percent`, which needs a base, and `n_asked`, which has none. Refuses
    `coverage.target_of_what` (neither or both), `coverage.target_without_base` (asks which base is
    meant), `coverage.unknown_base`, `coverage.target_share` and `coverage.target_number` (not above
    0) and `coverage.target_without_origin`. A share above 100 is accepted as written; `progress`
    then says that it is impossible.
    """
    if (share_percent is None) == (n_asked is None):
        raise _share_or_number()
    if share_percent is not None:
        _check_share(share_percent, base_element)
    elif n_asked is not None and n_asked <= 0:
        raise _number_out_of_range(n_asked)
    if not origin.strip():
        raise _ask_for_origin()
    base = "" if share_percent is None else base_element or ""
    return Target(share_percent, base, due_on, origin.strip(), scope, n_asked)


def _check_share(share: Decimal, base_element: str | None) -> None:
    if not base_element:
        raise _ask_for_base(share)
    if base_element not in BASE_ELEMENTS:
        raise _unknown_base(base_element)
    if not share.is_finite() or share <= 0:
        raise _share_out_of_range(share)


def goal_count(target: Target, base: int) -> int:
    """How many people the target means on `base`, rounded up: 60 % of 967,412 is 580,448.

    A target that asks for a number means that number, whatever the base.

    >>> goal_count(Target(Decimal("60"), "smartphones", date(2021, 8, 31), "", ""), 967_412)
    580448
    """
    check_count(base)
    if target.share_percent is None:
        return target.n_asked or 0
    return _ceil(Fraction(target.share_percent) * base / 100)


def days_left(due_on: date, as_of: date) -> int:
    """Days that can still bring people: the due day counts, the as-of day is over.

    >>> days_left(date(2021, 8, 31), date(2021, 5, 26))
    97
    """
    return (due_on - as_of).days


def pace(points: Sequence[Point], *, as_of: date, at_least_days: int = PACE_DAYS) -> Pace | None:
    """The gain a day up to the latest count, over `at_least_days` or else as far back as known.

    None with fewer than two days of figures up to `as_of`; `points` may be in any order.

    >>> week = (Point(date(2021, 5, 19), 198_163), Point(date(2021, 5, 26), 202_379))
    >>> found = pace(week, as_of=date(2021, 5, 26))
    >>> found.n_gained, found.n_days, int(found.per_day)
    (4216, 7, 602)
    """
    known = _known_points(points, as_of)
    if len(known) < 2:
        return None
    *earlier, latest = known
    old_enough = [point for point in earlier if (latest.on - point.on).days >= at_least_days]
    start = old_enough[-1] if old_enough else earlier[0]
    return Pace(start.on, latest.on, latest.count - start.count)


def progress(target: Target, base: int | None, points: Sequence[Point], *, as_of: date) -> Progress:
    """Where one unit stands against `target` at the end of `as_of`.

    `base` is the unit's count of `target.base_element`; `points` are its counts by day, one a day,
    later ones than `as_of` are ignored. Nothing is rounded in the reader's favour: goal and needs
    go up, projections go down. Days left run from `as_of`; if the latest count is older, what was
    gained since is not guessed, and after `STALE_DAYS` nothing is projected from it. A target that
    asks for a number needs no base.

    >>> target = Target(Decimal("60"), "smartphones", date(2021, 8, 31), "", "vn-2021:52")
    >>> day = date(2021, 5, 26)
    >>> found = progress(target, 967_412, [Point(day, 202_379)], as_of=day)
    >>> found.n_goal, found.n_needed, found.n_days_left, found.n_needed_per_day
    (580448, 378069, 97, 3898)
    """
    check_count(base)
    known = _known_points(points, as_of)
    has_goal = base is not None or target.n_asked is not None
    goal = goal_count(target, base or 0) if has_goal else None
    needed = max(goal - known[-1].count, 0) if goal is not None and known else None
    left = days_left(target.due_on, as_of)
    today = Progress(
        base=base,
        count=known[-1].count if known else None,
        counted_on=known[-1].on if known else None,
        share_percent=share_percent(known[-1].count, base) if known else None,
        n_goal=goal,
        n_needed=needed,
        n_days_left=left,
        n_needed_per_day=_needed_per_day(needed, left),
    )
    return _judged(_projected(today, known, as_of))


def needs_by_unit(target: Target, units: Iterable[UnitSeries], *, as_of: date) -> Needs:
    """The target laid on each unit's own base, and the sums of what each must still do."""
    progressed = tuple(
        UnitProgress(unit.key, progress(target, unit.base, unit.points, as_of=as_of))
        for unit in units
    )
    return Needs(
        progressed,
        _sum_known(unit.progress.n_needed for unit in progressed),
        _sum_known(unit.progress.n_needed_per_day for unit in progressed),
        sum(unit.progress.n_needed is None for unit in progressed),
    )


def _ceil(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def _known_points(points: Iterable[Point], as_of: date) -> list[Point]:
    """Points up to `as_of` in order of day; refuses a negative count and two counts for a day."""
    known = sorted((p for p in points if p.on <= as_of), key=lambda p: p.on)
    for point in known:
        check_count(point.count)
    for earlier, later in pairwise(known):
        if earlier.on == later.on:
            raise _two_counts(later.on)
    return known


def _needed_per_day(needed: int | None, left: int) -> int | None:
    if needed is None or (needed and left <= 0):
        return None
    return _ceil(Fraction(needed, left)) if needed else 0


def _projected(today: Progress, known: Sequence[Point], as_of: date) -> Progress:
    """`today` carried to the due day at the pace found, where that day is to come.

    Not from a count that is too old to speak of the pace of now.
    """
    speed = pace(known, as_of=as_of)
    if today.count is None or speed is None or today.n_days_left < 0 or _is_stale(today, as_of):
        return replace(today, pace=speed)
    expected = today.count + speed.per_day * today.n_days_left
    projected = max(expected.numerator // expected.denominator, 0)
    return replace(
        today,
        pace=speed,
        n_projected=projected,
        projected_share_percent=share_percent(projected, today.base),
        n_behind=None if today.n_goal is None else max(today.n_goal - projected, 0),
        reached_on=_reached_on(today.n_needed, speed, as_of),
        outlook=outlook(known, speed, n_days=today.n_days_left, expected=expected),
    )


def _is_stale(today: Progress, as_of: date) -> bool:
    return today.counted_on is not None and (as_of - today.counted_on).days > STALE_DAYS


def _reached_on(needed: int | None, speed: Pace, as_of: date) -> date | None:
    if not needed or speed.n_gained <= 0:
        return None
    n_days = _ceil(needed / speed.per_day)
    return as_of + timedelta(days=n_days) if n_days <= _FAR_DAYS else None


def _judged(found: Progress) -> Progress:
    verdict = _verdict_without_pace(found) or _verdict_at_pace(found)
    return replace(found, feasibility=verdict)


def _verdict_without_pace(found: Progress) -> Feasibility | None:
    if found.n_goal is None or found.base == 0:
        return Feasibility.NO_BASE
    if found.n_needed is None:
        return Feasibility.NO_COUNT
    if found.n_needed == 0:
        return Feasibility.ALREADY_MET
    if found.base is not None and found.n_goal > found.base:
        return Feasibility.IMPOSSIBLE
    return Feasibility.PAST_DUE if found.n_days_left <= 0 else None


def _verdict_at_pace(found: Progress) -> Feasibility:
    if found.pace is None:
        return Feasibility.NO_PACE
    if found.n_projected is None:
        return Feasibility.STALE
    if found.reached_on is None and found.n_behind:
        return Feasibility.CANNOT_AT_THIS_PACE
    if _is_within_range(found):
        return Feasibility.UNSURE
    return Feasibility.BEHIND if found.n_behind else Feasibility.ON_TRACK


def _is_within_range(found: Progress) -> bool:
    """Whether days differ so much that the goal may be reached and may be missed."""
    if found.outlook is None or found.n_goal is None:
        return False
    return found.outlook.n_low < found.n_goal <= found.outlook.n_high


def _sum_known(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _candidates(*, english: bool) -> str:
    words = [w.en if english else w.vi for w in BASE_ELEMENTS.values()]
    return ", ".join(words[:-1]) + (" or " if english else " hay ") + words[-1]


def _ask_for_base(share: Decimal) -> CoverageError:
    code = "coverage.target_without_base"
    vi = f"Chỉ tiêu {share} % là trên mẫu số nào: {_candidates(english=False)}?"
    en = f"{share} % of what: {_candidates(english=True)}?"
    return CoverageError(
        code,
        Words(
            f"{vi} Chọn một mẫu số, hoặc hỏi nơi ban hành.",
            f"{en} Choose one base, or ask the office that set the target.",
        ),
        field="base_element",
    )


def _unknown_base(element: str) -> CoverageError:
    code = "coverage.unknown_base"
    return CoverageError(
        code,
        Words(
            f"“{element}” không phải là mẫu số. Chọn {_candidates(english=False)}.",
            f"“{element}” is not a base. Choose {_candidates(english=True)}.",
        ),
        field="base_element",
    )


def _share_out_of_range(share: Decimal) -> CoverageError:
    code = "coverage.target_share"
    return CoverageError(
        code,
        Words(
            f"Chỉ tiêu {share} % phải lớn hơn 0. Nhập lại tỷ lệ.",
            f"A target of {share} % must be above 0. Enter the share again.",
        ),
        field="share_percent",
    )


def _number_out_of_range(number: int) -> CoverageError:
    code = "coverage.target_number"
    return CoverageError(
        code,
        Words(
            f"Chỉ tiêu {number} phải lớn hơn 0. Nhập lại con số.",
            f"A target of {number} must be above 0. Enter the number again.",
        ),
        field="n_asked",
    )


def _share_or_number() -> CoverageError:
    code = "coverage.target_of_what"
    return CoverageError(
        code,
        Words(
            "Chỉ tiêu là một tỷ lệ của một mẫu số, hoặc một con số. Nhập đúng một trong hai.",
            "A target is a share of a base, or a number. Enter exactly one of the two.",
        ),
        field="share_percent",
    )


def _ask_for_origin() -> CoverageError:
    code = "coverage.target_without_origin"
    return CoverageError(
        code,
        Words(
            "Chỉ tiêu này do văn bản nào giao? Ghi số, ngày và nơi ban hành.",
            "Which document set this target? Give its number, date and issuing office.",
        ),
        field="origin",
    )


def _two_counts(on: date) -> CoverageError:
    code = "coverage.two_counts_a_day"
    return CoverageError(
        code,
        Words(
            f"Ngày {on:%d/%m/%Y} có hai số đếm. Giữ lại số mới nhất.",
            f"{on:%d %B %Y} has two counts. Keep the latest.",
        ),
        where=on.isoformat(),
    )
