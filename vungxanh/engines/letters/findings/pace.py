"""Goals that need more a day than was ever seen, in the letter or in published figures."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from vungxanh.engines.checks import Figure, Finding
from vungxanh.engines.checks.arithmetic import half_up
from vungxanh.engines.checks.dates import day_of as day_of_figure
from vungxanh.engines.checks.heads import base_of
from vungxanh.engines.checks.sentences import points, say, shown
from vungxanh.engines.checks.types import USERS, Claim
from vungxanh.engines.letters.findings.case import LetterCase, fault
from vungxanh.engines.letters.findings.days import day_of
from vungxanh.engines.letters.findings.figures import stated_figures, unit_of_goal
from vungxanh.engines.letters.types import CampaignTarget
from vungxanh.refusals import Words

_PER_CENT: Final = 100


@dataclass(frozen=True, slots=True)
class Point:
    """A count of users at a day, and where it stands."""

    day: date
    value: int
    source: str


@dataclass(frozen=True, slots=True)
class Pace:
    """So many users a day from one day to another; `share` is that in points of the population."""

    per_day: Fraction
    since: Point
    until: Point
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What a goal lacks: users, and points of its base, each None where not known; in so long."""

    users: Fraction | None
    share: Fraction | None
    n_days: int


def target_pace(case: LetterCase) -> Iterator[Finding]:
    """A goal that needs more a day than was ever seen, of two of one day and place the first."""
    claims = tuple(stated.claim for stated in stated_figures(case))
    seen: set[tuple[str | None, str | None]] = set()
    for goal in case.reading.campaign_targets:
        unit = unit_of_goal(case, goal)
        need = _need(goal, unit, claims)
        if need is None or (unit, goal.due) in seen:
            continue
        found = _judged(case, goal, need, own=_fastest(_points(case, claims, unit)))
        if found is not None:
            seen.add((unit, goal.due))
            yield found


def _judged(
    case: LetterCase, goal: CampaignTarget, need: Need, *, own: Pace | None
) -> Finding | None:
    """Against the pace of the same place in users, else against the country's in points."""
    if own is not None and need.users is not None:
        is_faster = need.users / need.n_days > own.per_day
        return _too_fast(case, goal, need, pace=own) if is_faster else None
    country = _national(case)
    if country is None or country.share is None or need.share is None:
        return None
    is_faster = need.share / need.n_days > country.share
    return _too_fast(case, goal, need, pace=country) if is_faster else None


def _need(goal: CampaignTarget, unit: str | None, claims: Sequence[Claim]) -> Need | None:
    """What is missing from the newest figure of the same place that the goal can be set against."""
    due = day_of(goal.due)
    fitting = [c for c in claims if c.unit == unit and c.as_of and c.element in USERS]
    for claim in sorted(fitting, key=_day, reverse=True):
        n_days = (due - _day(claim)).days if due else 0
        missing = _missing(goal, claim)
        if n_days > 0 and missing is not None and any(part and part > 0 for part in missing):
            return Need(*missing, n_days)
    return None


def _day(claim: Claim) -> date:
    return day_of_figure(claim.as_of) if claim.as_of else date.min


def _missing(goal: CampaignTarget, claim: Claim) -> tuple[Fraction | None, Fraction | None] | None:
    """Users and points from a claim to a goal; None where the two cannot be compared."""
    if goal.unit != "%":
        return None if claim.value is None else (Fraction(goal.value) - claim.value, None)
    base = base_of(goal.denominator) if goal.denominator else None
    share = _share(claim)
    if (
        base is None
        or share is None
        or base != (claim.base or base_of(claim.base_as_written or ""))
    ):
        return None
    lacking = Fraction(goal.value) - share
    whole = claim.base_value or (claim.value and claim.value * _PER_CENT / share)
    return (Fraction(whole) * lacking / _PER_CENT if whole else None), lacking


def _share(claim: Claim) -> Fraction | None:
    if claim.value and claim.base_value:
        return Fraction(claim.value * _PER_CENT, claim.base_value)
    return Fraction(claim.share_percent) if claim.share_percent else None


