"""Enrolled devices as others may know them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vungxanh.accounts.rules.devices import DeviceState as DeviceState
from vungxanh.accounts.rules.devices import Kind as Kind
from vungxanh.accounts.rules.devices import grouped as grouped
from vungxanh.refusals import Words

KIND_WORDS = {
    Kind.PHONE: Words(vi="Điện thoại", en="Phone"),
    Kind.DISPLAY: Words(vi="Màn hình", en="Wall display"),
    Kind.READER: Words(vi="Đầu đọc", en="Reader"),
    Kind.API_KEY: Words(vi="Khóa API", en="API key"),
}
DEVICE_STATE_WORDS = {
    DeviceState.INVITED: Words(vi="Chờ ghi danh", en="Waiting to enrol"),
    DeviceState.UNUSED: Words(vi="Mã hết hạn", en="Link ran out"),
    DeviceState.ACTIVE: Words(vi="Đang dùng", en="In use"),
    DeviceState.LAPSED: Words(vi="Tự hết hiệu lực", en="Lapsed"),
    DeviceState.REVOKED: Words(vi="Đã thu hồi", en="Revoked"),
}


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What a device is enrolled as; `organisation` is the id of the one that it acts for."""

    name: str
    kind: Kind
    scope: str
    unit: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """The token of a device, told once, and until when it holds without a further contact."""

    device_id: UUID
    token: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """The secret of an enrolment link, told once."""

    device_id: UUID
    code: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """One device as those see it who look after the devices of its unit."""

    id: UUID
    name: str
    kind: Kind
    scope: str
    scope_words: Words
    unit_id: str
    unit_name: str
    organisation_name: str
    state: DeviceState
    invited_by: str
    invited_at: datetime
    link_until: datetime | None
    enrolled_at: datetime | None
    last_contact_at: datetime | None
    valid_until: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoomDevice:
    """One device as a room above shows it to who may end it there."""

    id: UUID
    name: str
    state: DeviceState
    state_words: Words
    may_end: bool
    invited_at: datetime
    last_contact_at: datetime | None
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A device as it sees itself."""

    id: UUID
    name: str
    kind: Kind
    scope: str
    scope_words: Words
    unit: str
    unit_name: str
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class DeviceFilter:
    """Which devices of the area are asked for; an empty field asks for all."""

    unit: str = ""
    kind: str = ""
    state: str = ""
