"""Codes of one point: new ones for each entrance, an end for the old, revoking at once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from vungxanh.checkins.actions.issuing import Door, issue_codes
from vungxanh.checkins.models import Entrance, Point, PointCode
from vungxanh.core.viewer import Viewer


def codes_for(*, point: Point, by: Viewer, at: datetime) -> list[PointCode]:
    """Sign a code for each open entrance of a locked point; the caller records why."""
    return issue_codes(doors=doors_of(point), by=by, at=at)


def doors_of(point: Point) -> Sequence[Door]:
    """The open entrances of a point, the whole first."""
    numbers = Entrance.objects.filter(point=point, closed_at=None).order_by("number")
    return [Door(point.pk, point.code, n) for n in numbers.values_list("number", flat=True)]


def revoke_all(*, point: Point, reason: str, by: Viewer, at: datetime) -> int:
    """Revoke every code of a locked point that is still good; how many. The caller records why."""
    good = PointCode.objects.filter(point=point, revoked_at=None)
    good = good.filter(Q(ends_at=None) | Q(ends_at__gt=at))
    return good.update(revoked_at=at, revoked_by=by.id, revoked_reason=reason[:300])


def unrevoke(*, point: Point, revoked_at: datetime) -> int:
    """Make those codes good again that were revoked at one moment; how many."""
    taken = PointCode.objects.filter(point=point, revoked_at=revoked_at)
    return taken.update(revoked_at=None, revoked_by="", revoked_reason="")
