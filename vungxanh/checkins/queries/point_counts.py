"""Living points by commune and kind, from the count that moves with them."""

from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from vungxanh.checkins.models import PointCount

Counts = dict[tuple[str, str], int]
"""Counts by commune of today and kind; those that are zero are left out."""


def points_in(communes: Iterable[str]) -> Counts:
    """The living points of these communes; one query."""
    return _summed(PointCount.objects.filter(unit__in=list(communes)))


def all_points() -> Counts:
    """The living points of the whole country; one query."""
    return _summed(PointCount.objects.all())


def registered_in(communes: Iterable[str] | None) -> dict[str, int]:
    """How many living points each commune has, of all where none is named; one query.

    Zero for a commune that had some and has none left.
    """
    rows = PointCount.objects.all()
    if communes is not None:
        rows = rows.filter(unit__in=list(communes))
    summed = rows.order_by().values_list("unit").annotate(n=Sum("n"))
    return {str(unit): int(n) for unit, n in summed}


def _summed(rows: QuerySet[PointCount]) -> Counts:
    summed = rows.order_by().values_list("unit", "kind").annotate(n=Sum("n")).filter(n__gt=0)
    return {(str(unit), str(kind)): int(n) for unit, kind, n in summed}