def _points(case: LetterCase, claims: Iterable[Claim], unit: str | None) -> list[list[Point]]:
    """The counts of one place by day, each kind of users for itself."""
    found: dict[str, list[Point]] = defaultdict(list)
    for figure in case.history:
        if figure.unit == unit and figure.element in USERS:
            found[figure.element].append(
                Point(day_of_figure(figure.as_of), figure.value, figure.source)
            )
    for claim in claims:
        if claim.unit == unit and claim.element in USERS and claim.as_of and claim.value:
            found[claim.element].append(Point(_day(claim), claim.value, ""))
    return list(found.values())


def _fastest(series: Iterable[list[Point]]) -> Pace | None:
    """The greatest rise a day between two neighbouring days of one series."""
    paces = [
        Pace(Fraction(later.value - earlier.value, (later.day - earlier.day).days), earlier, later)
        for counted in series
        for earlier, later in pairwise(sorted(counted, key=lambda point: point.day))
        if later.day > earlier.day and later.value > earlier.value
    ]
    return max(paces, key=lambda pace: pace.per_day, default=None)


def _national(case: LetterCase) -> Pace | None:
    """The fastest published pace of the country, in points of its population."""
    pace = _fastest(_points(case, (), case.country))
    people = [f for f in case.history if (f.unit, f.element) == (case.country, "population")]
    if pace is None or not people:
        return None
    whole = _newest(people, day_of(case.reading.document.date)).value
    return Pace(pace.per_day, pace.since, pace.until, pace.per_day * _PER_CENT / whole)


def _newest(people: Sequence[Figure], until: date | None) -> Figure:
    """The population last counted when the letter was written, else the first counted later."""
    ordered = sorted(people, key=lambda figure: day_of_figure(figure.as_of))
    known = [one for one in ordered if until is None or day_of_figure(one.as_of) <= until]
    return known[-1] if known else ordered[0]


def _too_fast(case: LetterCase, goal: CampaignTarget, need: Need, *, pace: Pace) -> Finding:
    message = say(
        "Chỉ tiêu cần thêm {missing} trong {n} ngày, tức {each} một ngày; mức nhanh nhất đã biết"
        "{whose} là {pace} một ngày, từ {since} đến {until} ({source}). Hỏi lại nơi gửi, hoặc báo"
        " sớm là khó đạt.",
        "The target needs {missing} more in {n} days, that is {each} a day; the fastest known"
        "{whose} is {pace} a day, from {since} to {until} ({source}). Ask the sender, or say early"
        " that it is hard to reach.",
        missing=_amount(need.users, need.share),
        n=need.n_days,
        each=_each(need),
        whose=_OF_COUNTRY if pace.share is not None else "",
        pace=_amount(pace.per_day, pace.share),
        since=pace.since.day,
        until=pace.until.day,
        source=pace.until.source or pace.since.source or _OWN,
    )
    return fault(
        case,
        goal.span,
        message,
        code="letters.target_pace",
        severity="info" if pace.share is not None else "warning",
        found=_each(need).vi,
        expected=f"≤ {_amount(pace.per_day, pace.share).vi}",
    )


_OF_COUNTRY: Final = Words(" của cả nước", " of the whole country")
_OWN: Final = Words("số liệu trong văn bản", "the letter's own figures")


def _each(need: Need) -> Words:
    users = need.users / need.n_days if need.users is not None else None
    share = need.share / need.n_days if need.share is not None else None
    return _amount(users, share)


def _amount(users: Fraction | None, share: Fraction | None) -> Words:
    """Users, with their points beside them where both are known."""
    counted = None if users is None else int(half_up(users, 0))
    if share is None:
        return Words(shown(counted or 0, "vi"), shown(counted or 0, "en"))
    difference = points(half_up(share))
    if counted is None:
        return difference
    return say("{n} ({p})", "{n} ({p})", n=counted, p=difference)
