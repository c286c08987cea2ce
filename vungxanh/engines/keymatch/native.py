"""The loop of `ir.seek` for this processor: with its AES instructions, or bit by bit."""

import ctypes
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.keymatch import compiled
from vungxanh.engines.keymatch.candidates import UInt64s
from vungxanh.engines.keymatch.compiled import Objects, Target
from vungxanh.engines.keymatch.filters import Filters
from vungxanh.engines.keymatch.ir import aes, sliced
from vungxanh.engines.keymatch.ir import seek as written
from vungxanh.engines.keymatch.ir.blocks import Cipher
from vungxanh.engines.keymatch.types import PERIOD, KeyColumns

_AT_ONCE: Final = 2048  # keys in one call; bounds the room for candidates


class Route(NamedTuple):
    """One way to compile: words in a vector, how AES is done, what the processor must have."""

    name: str
    width: int
    cipher: Cipher
    needs: frozenset[str]


# The best first.
ROUTES: Final = (
    Route(
        "avx512", 16, aes.CIPHER, frozenset({"avx512f", "avx512bw", "avx512dq", "avx512vl", "vaes"})
    ),
    Route("avx2", 8, aes.CIPHER, frozenset({"avx2", "vaes"})),
    Route("aesni", 4, aes.CIPHER, frozenset({"aes", "sse4.1"})),
    Route("sliced-512", 16, sliced.CIPHER, frozenset({"avx512f", "avx512bw"})),
    Route("sliced-256", 8, sliced.CIPHER, frozenset({"avx2"})),
    Route("sliced", 4, sliced.CIPHER, frozenset()),
)


def routes() -> tuple[Route, ...]:
    """What this machine's processor can take, the best first."""
    return tuple(route for route in ROUTES if route.needs <= compiled.host().features)


def loop(route: Route, target: Target | None = None, objects: Objects | None = None) -> "Loop":
    """`route` compiled for `target`, by default this machine."""
    machine = target or compiled.host()
    function = compiled.Function("seek", written.module(route.width, route.cipher))
    return Loop(route, compiled.address(function, machine, objects))


class Loop:
    """A compiled loop. Safe to call from several threads at once."""

    def __init__(self, route: Route, address: int) -> None:
        pointer, size, word = ctypes.c_void_p, ctypes.c_int64, ctypes.c_int32
        kinds = (pointer, pointer, size, pointer, word, pointer, word, pointer)
        self._call: Callable[..., int] = ctypes.CFUNCTYPE(size, *kinds)(address)
        self._width = route.width

    def __call__(self, keys: KeyColumns, filters: Filters) -> UInt64s:
        """Candidates, uint64 (c, 3), as `candidates.confirmed` takes them."""
        out = np.empty((_AT_ONCE * PERIOD + 1, 3), np.uint64)
        rows = range(0, len(keys), _AT_ONCE)
        found = [self._sought(keys, filters, at, out=out) for at in rows]
        return np.concatenate([*found, np.empty((0, 3), np.uint64)])

    def _sought(self, keys: KeyColumns, filters: Filters, at: int, *, out: UInt64s) -> UInt64s:
        teks, starts = keys.keys[at : at + _AT_ONCE], keys.starts[at : at + _AT_ONCE]
        n = len(teks)
        missing = -n % self._width
        if missing:  # the loop takes whole vectors
            teks, starts = np.pad(teks, ((0, missing), (0, 0))), np.pad(starts, (0, missing))
        places = (teks.ctypes.data, starts.ctypes.data, len(teks))
        near = (filters.near.ctypes.data, filters.near_shift)
        far = (filters.far.ctypes.data, filters.far_shift)
        found = out[: self._call(*places, *near, *far, out.ctypes.data)].copy()
        found[:, 0] += np.uint64(at << 8)
        return found[found[:, 0] < np.uint64((at + n) << 8)]
