"""Which point a device keeps, and the devices of a point."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from vungxanh.accounts.queries.room_devices import known_devices, living_device, room_devices
from vungxanh.accounts.values.devices import RoomDevice
from vungxanh.checkins.models import DoorDevice, Entrance, Point
from vungxanh.checkins.values.door_devices import SCOPE, DoorDeviceLine, DoorKept
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.prepared import Statement

_DOOR_OF: Final = Statement("""
SELECT point.id, point.code, point.name, door.entrance, coalesce(entrance.label, ''),
    point.capacity, point.usual_stay_minutes * 60, coalesce(place.state, point.state),
    point.kind, point.unit_id
FROM checkins_doordevice AS door
    JOIN checkins_point AS point ON point.id = door.point_id
    LEFT JOIN checkins_point AS place ON place.id = point.merged_into_id
    LEFT JOIN checkins_entrance AS entrance
        ON entrance.point_id = point.id AND entrance.number = door.entrance
WHERE door.device_id = %(device)s
""")


def door_of(device_id: UUID) -> DoorKept | None:
    """The point that a device keeps; None for a device of no point. One query.

    Whether the device may still come in says `accounts`. A point that was merged lives as the one
    that was kept.
    """
    for row in _DOOR_OF.rows(device=device_id):
        point_id, code, name, entrance, label, capacity, stay_s, state, kind, unit_id = row
        is_living = state in LIVING
        told = (point_id, code, name, entrance, label, capacity, stay_s)
        return DoorKept(*told, is_living, kind, unit_id)
    return None


def kept_by_token(token: str, at: datetime) -> tuple[UUID, frozenset[int]] | None:
    """The device of a keeper's token, and the points for which it may tell; None for no keeper.

    Three queries at most; asked anew each time, so that a device that was taken away is out at
    once. Of a point that was merged the codes of the other one are its own too.
    """
    device_id = living_device(token, SCOPE, at)
    if device_id is None:
        return None
    rows = DoorDevice.objects.filter(pk=device_id).order_by()
    pairs = rows.values_list("point_id", "point__merged_into_id")
    return device_id, frozenset(one for pair in pairs for one in pair if one is not None)


def devices_at(point: Point, at: datetime) -> tuple[DoorDeviceLine, ...]:
    """The devices of a point, those in use first. Three queries."""
    rows = {row.device_id: row for row in DoorDevice.objects.filter(point=point)}
    labels = dict(Entrance.objects.filter(point=point).values_list("number", "label"))
    found = room_devices(rows, at)
    return tuple(
        _line(one, rows[one.id].entrance, labels)
        for one in sorted(found, key=lambda one: (not one.may_end, one.invited_at, one.id))
    )


def entrances_of(point: Point) -> dict[int, str]:
    """The entrances at which a device may stand, beside the point as a whole; one query."""
    rows = Entrance.objects.filter(point=point, number__gt=0, closed_at=None).order_by("number")
    return dict(rows.values_list("number", "label"))


def living_at(point: Point, at: datetime) -> int:
    """How many devices of a point hold, or wait to be enrolled; two queries."""
    ids = DoorDevice.objects.filter(point=point).values_list("device_id", flat=True)
    return sum(one.may_end for one in room_devices(ids, at))


def past_door_devices() -> "QuerySet[DoorDevice]":
    """Bonds of devices that `accounts` no longer knows."""
    every = set(DoorDevice.objects.order_by().values_list("device_id", flat=True))
    return DoorDevice.objects.filter(pk__in=every - known_devices(every))


def bound(devices: Iterable[UUID]) -> "QuerySet[DoorDevice]":
    """The bonds of these devices."""
    return DoorDevice.objects.filter(pk__in=list(devices))


def _line(one: RoomDevice, entrance: int, labels: dict[int, str]) -> DoorDeviceLine:
    return DoorDeviceLine(
        id=one.id,
        name=one.name,
        entrance=entrance,
        entrance_label=labels.get(entrance, ""),
        state=str(one.state),
        state_words=one.state_words,
        invited_at=one.invited_at,
        last_contact_at=one.last_contact_at,
        valid_until=one.valid_until,
        may_end=one.may_end,
    )
