"""The route for processors without the instructions that `native` needs.

Keys of identifiers are derived by vectors of words, which LLVM has for every processor; a key's 144
blocks are encrypted by one call of a library; the near filter is asked for many keys at once.
"""

import ctypes
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from vungxanh.engines.keymatch import compiled
from vungxanh.engines.keymatch.candidates import UInt64s
from vungxanh.engines.keymatch.compiled import Objects, Target
from vungxanh.engines.keymatch.filters import Filters, may_know
from vungxanh.engines.keymatch.ir import hkdf
from vungxanh.engines.keymatch.types import PERIOD, KeyColumns, UInt8s
from vungxanh.protocol import gaen

_AT_ONCE: Final = 256  # keys whose identifiers wait together
_EACH: Final = PERIOD * gaen.ID_BYTES
_WIDTH: Final = 8  # words in a vector: two registers where a register holds four
_ECB: Final = modes.ECB()


class Loop:
    """Derivation compiled for one processor. Safe to call from several threads at once."""

    def __init__(self, target: Target, objects: Objects | None) -> None:
        kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p)
        function = compiled.Function("derive", hkdf.module(_WIDTH))
        self._derive: Callable[..., None] = kind(compiled.address(function, target, objects))

    def __call__(self, keys: KeyColumns, filters: Filters) -> UInt64s:
        """Candidates, uint64 (c, 3), as `candidates.confirmed` takes them."""
        made = bytearray(_AT_ONCE * _EACH + gaen.ID_BYTES)
        found = [np.empty((0, 3), np.uint64)]
        for at in range(0, len(keys), _AT_ONCE):
            some = keys.rows(at, at + _AT_ONCE)
            self._make(some, made)
            halves = np.frombuffer(made, "<u8", count=2 * PERIOD * len(some)).reshape(-1, 2)
            found.append(_known(halves, filters, first=at))
        return np.concatenate(found)

    def _make(self, keys: KeyColumns, into: bytearray) -> None:
        """All identifiers of the keys, key after key."""
        rpiks, room = self._derived(keys.keys), memoryview(into)
        for at, start in enumerate(keys.starts.tolist()):
            cipher = Cipher(algorithms.AES128(rpiks[16 * at : 16 * at + 16]), _ECB)
            cipher.encryptor().update_into(_plain(start), room[at * _EACH :])

    def _derived(self, teks: UInt8s) -> bytes:
        padded = np.pad(teks, ((0, -len(teks) % _WIDTH), (0, 0)))
        rpiks = np.empty_like(padded)
        self._derive(padded.ctypes.data, len(padded), rpiks.ctypes.data)
        return rpiks.tobytes()


def _known(halves: UInt64s, filters: Filters, *, first: int) -> UInt64s:
    at = np.flatnonzero(may_know(filters, halves.view("<u4")[:, 0]))
    key, offset = np.divmod(at, PERIOD)
    return np.column_stack((((key + first) * 256 + offset).astype(np.uint64), halves[at]))


@lru_cache(maxsize=4096)
def _plain(start: int) -> bytes:
    return b"".join(gaen.padded_data((start + j) % 2**32) for j in range(PERIOD))
