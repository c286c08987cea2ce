"""Targets: what binds a unit, all that it has or had, and campaigns of many."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from vungxanh.core.errors import MissingError
from vungxanh.locations.values import Unit, UnitId
from vungxanh.uptake.models import Campaign, Target
from vungxanh.uptake.values.targets import letter_reference


def target_of(unit: Unit, at: datetime) -> Target | None:
    """The target that binds the unit: its own, else the nearest above it; the newest set.

    A number asked of a unit above is no number for this one; a share is.
    """
    return targets_around(unit, (), at)[0]


def targets_around(
    unit: Unit, below: Iterable[str], at: datetime
) -> tuple[Target | None, dict[str, Target]]:
    """The target that binds a unit, and those that units below it have of their own; one query."""
    above: list[str] = list(reversed(unit.chain))
    standing = _standing(at).filter(unit_id__in={*above, *below}).order_by("set_at", "id")
    own = [
        target
        for target in standing
        if target.unit_id == unit.id
        or (target.unit_id in above and target.share_percent is not None)
    ]
    nearest = min(own, key=lambda t: (above.index(t.unit_id), -t.set_at.timestamp()), default=None)
    return nearest, {t.unit_id: t for t in standing if t.unit_id not in above}


def _standing(at: datetime) -> QuerySet[Target]:
    is_open = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    return Target.objects.filter(is_open, set_at__lte=at)


def targets_on(unit_ids: Iterable[str], at: datetime) -> list[Target]:
    """The targets that units have of their own at a moment, the newest of each; one query."""
    standing = _standing(at).filter(unit_id__in=set(unit_ids))
    newest = {target.unit_id: target for target in standing.order_by("set_at", "id")}
    return [newest[unit] for unit in sorted(newest)]


def targets_of(unit_id: UnitId) -> list[Target]:
    """The unit's own targets, standing ones first; one query."""
    found = Target.objects.filter(unit_id=unit_id).select_related("campaign")
    ordered = found.order_by("-set_at", "-id")
    return sorted(ordered, key=lambda target: target.ended_at is not None)


def standing_among(unit_ids: Iterable[str]) -> list[Target]:
    """The targets that stand now for any of some units, with the units; one query."""
    found = Target.objects.filter(unit_id__in=set(unit_ids), ended_at=None)
    return list(found.select_related("unit").order_by("unit_id", "numerator"))


def targets_from_letter(letter_id: UUID) -> list[Target]:
    """The targets that were made from a letter's items, the newest first; one query."""
    found = Target.objects.filter(letter__startswith=letter_reference(letter_id, ""))
    return list(found.select_related("unit", "campaign__scope").order_by("-set_at", "unit_id"))


def campaign(campaign_id: UUID, unit_id: str) -> Campaign:
    """A campaign of a unit; MissingError where there is none."""
    rows = Campaign.objects.select_related("scope")
    found = rows.filter(id=campaign_id, scope_id=unit_id).first()
    if found is None:
        raise MissingError
    return found


def campaigns_of(unit_id: UnitId) -> list[tuple[Campaign, int]]:
    """The campaigns of a unit, each with its number of units, standing ones first; one query."""
    found = Campaign.objects.filter(scope_id=unit_id).annotate(n_units=Count("targets"))
    ordered = [(one, one.n_units) for one in found.order_by("-set_at", "-id")]
    return sorted(ordered, key=lambda pair: pair[0].ended_at is not None)


def targets_in(found: Campaign) -> list[Target]:
    """The targets of a campaign, in the order of its units; one query."""
    rows = found.targets.select_related("unit")
    return list(rows.order_by("unit__sort_key", "unit_id"))
