"""How many organisations and health facilities an area has, by kind."""

from datetime import date

from django.db.models import Count

from vungxanh.locations.queries.organisations import Asked, matching
from vungxanh.locations.values import Unit
from vungxanh.locations.values.kinds import KINDS


def n_by_kind(unit: Unit, on: date) -> tuple[tuple[str, int], ...]:
    """Kind and number of those that exist on a day, in the order of kinds; at most two queries.

    Counted are those of the unit, of all below it and of the units of the other era that it met.
    """
    rows = matching(Asked(unit=unit, on=on)).order_by().values_list("kind").annotate(n=Count("id"))
    found = dict(rows)
    return tuple((kind, found[kind]) for kind in KINDS if kind in found)
