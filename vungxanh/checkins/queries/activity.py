"""How points are used, as of the last day that was counted."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet, Sum

from vungxanh.checkins.models import (
    CountedDay,
    DayActivity,
    Point,
    PointPattern,
    PointUse,
    Scan,
    UseCount,
)
from vungxanh.checkins.rules.activity import DaySum, Use, faults_of
from vungxanh.checkins.values.activity import (
    COUNTS_KEPT_DAYS,
    PATTERNS_KEPT_DAYS,
    Activity,
    Pattern,
    PatternSeen,
)
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.clock import TZ

_OF_DAY: Final = ("n_points", "n_scans", "n_in", "n_people", "n_by_keeper")
_OF_USE: Final = ("n_points", "n_active", "n_scanned")


def last_counted() -> CountedDay | None:
    """The last day that was counted; one query."""
    return CountedDay.objects.order_by("-day").first()


def n_uncounted(at: datetime) -> int:
    """How many days passed without a count, yesterday aside; none where nobody ever scanned."""
    ended = at.astimezone(TZ).date() - timedelta(days=2)
    counted = last_counted()
    if counted is not None:
        return max(0, (ended - counted.day).days)
    first = Scan.objects.order_by("id").values_list("at", flat=True).first()
    return 0 if first is None else max(0, (ended - first.astimezone(TZ).date()).days + 1)


def activity_in(communes: Collection[str] | None) -> Activity | None:
    """How points of these communes are used, of all where none is named; three queries.

    None where no day was counted yet: nothing is known then, which is not zero. What cannot be is
    looked for in each commune and kind, not only in the sum.
    """
    counted = last_counted()
    if counted is None:
        return None
    rows = _within(DayActivity.objects.filter(day=counted.day), communes)
    sums = {key: DaySum(*found) for key, *found in _of_each(rows, _OF_DAY)}
    living = _within(UseCount.objects.all(), communes)
    uses = {key: Use(*found) for key, *found in _of_each(living, _OF_USE)}
    cells = {key: (sums.get(key, DaySum()), uses.get(key, Use())) for key in (*sums, *uses)}
    faults = dict.fromkeys(fault for cell in cells.values() for fault in faults_of(*cell))
    return Activity(counted.day, counted.at, cells, tuple(faults))


def activity_of(communes: Collection[str] | None) -> Activity | None:
    """The same in one sum, quick for a whole country; three queries."""
    counted = last_counted()
    if counted is None:
        return None
    rows = _within(DayActivity.objects.filter(day=counted.day), communes)
    living = _within(UseCount.objects.all(), communes)
    cell = (DaySum(*_summed(rows, _OF_DAY)), Use(*_summed(living, _OF_USE)))
    return Activity(counted.day, counted.at, {("", ""): cell}, faults_of(*cell))


def last_scanned(point_ids: Iterable[int]) -> dict[int, date]:
    """The last day with a scan of each point that ever had one; one query."""
    rows = PointUse.objects.filter(pk__in=list(point_ids))
    return dict(rows.order_by().values_list("pk", "last_on"))


def patterns_at(point_ids: Iterable[int]) -> dict[int, list[PatternSeen]]:
    """What was odd at points, the newest first; one query."""
    found: dict[int, list[PatternSeen]] = {}
    rows = PointPattern.objects.filter(point_id__in=list(point_ids)).order_by("-day", "pattern")
    for point_id, day, pattern, n in rows.values_list("point_id", "day", "pattern", "n"):
        found.setdefault(point_id, []).append(PatternSeen(day, Pattern(pattern), n))
    return found


def n_odd(communes: Collection[str] | None) -> int:
    """At how many living points of these communes there is something worth a look; one query."""
    odd = PointPattern.objects.values("point_id")
    rows = Point.objects.filter(pk__in=odd, state__in=LIVING)
    return (rows if communes is None else rows.filter(unit__in=list(communes))).count()


def past_counts(at: datetime) -> "tuple[QuerySet[Any], ...]":
    """Counts and patterns of days past their time."""
    today = at.astimezone(TZ).date()
    before = today - timedelta(days=COUNTS_KEPT_DAYS)
    return (
        DayActivity.objects.filter(day__lt=before),
        CountedDay.objects.filter(day__lt=before),
        PointPattern.objects.filter(day__lt=today - timedelta(days=PATTERNS_KEPT_DAYS)),
    )


def _of_each(rows: "QuerySet[Any]", names: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
    for unit, kind, *found in rows.order_by().values_list("unit", "kind", *names):
        yield (unit, kind), *found


def _summed(rows: "QuerySet[Any]", names: tuple[str, ...]) -> list[int]:
    found = rows.order_by().aggregate(**{f"all_{name}": Sum(name) for name in names})
    return [int(found[f"all_{name}"] or 0) for name in names]


def _within(rows: "QuerySet[Any]", communes: Collection[str] | None) -> "QuerySet[Any]":
    return rows if communes is None else rows.filter(unit__in=list(communes))
