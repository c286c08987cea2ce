"""The colour of a card, signed for doors that cannot ask: it follows a code of ours.

Text: the code (`own`), then `VX1C.` and 122 characters of base32 (RFC 4648, capitals, no padding)
of 76 bytes, numbers big-endian. All of it is of QR's alphanumeric mode; 328 characters, always.

| bytes | what |
|---|---|
| 1 | version, 1 |
| 1 | colour: 1 green, 2 yellow, 3 orange, 4 red |
| 2 | day of the declaration by the calendar of its place, days since 1/1/1970 |
| 4 | valid until, seconds since 1970, excluded; not after the end of the code |
| 4 | id of the signing key |
| 64 | Ed25519 (RFC 8032) over `vungxanh.card 1`, the 44 bytes of the code's handle, these 12 |

It names nobody and holds no time of its bearer's but a day: two codes of one person are as far
apart with it as without. Beside another code its signature does not hold.
"""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from vungxanh.protocol.lengths import exactly, within
from vungxanh.protocol.personal import own, refusals
from vungxanh.protocol.personal.own import Kind, OwnCode, Validity

PREFIX: Final = "VX1C."
VERSION: Final = 1
SIZE: Final = 76
TEXT_SIZE: Final = own.TEXT_SIZE + 127

_ABOUT: Final = b"vungxanh.card 1"
_HEAD: Final = struct.Struct(">BBHI4s")
_PADDING: Final = "======"  # 122 characters are 15 groups of eight and two more
_FIRST_DAY: Final = date(1970, 1, 1)
_LAST_DAY: Final = 2**16 - 1


class Colour(IntEnum):
    """The colour of a card."""

    GREEN = 1
    YELLOW = 2
    ORANGE = 3
    RED = 4


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be signed: a colour, the day of the declaration, a second at which it ends."""

    colour: Colour
    declared_on: date
    valid_until: int


@dataclass(frozen=True, slots=True)
class SignedCard:
    """What a statement says beside its code.

    `verified`: True where the key of `key_id` signed it for this very code, False where it did
    not, None where no such key is known here. Only True is to be trusted.
    """

    colour: Colour
    declared_on: date
    valid_until: int
    key_id: bytes
    verified: bool | None = None


def write(code: str, said: Said, *, key_id: bytes, private_key: Ed25519PrivateKey) -> str:
    """The text of a code and its statement; the same for the same input.

    Raises `protocol.not_own_code` (no code of ours), `protocol.out_of_bounds` (a printed code, an
    end outside the life of the code, a day that 16 bits cannot hold), `protocol.wrong_length`.
    """
    read_code = own.read(code, {})
    within(read_code.kind, (Kind.SCREEN, Kind.ONE_TIME), name="kind")
    exactly(key_id, own.KEY_ID_SIZE, name="key_id")
    ends = (read_code.valid_from + 1, read_code.valid_until)
    within(said.valid_until, ends, name="valid_until")
    day = (said.declared_on - _FIRST_DAY).days
    within(day, (0, _LAST_DAY), name="declared_on")
    head = _HEAD.pack(VERSION, said.colour, day, said.valid_until, key_id)
    signature = private_key.sign(_signed(read_code.handle, head))
    return code.strip() + PREFIX + _text(head + signature)


def parts_of(text: str) -> tuple[str, str]:
    """The code in a scanned text and the statement after it, empty where there is none.

    >>> parts_of("VX1P.AB")
    ('VX1P.AB', '')
    """
    text = text.strip()
    code, said = text[: own.TEXT_SIZE], text[own.TEXT_SIZE :]
    return (code, said) if own.is_own(text) and said.startswith(PREFIX) else (text, "")


def read(said: str, code: OwnCode, public_keys: Mapping[bytes, Ed25519PublicKey]) -> SignedCard:
    """The statement in the second part of a text, beside the code of the first.

    Raises `protocol.not_own_code` (damaged, not written the one way it can be, beside a printed
    code, an end outside the life of the code), `protocol.newer_own_code`.
    """
    content = _bytes(said)
    head, signature = content[: _HEAD.size], content[_HEAD.size :]
    version, colour, day, until, key_id = _HEAD.unpack(head)
    if version != VERSION:
        raise refusals.newer_own_code()
    is_within = code.valid_from < until <= code.valid_until
    if colour not in set(Colour) or code.kind is Kind.CARD or not is_within:
        raise refusals.not_own_code()
    key = public_keys.get(key_id)
    verified = None if key is None else _holds(key, signature, _signed(code.handle, head))
    return SignedCard(Colour(colour), _FIRST_DAY + timedelta(days=day), until, key_id, verified)


def is_believed(card: SignedCard, code: OwnCode, at: int) -> bool:
    """Whether a door without a network may go by a statement at the second `at`.

    Both signatures hold and both are in time, as far as clocks may be apart for that code. It says
    nothing of use a second time or of what the server learned since.
    """
    if not (card.verified is True and code.verified is True):
        return False
    slack = own.TOLERANCE_SECONDS if code.kind is Kind.SCREEN else 0
    return own.validity(code, at) is Validity.VALID and at < card.valid_until + slack


def _signed(handle: bytes, head: bytes) -> bytes:
    return _ABOUT + handle + head


def _text(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=")


def _bytes(said: str) -> bytes:
    """The 76 bytes of a text that is written the one way they are. Raises `not_own_code`."""
    if len(said) != TEXT_SIZE - own.TEXT_SIZE or not said.startswith(PREFIX):
        raise refusals.not_own_code()
    body = said.removeprefix(PREFIX)
    try:
        content = base64.b32decode(body + _PADDING)
    except ValueError:
        raise refusals.not_own_code() from None
    if _text(content) != body:
        raise refusals.not_own_code()
    return content


def _holds(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
