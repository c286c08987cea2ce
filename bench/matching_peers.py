"""What matching is measured beside: `cryptography` key by key, and the loop of keymatch in C."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

from vungxanh.engines.keymatch import KeyColumns, core
from vungxanh.engines.keymatch.filters import Filters, may_know
from vungxanh.engines.keymatch.types import PERIOD
from vungxanh.protocol import gaen

UInt64s = NDArray[np.uint64]
SOURCE: Final = Path(__file__).with_name("matching_peer.c")
_AT_ONCE: Final = 2048
_FLAGS: Final = ("-O3", "-march=native", "-fno-strict-aliasing", "-shared", "-fPIC")


def seek_with_cryptography(keys: KeyColumns, filters: Filters) -> UInt64s:
    """As `keymatch.core.Seek`: its HKDF and one call of AES a key, the plain blocks made once."""
    plain = {start: _plain(start) for start in np.unique(keys.starts).tolist()}
    found = [np.empty((0, 3), np.uint64)]
    for first in range(0, len(keys), 256):
        some = keys.rows(first, first + 256)
        starts = some.starts.tolist()
        made = [_made(tek.tobytes(), plain[at]) for tek, at in zip(some.keys, starts, strict=True)]
        halves = np.frombuffer(b"".join(made), "<u8").reshape(-1, 2)
        at = np.flatnonzero(may_know(filters, halves.view("<u4")[:, 0]))
        named = (first + at // PERIOD) * 256 + at % PERIOD
        found.append(np.column_stack((named.astype(np.uint64), halves[at])))
    return np.concatenate(found)


def _made(tek: bytes, plain: bytes) -> bytes:
    rpik = HKDF(algorithm=SHA256(), length=16, salt=None, info=b"EN-RPIK").derive(tek)
    return Cipher(algorithms.AES128(rpik), modes.ECB()).encryptor().update(plain)


def _plain(start: int) -> bytes:
    return b"".join(gaen.padded_data(start + at) for at in range(PERIOD))


def seek_in_c(folder: Path) -> Callable[[KeyColumns, Filters], UInt64s] | None:
    """As `keymatch.core.Seek`, built into `folder`; nothing where it cannot be built."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or "avx512" not in core.available():
        return None
    library = folder / "peer.so"
    subprocess.run([compiler, *_FLAGS, "-o", str(library), str(SOURCE)], check=True)
    call = ctypes.CDLL(str(library)).seek
    pointer, size, word = ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32
    call.restype = size
    call.argtypes = (pointer, pointer, size, pointer, word, pointer, word, pointer)
    out = np.empty((_AT_ONCE * PERIOD + 1, 3), np.uint64)

    def seek(keys: KeyColumns, filters: Filters) -> UInt64s:
        near = (filters.near.ctypes.data, int(filters.near_shift))
        far = (filters.far.ctypes.data, int(filters.far_shift))
        found = [np.empty((0, 3), np.uint64)]
        for at in range(0, len(keys) // 16 * 16, _AT_ONCE):
            teks, starts = keys.keys[at : at + _AT_ONCE], keys.starts[at : at + _AT_ONCE]
            places = (teks.ctypes.data, starts.ctypes.data, len(teks))
            n = call(*places, *near, *far, out.ctypes.data)
            found.append(out[:n] + np.array([at << 8, 0, 0], np.uint64))
        return np.concatenate(found)

    return seek
