"""Our personal QR, `vungxanh.person`: an opaque handle, valid for a time, signed by its server.

Text: `VX1P.` and 196 characters of base32 (RFC 4648, capitals, no padding) of 122 bytes,
numbers big-endian. All of it is of QR's alphanumeric mode; 201 characters, always.

| bytes | what |
|---|---|
| 1 | version, 1 |
| 1 | kind: 1 screen, 2 one-time, 3 card |
| 4 | id of the signing key |
| 4 | valid from, seconds since 1970 |
| 4 | valid until, seconds since 1970, excluded |
| 44 | handle |
| 64 | Ed25519 (RFC 8032) over the 58 bytes before |

What can go wrong, and what holds against it, stands in the README beside this file.
"""

import base64
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from vungxanh.protocol.lengths import exactly, within
from vungxanh.protocol.personal import refusals

PREFIX: Final = "VX1P."
VERSION: Final = 1
KEY_ID_SIZE: Final = 4
HANDLE_SIZE: Final = 44
SIGNATURE_SIZE: Final = 64
SIZE: Final = 122
TEXT_SIZE: Final = 201
SCREEN_SECONDS: Final = 60
"""The longest life of a code on a screen, so that a picture of it is soon worth nothing."""
TOLERANCE_SECONDS: Final = 120
"""How far the clocks of a phone and a door may be apart, for codes on screens."""

_HEAD: Final = struct.Struct(">BB4sII")
_LATEST: Final = 2**32 - 1
_PADDING: Final = "===="  # 196 characters are 24 groups of eight and four more


class Kind(IntEnum):
    """How a code is shown and used."""

    SCREEN = 1
    """On a phone, made anew before it ends; lives `SCREEN_SECONDS` at most."""
    ONE_TIME = 2
    """Good once: the server refuses its handle the second time."""
    CARD = 3
    """Printed, for who has no phone; good until revoked or over."""


_KINDS: Final[Mapping[int, Kind]] = {int(kind): kind for kind in Kind}


class Validity(StrEnum):
    """A code's time, seen from a given second."""

    EARLY = "early"
    VALID = "valid"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class OwnCode:
    """What a code says; of its bearer, nothing.

    `verified`: True where the key of `key_id` signed it, False where it did not, None where no
    such key is known here. Only True is to be trusted.
    """

    kind: Kind
    handle: bytes
    valid_from: int
    valid_until: int
    key_id: bytes
    verified: bool | None = None


def write(
    kind: Kind,
    handle: bytes,
    *,
    valid_from: int,
    valid_until: int,
    key_id: bytes,
    private_key: Ed25519PrivateKey,
) -> str:
    """The text of a code; the same for the same input (Ed25519 draws nothing).

    `handle` is `HANDLE_SIZE` bytes that only the server can open, fresh for each code: a handle
    that is used twice lets doors see that one bearer came twice. Raises `protocol.wrong_length`,
    `protocol.out_of_bounds` (a time that 32 bits cannot hold, an end not after the beginning, a
    screen code of more than `SCREEN_SECONDS`).
    """
    exactly(handle, HANDLE_SIZE, name="handle")
    exactly(key_id, KEY_ID_SIZE, name="key_id")
    within(valid_from, (0, _LATEST - 1), name="valid_from")
    within(valid_until, _ends(kind, valid_from), name="valid_until")
    signed = _HEAD.pack(VERSION, kind, key_id, valid_from, valid_until) + handle
    return _text(signed + private_key.sign(signed))


def is_own(text: str) -> bool:
    """Whether a scanned text means to be one of our codes; read it to know."""
    return text.strip().startswith(PREFIX)


def read(text: str, public_keys: Mapping[bytes, Ed25519PublicKey]) -> OwnCode:
    """The code of a scanned text; `public_keys` by their id of four bytes.

    Raises `protocol.not_own_code` (another text, damaged, not written the one way it can be, times
    or kind that cannot be), `protocol.newer_own_code`. A signature that does not hold is no
    refusal: see `OwnCode.verified`.
    """
    content = _bytes(text.strip())
    signed, signature = content[:-SIGNATURE_SIZE], content[-SIGNATURE_SIZE:]
    version, kind, key_id, valid_from, valid_until = _HEAD.unpack_from(signed)
    if version != VERSION:
        raise refusals.newer_own_code()
    if kind not in _KINDS or not _is_bounded(_KINDS[kind], valid_from, valid_until):
        raise refusals.not_own_code()
    key = public_keys.get(key_id)
    return OwnCode(
        _KINDS[kind],
        signed[_HEAD.size :],
        valid_from,
        valid_until,
        key_id,
        verified=None if key is None else _holds(key, signature, signed),
    )


def validity(code: OwnCode, at: int, *, tolerance_seconds: int = TOLERANCE_SECONDS) -> Validity:
    """Whether `code` is in time at the second `at`; `tolerance_seconds` is for screen codes only.

    It says nothing of the signature, of use a second time or of revocation.
    """
    slack = tolerance_seconds if code.kind is Kind.SCREEN else 0
    if at < code.valid_from - slack:
        return Validity.EARLY
    return Validity.VALID if at < code.valid_until + slack else Validity.LATE


def _ends(kind: Kind, valid_from: int) -> tuple[int, int]:
    """The first and the last end that a code may have."""
    latest = valid_from + SCREEN_SECONDS if kind is Kind.SCREEN else _LATEST
    return valid_from + 1, min(latest, _LATEST)


def _is_bounded(kind: Kind, valid_from: int, valid_until: int) -> bool:
    earliest, latest = _ends(kind, valid_from)
    return earliest <= valid_until <= latest


def _text(content: bytes) -> str:
    return PREFIX + base64.b32encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    """The 122 bytes of a text that is written the one way they are. Raises `not_own_code`."""
    if len(text) != TEXT_SIZE or not text.startswith(PREFIX):
        raise refusals.not_own_code()
    try:
        content = base64.b32decode(text.removeprefix(PREFIX) + _PADDING)
    except ValueError:
        raise refusals.not_own_code() from None
    if _text(content) != text:
        raise refusals.not_own_code()
    return content


def _holds(key: Ed25519PublicKey, signature: bytes, signed: bytes) -> bool:
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True
