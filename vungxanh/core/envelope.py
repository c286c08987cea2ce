"""Envelopes: one row's own key, so that to erase the row's key is to erase the row everywhere.

A row (a person) has a random 32-byte data key of its own, which lies beside it wrapped under the
installation's key of that use: `version (1) | wrapping key's id (4) | nonce (12) | AES-256-GCM
ciphertext and tag`, 65 bytes. What the row says lies sealed under the data key:
`version (1) | nonce (12) | AES-256-GCM ciphertext and tag`, padded as other sealed texts are.

Change of the wrapping key writes 65 bytes per row and leaves the values alone. Once every row is
wrapped anew and the former wrapping key is destroyed, a backup from before opens nothing: not the
rows erased since, which is the purpose, and not the others, which the newest backup has.

The key of a place ("table.column") is one block of HKDF-Expand over the data key, HMAC-SHA256(key,
place | 0x01). HKDF-Extract is left out, as RFC 5869 section 3.3 allows for a key that is uniformly
random; that takes 1.3 microseconds where both take 2.4. The place is associated data too: a value
does not open in another column, nor, because keys differ, in another row.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vungxanh.core import keys
from vungxanh.core.keys import ID_BYTES, KEY_BYTES, Use
from vungxanh.core.sealed import NONCE_BYTES, VERSION, UnopenableError, padded, unpadded

WRAPPED_BYTES = 65
_PURPOSE = "envelope"
_WRAPPED_HEAD = len(VERSION) + ID_BYTES


@dataclass(frozen=True, slots=True, repr=False)
class Envelope:
    """One row's own data key, opened: 32 random bytes that never leave the process."""

    key: bytes

    def seal(self, text: str, place: str) -> bytes:
        """Seal a text for one place ("table.column") of this row."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher(place).encrypt(nonce, padded(text), place.encode())

    def open(self, sealed: bytes, place: str) -> str:
        """Open what `seal` made for this row and place; UnopenableError for anything else."""
        if sealed[:1] != VERSION:
            raise UnopenableError(place)
        return unpadded(_decrypted(self._cipher(place), sealed[len(VERSION) :], place))

    def _cipher(self, place: str) -> AESGCM:
        return AESGCM(hmac.digest(self.key, place.encode() + b"\x01", hashlib.sha256))


def new_envelope(use: Use = Use.PEOPLE) -> tuple[Envelope, bytes]:
    """A fresh data key and the same wrapped under the current key, to be stored with the row."""
    key = secrets.token_bytes(KEY_BYTES)
    return Envelope(key), _wrap(key, use)


def opened(wrapped: bytes, use: Use = Use.PEOPLE) -> Envelope:
    """The envelope of a row, under any key held.

    UnknownKeyError when its wrapping key is not held or destroyed, UnopenableError when changed.
    """
    cipher = _wrapping(keys.key_of(use, kek_id(wrapped)))
    return Envelope(_decrypted(cipher, wrapped[_WRAPPED_HEAD:], _associated(use)))


def rewrapped(wrapped: bytes, use: Use = Use.PEOPLE) -> bytes:
    """The same data key under the current wrapping key."""
    return _wrap(opened(wrapped, use).key, use)


def kek_id(wrapped: bytes) -> bytes:
    """Which key wraps it: its four-byte id."""
    if wrapped[:1] != VERSION or len(wrapped) != WRAPPED_BYTES:
        raise UnopenableError(_PURPOSE)
    return wrapped[len(VERSION) : _WRAPPED_HEAD]


def _wrap(key: bytes, use: Use) -> bytes:
    ring = keys.ring(use)
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = _wrapping(ring.keys[ring.current])
    return VERSION + ring.current + nonce + cipher.encrypt(nonce, key, _associated(use).encode())


def _wrapping(key: bytes) -> AESGCM:
    return AESGCM(keys.derived(key, _PURPOSE))


def _associated(use: Use) -> str:
    return f"{_PURPOSE}:{use}"


def _decrypted(cipher: AESGCM, sealed: bytes, place: str) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError) as broken:  # ValueError: cut within its nonce
        raise UnopenableError(place) from broken
