"""The handle inside a personal code: who its bearer is, for the server's eyes alone.

`nonce (12) | AES-256-GCM of person (8) and serial (8), big-endian | tag (16)`: 44 bytes, another
each time, so that a door cannot tell that two codes are of one bearer. A printed card shows one
handle for as long as it lives: whoever scans it twice sees that it is the same card.
"""

import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
_CONTENT = struct.Struct(">qQ")
_ABOUT = b"vungxanh.person handle 1"


def new_serial() -> int:
    """A number of 63 random bits that names one code."""
    return secrets.randbits(63)


def write_handle(person: int, serial: int, key: bytes) -> bytes:
    """The 44 bytes that stand for a person in one code."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, _CONTENT.pack(person, serial), _ABOUT)


def read_handle(handle: bytes, key: bytes) -> tuple[int, int] | None:
    """The person and the serial of a handle; None where another server made it.

    >>> key = bytes(32)
    >>> read_handle(write_handle(7, 9, key), key), read_handle(bytes(44), key)
    ((7, 9), None)
    """
    nonce, content = handle[:NONCE_BYTES], handle[NONCE_BYTES:]
    try:
        person, serial = _CONTENT.unpack(AESGCM(key).decrypt(nonce, content, _ABOUT))
    except (InvalidTag, struct.error):
        return None
    return person, serial
