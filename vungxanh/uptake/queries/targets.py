"""Targets: what binds a unit, and all that it has or had."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake.models import Target


def target_of(unit: Unit, at: datetime) -> Target | None:
    """The target that binds the unit: its own, else the nearest above it; the newest set."""
    above: list[str] = list(reversed(unit.chain))
    standing = Target.objects.filter(unit_id__in=above, set_at__lte=at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    )
    return min(
        standing, key=lambda t: (above.index(t.unit_id), -t.set_at.timestamp()), default=None
    )


def targets_on(unit_ids: Iterable[str], at: datetime) -> list[Target]:
    """The targets that units have of their own at a moment, the newest of each; one query."""
    standing = Target.objects.filter(unit_id__in=set(unit_ids), set_at__lte=at).filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    )
    newest = {target.unit_id: target for target in standing.order_by("set_at", "id")}
    return [newest[unit] for unit in sorted(newest)]


def targets_of(unit_id: UnitId) -> list[Target]:
    """The unit's own targets, standing ones first."""
    found = Target.objects.filter(unit_id=unit_id).order_by("-set_at", "-id")
    return sorted(found, key=lambda target: target.ended_at is not None)
