"""What a door seals of one reading, as it is sent and as it is opened."""

from datetime import datetime
from typing import Annotated, Final, Literal, NamedTuple
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from vungxanh.checkins.rules.doors import Sign
from vungxanh.checkins.values.scan_body import SentScan, Subject
from vungxanh.refusals import Words

LONGEST_BOX: Final = 6_000
"""In base64url: the longest text of a code or card, sealed, and that of whom somebody came with."""


CARDS: Final = ("green", "yellow", "orange", "red", "none")
KEY_PATTERN: Final = "^[0-9a-f]{8}$"


class SealedItem(NamedTuple):
    """A box and its names: the scan's identifier, the key that it was sealed to."""

    id: UUID
    key: str
    box: bytes


class SealedScan(Struct, frozen=True):
    """What lies in a box: one reading of somebody at the door."""

    direction: Literal["in", "out"]
    at: Annotated[datetime, Meta(tz=True)]
    subject: Subject
    entrance: Annotated[int, Meta(ge=0, le=255)] = 0

    def sent(self, item: SealedItem, code: str) -> SentScan:
        """The same as a scan that a keeper sends."""
        return SentScan(
            id=item.id,
            point=code,
            direction=self.direction,
            at=self.at,
            means="keeper",
            entrance=self.entrance,
            subject=self.subject,
        )


class Looked(NamedTuple):
    """What a door shows of somebody."""

    sign: Sign
    is_recognised: bool
    initials: str
    birth_year: int | None
    card: str
    oddness: tuple[str, ...]
    has_declared: bool = False
    only_undeclared: bool = False


def look_words(looked: Looked) -> Words:
    """The sentence below the sign; why not only where nothing but a declaration is missing."""
    if not looked.is_recognised:
        return _NOT_RECOGNISED
    if looked.only_undeclared:
        return _TO_DECLARE
    return _in_words(looked) if looked.sign is Sign.IN else _WORDS[looked.sign]


def _in_words(looked: Looked) -> Words:
    """Colour and declaration, as "thẻ xanh · đã khai báo hôm nay"."""
    declared = _DECLARED if looked.has_declared else _UNDECLARED
    colour = _CARD_WORDS.get(looked.card)
    if colour is None:
        return declared
    return Words(vi=f"{colour.vi} · {declared.vi}", en=f"{colour.en} · {declared.en}")


_NOT_RECOGNISED: Final = Words(
    vi="Không nhận ra mã này. Quét lại, hoặc xem giấy tờ khác.",
    en="This code is not recognised. Scan again, or look at another paper.",
)
_TO_DECLARE: Final = Words(
    vi="Chưa khai báo y tế hôm nay",
    en="No health declaration today",
)
_DECLARED: Final = Words(vi="đã khai báo hôm nay", en="declared today")
_UNDECLARED: Final = Words(vi="chưa khai báo hôm nay", en="not declared today")
_CARD_WORDS: Final = {
    "green": Words(vi="thẻ xanh", en="green card"),
    "yellow": Words(vi="thẻ vàng", en="yellow card"),
}
_WORDS: Final = {
    Sign.NOT_YET: Words(
        vi="Mời đứng riêng và gọi người phụ trách y tế của điểm.",
        en="Ask them to step aside and call whoever looks after health here.",
    ),
    Sign.UNKNOWN: Words(
        vi="Chưa có trong sổ. Xem giấy tờ rồi ghi lượt vào.",
        en="Not in the register yet. Look at a paper, then write the visit down.",
    ),
}
decoder: Final = msgspec.json.Decoder(SealedScan)
