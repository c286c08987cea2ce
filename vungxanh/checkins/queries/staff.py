"""How many work at places of some kinds, as the lists of premises tell; and the points there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet, Sum

from vungxanh.checkins.models import Point, Premises


@dataclass(frozen=True, slots=True)
class StaffTold:
    """Staff of premises in all; `n_untold` premises told no number. As of `on`, by `source`."""

    n: int
    n_untold: int
    on: date | None
    source: str


def staff_of_kinds(kinds: Iterable[str], communes: Collection[str] | None) -> StaffTold:
    """Of premises in accepted lists that are not exempt; two queries."""
    rows = Premises.objects.filter(
        kind__in=list(kinds), list__state="accepted", exempt_at__isnull=True
    )
    if communes is not None:
        rows = rows.filter(unit__in=list(communes))
    found = rows.aggregate(
        n=Sum("n_staff"),
        untold=Count("id", filter=Q(n_staff__isnull=True)),
        on=Max("list__as_of"),
    )
    return StaffTold(found["n"] or 0, found["untold"], found["on"], _sources(rows))


def points_of_kinds(kinds: Iterable[str], communes: Collection[str] | None) -> list[int]:
    """Every point of these kinds, living or closed; one query."""
    rows = Point.objects.filter(kind__in=list(kinds))
    if communes is not None:
        rows = rows.filter(unit__in=list(communes))
    return list(rows.order_by("id").values_list("id", flat=True))


def _sources(rows: "QuerySet[Premises]") -> str:
    names = rows.order_by("list__source").values_list("list__source", flat=True).distinct()[:3]
    return "; ".join(names)
