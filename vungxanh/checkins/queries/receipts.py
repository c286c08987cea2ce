"""What a phone told of one point lately: its receipt."""

from datetime import datetime
from uuid import UUID

from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.door import DoorPoint
from vungxanh.checkins.values.own_visits import RECEIPT_FOR, REMOVABLE_FOR, Receipt
from vungxanh.checkins.values.scans import Direction


def receipt_of(
    point: DoorPoint, *, person_id: int | None, device_id: UUID, at: datetime
) -> Receipt | None:
    """What its holder told of a point within a day; None for nothing. Three queries."""
    if person_id is None:
        return None
    rows = Scan.objects.filter(point_id__in=_numbers(point), at__gt=at - RECEIPT_FOR)
    own = list(rows.filter(person_id=person_id).order_by("at", "direction", "id"))
    if not own:
        return None
    came = next((one for one in reversed(own) if one.direction == Direction.IN), None)
    left = next((one for one in reversed(own) if one.direction == Direction.OUT), None)
    since = at - REMOVABLE_FOR
    fresh = [one for one in own if one.device_id == device_id and one.received_at > since]
    times = {one.at for one in fresh} | ({came.at} if came else set())
    along = rows.filter(at__in=times, device_id=device_id).exclude(person_id=person_id)
    others = list(along.values_list("id", "at", "direction", "received_at"))
    removable = [one.id for one in fresh] + [one[0] for one in others if one[3] > since]
    return Receipt(
        came_at=came.at if came else None,
        left_at=left.at if left else None,
        n_companions=sum(
            came is not None and when == came.at and way == Direction.IN
            for _id, when, way, _received in others
        ),
        removable=tuple(removable),
        removable_until=min((one.received_at for one in fresh), default=since) + REMOVABLE_FOR,
    )


def _numbers(point: DoorPoint) -> list[int]:
    """The point as it is now, and those that were merged into it: scans lie under their own."""
    return [point.id, *Point.objects.filter(merged_into=point.id).values_list("pk", flat=True)]
