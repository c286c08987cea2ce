"""The route without compiling: libraries only, for few keys, or where nothing can be compiled.

The hashes' states after the constant first blocks are kept and copied; a key's 144 blocks are
encrypted in one call; the near filter is asked for many keys at once.
"""

import hashlib
from functools import lru_cache
from typing import Final

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from vungxanh.engines.keymatch.candidates import UInt64s
from vungxanh.engines.keymatch.filters import Filters, may_know
from vungxanh.engines.keymatch.types import PERIOD, KeyColumns
from vungxanh.protocol import gaen

_AT_ONCE: Final = 256  # keys whose identifiers wait together
_INNER: Final = bytes(byte ^ 0x36 for byte in range(256))
_OUTER: Final = bytes(byte ^ 0x5C for byte in range(256))
_SALT: Final = hashlib.sha256(bytes([0x36]) * 64), hashlib.sha256(bytes([0x5C]) * 64)
_LABEL: Final = b"EN-RPIK\x01"
_ECB: Final = modes.ECB()


def seek(keys: KeyColumns, filters: Filters) -> UInt64s:
    """Candidates, uint64 (c, 3), as `candidates.confirmed` takes them."""
    found = [_sought(keys, filters, at) for at in range(0, len(keys), _AT_ONCE)]
    return np.concatenate([*found, np.empty((0, 3), np.uint64)])


def _sought(keys: KeyColumns, filters: Filters, first: int) -> UInt64s:
    teks = [row.tobytes() for row in keys.keys[first : first + _AT_ONCE]]
    starts = keys.starts[first : first + _AT_ONCE].tolist()
    made = b"".join(map(_identifiers, teks, starts))
    halves = np.frombuffer(made, "<u8").reshape(-1, 2)
    at = np.flatnonzero(may_know(filters, halves.view("<u4")[:, 0]))
    key, offset = np.divmod(at, PERIOD)
    return np.column_stack((((key + first) * 256 + offset).astype(np.uint64), halves[at]))


def _identifiers(tek: bytes, start: int) -> bytes:
    cipher = Cipher(algorithms.AES128(_rpik(tek)), _ECB)
    return cipher.encryptor().update(_plain(start))


def _rpik(tek: bytes) -> bytes:
    inner, outer = (state.copy() for state in _SALT)
    inner.update(tek)
    outer.update(inner.digest())
    prk = outer.digest() + bytes(32)
    hashed = hashlib.sha256(prk.translate(_INNER) + _LABEL).digest()
    return hashlib.sha256(prk.translate(_OUTER) + hashed).digest()[:16]


@lru_cache(maxsize=4096)
def _plain(start: int) -> bytes:
    return b"".join(gaen.padded_data((start + j) % 2**32) for j in range(PERIOD))
