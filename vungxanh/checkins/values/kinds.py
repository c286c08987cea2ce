"""What control points are, how long people usually stay there, and what became of them.

Kinds after the register of tokhaiyte.vn and Decision 2666/QĐ-BYT of 29/5/2021 (places, vehicles).
The usual stay stands in for a missing scan out; it is a first guess that each point may change.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vungxanh.refusals import Words


class Kind(StrEnum):
    """What a control point is."""

    OFFICE = "office"
    SCHOOL = "school"
    FACTORY = "factory"
    MARKET = "market"
    RESTAURANT = "restaurant"
    HOTEL = "hotel"
    WORSHIP = "worship"
    CLINIC = "clinic"
    BUS = "bus"
    TRAIN = "train"
    BOAT = "boat"
    TAXI = "taxi"
    EVENT = "event"
    QUARANTINE_HOME = "quarantine_home"
    HOUSING = "housing"
    OTHER = "other"


class State(StrEnum):
    """How a point stands. Its codes are good while it is registered or approved."""

    REGISTERED = "registered"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Via(StrEnum):
    """Who brought a point in."""

    OWNER = "owner"
    ORGANISATION = "organisation"
    OFFICER = "officer"


class EntranceKind(StrEnum):
    """A part of a point that has a code of its own."""

    DOOR = "door"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What is said of a kind: its words, whether it moves, the usual stay in minutes."""

    words: Words
    usual_stay_minutes: int
    is_vehicle: bool = False


KINDS: Final = {
    Kind.OFFICE: KindFacts(Words("Cơ quan, công sở", "Office"), 120),
    Kind.SCHOOL: KindFacts(Words("Trường học", "School"), 240),
    Kind.FACTORY: KindFacts(Words("Nhà máy, xưởng sản xuất", "Factory"), 480),
    Kind.MARKET: KindFacts(Words("Chợ, siêu thị, cửa hàng", "Market or shop"), 30),
    Kind.RESTAURANT: KindFacts(Words("Quán ăn, quán nước", "Restaurant or café"), 60),
    Kind.HOTEL: KindFacts(Words("Khách sạn, nhà nghỉ", "Hotel"), 720),
    Kind.WORSHIP: KindFacts(Words("Nơi thờ tự, tôn giáo", "Place of worship"), 90),
    Kind.CLINIC: KindFacts(Words("Cơ sở y tế, nhà thuốc", "Clinic or pharmacy"), 60),
    Kind.BUS: KindFacts(Words("Xe buýt, xe khách", "Bus or coach"), 60, is_vehicle=True),
    Kind.TRAIN: KindFacts(Words("Tàu hỏa", "Train"), 240, is_vehicle=True),
    Kind.BOAT: KindFacts(Words("Tàu, thuyền, phà", "Boat or ferry"), 60, is_vehicle=True),
    Kind.TAXI: KindFacts(Words("Xe taxi, xe hợp đồng", "Taxi or hired car"), 30, is_vehicle=True),
    Kind.EVENT: KindFacts(Words("Sự kiện, đám tiệc, hội họp", "Event or gathering"), 180),
    Kind.QUARANTINE_HOME: KindFacts(Words("Nơi cách ly", "Place of quarantine"), 1440),
    Kind.HOUSING: KindFacts(Words("Chung cư, khu nhà trọ", "Apartments, lodgings"), 720),
    Kind.OTHER: KindFacts(Words("Nơi khác", "Another place"), 60),
}
STATE_WORDS: Final = {
    State.REGISTERED: Words("Chờ duyệt", "Waiting for approval"),
    State.APPROVED: Words("Đã duyệt", "Approved"),
    State.SUSPENDED: Words("Tạm dừng", "Suspended"),
    State.CLOSED: Words("Đã đóng", "Closed"),
}
VIA_WORDS: Final = {
    Via.OWNER: Words("Chủ điểm", "Owner"),
    Via.ORGANISATION: Words("Tổ chức", "Organisation"),
    Via.OFFICER: Words("Cán bộ", "Officer"),
}
LIVING: Final = (State.REGISTERED, State.APPROVED)
