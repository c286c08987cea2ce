"""Live counts: how many have proved a number in a commune, this second."""

from collections.abc import Iterable

from django.db.models import Q, Sum

from vungxanh.people.models import LiveCount


def live_counts(units: Iterable[str]) -> dict[tuple[str, str], int]:
    """The counts of these units by (unit, element), not of what lies below; one query."""
    rows = (
        LiveCount.objects.filter(unit__in=list(units))
        .order_by()
        .values_list("unit", "element")
        .annotate(Sum("n"))
    )
    return {(unit, element): n for unit, element, n in rows}


def total(units: Iterable[str], element: str) -> int:
    """One count over many units; one query."""
    rows = LiveCount.objects.filter(unit__in=list(units), element=element)
    return int(rows.aggregate(Sum("n"))["n__sum"] or 0)


def all_counts() -> dict[tuple[str, str], int]:
    """Every count by (unit, element), the unit empty where it is not known; one query."""
    rows = LiveCount.objects.order_by().values_list("unit", "element").annotate(Sum("n"))
    return {(unit, element): n for unit, element, n in rows}


def whole_counts() -> dict[tuple[str, bool], int]:
    """Each count over all units by (element, whether the unit is known); one query."""
    rows = LiveCount.objects.order_by().annotate(is_known=~Q(unit=""))
    summed = rows.values_list("element", "is_known").annotate(Sum("n"))
    return {(element, is_known): n for element, is_known, n in summed}
