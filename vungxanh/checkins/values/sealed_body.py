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


def look_words(looked: Looked) -> Words:
    """The sentence below the sign; never why not."""
    if not looked.is_recognised:
        return _NOT_RECOGNISED
    return _WORDS[looked.sign]


_NOT_RECOGNISED: Final = Words(
    vi="Không nhận ra mã này. Quét lại, hoặc xem giấy tờ khác.",
    en="This code is not recognised. Scan again, or look at another paper.",
)
_WORDS: Final = {
    Sign.IN: Words(vi="Mời vào.", en="May go in."),
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
