"""Devices that stand at doors: each keeps one point, and for how long it is known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from vungxanh.checkins.values.refusals import PointError
from vungxanh.refusals import Words

SCOPE: Final = "points.keep"
MOST_DEVICES: Final = 20


@dataclass(frozen=True, slots=True)
class DoorKept:
    """The point that a device keeps, and at which of its entrances; 0 is the point as a whole."""

    point_id: int
    code: str
    name: str
    entrance: int
    entrance_label: str
    capacity: int | None
    usual_stay_s: int
    is_living: bool
    kind: str = ""
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class DoorDeviceLine:
    """One device of a point, as its owner sees it."""

    id: UUID
    name: str
    entrance: int
    entrance_label: str
    state: str
    state_words: Words
    invited_at: datetime
    last_contact_at: datetime | None
    valid_until: datetime | None
    may_end: bool


def many_devices() -> PointError:
    """A point has as many devices as it may."""
    return PointError(
        "checkins.many_door_devices",
        Words(
            f"Một điểm có nhiều nhất {MOST_DEVICES} máy trực. Gỡ máy không dùng nữa trước.",
            f"A point has at most {MOST_DEVICES} devices. End one that is not used any more.",
        ),
        field="name",
    )


def no_device_name() -> PointError:
    """A device without a name is not told from the others."""
    return PointError(
        "checkins.door_device_name",
        Words(
            "Chưa có tên máy. Ghi tên dễ nhận, ví dụ: Điện thoại bảo vệ cổng chính.",
            "The device has no name. Write one that tells it, such as Guard's phone, main gate.",
        ),
        field="name",
    )
