"""Standings and cards, as upper rooms write them and doors read them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vungxanh.refusals import Words


class Class(StrEnum):
    """What somebody is at a time; never because of whom or where.

    Sources: Decision 3638/QĐ-BYT of 30/7/2021 (F0, F1, F2); quarantine by Law 03/2007/QH12.
    """

    CASE = "case"
    CONTACT = "contact"
    CONTACT_OF_CONTACT = "contact_2"
    QUARANTINED = "quarantined"
    TO_BE_TESTED = "to_be_tested"
    RECOVERED = "recovered"


class Colour(StrEnum):
    """The colour of a card."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


@dataclass(frozen=True, slots=True)
class NewStanding:
    """A class for a person, from one source ("case:<id>"), which may change or end it."""

    person: int
    cls: Class
    starts_at: datetime
    ends_at: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class NewCard:
    """A colour for a person until a time; `starts_at` is when they declared what it stands on.

    A correction keeps that time: doors tell by it whether somebody declared today.
    """

    person: int
    colour: Colour
    starts_at: datetime
    ends_at: datetime
    source: str


CLASS_WORDS = {
    Class.CASE: Words(vi="Ca bệnh (F0)", en="Case (F0)"),
    Class.CONTACT: Words(vi="Tiếp xúc gần (F1)", en="Contact (F1)"),
    Class.CONTACT_OF_CONTACT: Words(vi="Tiếp xúc vòng 2 (F2)", en="Contact of a contact (F2)"),
    Class.QUARANTINED: Words(vi="Đang cách ly", en="In quarantine"),
    Class.TO_BE_TESTED: Words(vi="Cần xét nghiệm", en="To be tested"),
    Class.RECOVERED: Words(vi="Đã khỏi", en="Recovered"),
}
COLOUR_SAYS = {
    Colour.GREEN: Words(vi="Chưa ghi nhận nguy cơ", en="No risk on record"),
    Colour.YELLOW: Words(vi="Cần theo dõi sức khỏe", en="Watch your health"),
    Colour.ORANGE: Words(
        vi="Ở nhà, chờ trạm y tế gọi", en="Stay at home, the health station will call"
    ),
    Colour.RED: Words(
        vi="Làm theo hướng dẫn của cơ sở y tế", en="Follow what the health facility says"
    ),
}
"""What a card says to its holder; nothing that a screen which others see must not say."""
COLOUR_WORDS = {
    Colour.GREEN: Words(vi="Xanh", en="Green"),
    Colour.YELLOW: Words(vi="Vàng", en="Yellow"),
    Colour.ORANGE: Words(vi="Cam", en="Orange"),
    Colour.RED: Words(vi="Đỏ", en="Red"),
}
