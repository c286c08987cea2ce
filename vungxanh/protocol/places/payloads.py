"""What the QR of a control point says, `vungxanh.place`: a signed payload for doors without a net.

Text: 110 characters of base64url (RFC 4648, no padding) of 82 bytes, numbers big-endian. It stands
in an address behind "#" (see `links`), which browsers do not send.

| bytes | what |
|---|---|
| 1 | version, 1 |
| 4 | id of the signing key |
| 5 | the point's code, 40 bits (see `short_codes`) |
| 1 | entrance, 0 for the point as a whole |
| 2 | valid from, days since 1 January 2020 in UTC+7 |
| 5 | number of the issue, counted upward |
| 64 | Ed25519 (RFC 8032) over `vungxanh.place` and the 18 bytes before |

A code ends by the list of revoked issues, never by a date in it: posters hang for years.
"""

import base64
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from vungxanh.protocol.lengths import exactly, within
from vungxanh.protocol.places import refusals, short_codes

VERSION: Final = 1
KEY_ID_SIZE: Final = 4
SIGNATURE_SIZE: Final = 64
SIZE: Final = 82
TEXT_SIZE: Final = 110
DOMAIN: Final = b"vungxanh.place"
"""Signed too, so that no other kind of code under the same keys passes for one of these."""
FIRST_DAY: Final = date(2020, 1, 1)
_LOCAL: Final = timedelta(hours=7)

# Version, key, code and issue in five bytes each as one and four, entrance, day.
_SIGNED: Final = struct.Struct(">B4sBIBHBI")
_TEXT: Final = re.compile(r"[A-Za-z0-9_-]{110}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PlaceCode:
    """What a code says.

    `code` the point's 40 bits, `entrance` 0 for the point as a whole, `issue` by which it is
    revoked. `verified`: True where the key of `key_id` signed it, False where it did not, None
    where no such key is known here. Only True is to be trusted.
    """

    code: int
    entrance: int
    valid_from: date
    issue: int
    key_id: bytes
    verified: bool | None = None

    @property
    def short_code(self) -> str:
        """The nine characters printed below the QR."""
        return short_codes.written(self.code)


def write(place: PlaceCode, private_key: Ed25519PrivateKey) -> str:
    """The text of a code; the same for the same input (Ed25519 draws nothing).

    Raises `protocol.wrong_length` and `protocol.out_of_bounds` naming the field.
    """
    exactly(place.key_id, KEY_ID_SIZE, name="key_id")
    within(place.code, (0, 2**short_codes.BITS - 1), name="code")
    within(place.entrance, (0, 2**8 - 1), name="entrance")
    within(place.issue, (0, 2**40 - 1), name="issue")
    day = within((place.valid_from - FIRST_DAY).days, (0, 2**16 - 1), name="valid_from")
    code, issue = divmod(place.code, 2**32), divmod(place.issue, 2**32)
    signed = _SIGNED.pack(VERSION, place.key_id, *code, place.entrance, day, *issue)
    return _text(signed + private_key.sign(DOMAIN + signed))


def read(text: str, public_keys: Mapping[bytes, Ed25519PublicKey]) -> PlaceCode:
    """The code in a payload; `public_keys` by their id of four bytes.

    Raises `protocol.not_place_code` (another text, damaged, not written the one way it can be),
    `protocol.newer_place_code`. A signature that does not hold is no refusal: see
    `PlaceCode.verified`.
    """
    content = _bytes(text)
    signed, signature = content[:-SIGNATURE_SIZE], content[-SIGNATURE_SIZE:]
    version, key_id, high, low, entrance, day, issue_high, issue_low = _SIGNED.unpack(signed)
    if version != VERSION:
        raise refusals.newer_place_code()
    key = public_keys.get(key_id)
    return PlaceCode(
        high << 32 | low,
        entrance,
        FIRST_DAY + timedelta(days=day),
        issue_high << 32 | issue_low,
        key_id,
        verified=None if key is None else _holds(key, signature, signed),
    )


def is_early(place: PlaceCode, at: int) -> bool:
    """Whether the first day of `place` in Viet Nam has not begun at the unix second `at`."""
    midnight = datetime(
        place.valid_from.year, place.valid_from.month, place.valid_from.day, tzinfo=UTC
    )
    return at < (midnight - _LOCAL).timestamp()


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """The 82 bytes of a text that is written the one way they are. Raises `not_place_code`."""
    if not _TEXT.fullmatch(text):
        raise refusals.not_place_code()
    content = base64.urlsafe_b64decode(text + "==")
    if _text(content) != text:
        raise refusals.not_place_code()
    return content


def _holds(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, DOMAIN + signed)
    except InvalidSignature:
        return False
    return True
