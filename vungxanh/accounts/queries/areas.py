"""Conditions for what lies in somebody's area."""

from django.db.models import Q

from vungxanh.accounts.values import Area


def lies_in(area: Area, unit: str = "unit") -> Q:
    """A condition on a foreign key to a unit: that it counts in the area, wholly or in part."""
    found = Q(**{f"{unit}_id__in": [*area.whole, *area.part]})
    for root in sorted(area.roots):
        tree, _, path = root.partition(":")
        found |= Q(**{f"{unit}__tree": tree, f"{unit}__path__startswith": path})
    return found
