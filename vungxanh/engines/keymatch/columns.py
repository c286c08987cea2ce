"""An `export.bin` into columns: the keys that `protocol.exports.parsed` gives, not one by one.

Keys in the form that files have in practice are walked over by a compiled loop; the head, and
whatever else stands there, goes through the protobuf library, and so does the whole file where an
entry is unlike the others: what is refused is refused there, in its words.
"""

import ctypes
from collections.abc import Sequence
from typing import Final

import numpy as np

from vungxanh.engines.keymatch import compiled
from vungxanh.engines.keymatch.compiled import Objects
from vungxanh.engines.keymatch.ir import walk as written
from vungxanh.engines.keymatch.types import BYTES, MISSING, PERIOD, KeyColumns
from vungxanh.protocol import exports, gaen

_KEY_ENTRY: Final = 0x3A  # field 7, bytes
_SHORTEST: Final = 20  # bytes of an entry that holds a key


def columns_in(body: bytes, *, objects: Objects | None = None) -> KeyColumns:
    """The keys of a whole `export.bin`, then those that it revises.

    Raises as `protocol.exports.parsed`, which gives the same keys.
    """
    first = _first_key(body)
    walked, end = _walked(body, first, objects)
    rest = _parsed(body[:first] + body[end:])
    if rest is None or rest.keys or _is_late(walked, rest.head.end):
        export = exports.parsed(body)
        return columns_of([*export.keys, *export.revised])
    return _joined(walked, columns_of(rest.revised))


def columns_of(keys: Sequence[exports.Key]) -> KeyColumns:
    """Keys one by one into columns."""
    numbers = np.array(
        [[MISSING if value is None else value for value in key[3:]] for key in keys], np.int8
    ).reshape(-1, 3)
    return KeyColumns(
        np.frombuffer(b"".join(key.key for key in keys), np.uint8).reshape(-1, 16),
        np.array([key.rolling_start for key in keys], np.uint32),
        np.array([key.rolling_period for key in keys], np.uint8),
        *np.ascontiguousarray(numbers.T),
    )


def _parsed(body: bytes) -> exports.Export | None:
    """What the library reads; nothing where it refuses: its rows are not those of the file."""
    try:
        return exports.parsed(body)
    except exports.ExportError:
        return None


def _first_key(body: bytes) -> int:
    """Where the first key stands; the end of what can be read before it, if none does."""
    at = len(exports.HEADER)
    while at + 1 < len(body) and body[at] != _KEY_ENTRY:
        size = _field_size(body, at)
        if size is None or at + size > len(body):
            break
        at += size
    return min(at, len(body))


def _field_size(body: bytes, at: int) -> int | None:
    """Bytes of a field of the head, if it is of the usual kinds and short."""
    match body[at] & 7, body[at + 1]:
        case (1, _):
            return 9
        case (2, length) if length < 128:
            return 2 + length
        case (0, value) if value < 128:
            return 2
    return None


def _walked(body: bytes, first: int, objects: Objects | None) -> tuple[KeyColumns, int]:
    """Keys from byte `first` on, and the byte behind them.

    All but the last are taken from where they stand, these from a copy with room behind it.
    """
    most = (len(body) - first) // _SHORTEST + 2
    found = _unfilled(most)
    safe = max(len(body) - written.TAIL, first)
    n, end = _walk(body, (first, safe), found, objects=objects)
    copied = body[end:] + bytes(written.TAIL)
    m, further = _walk(copied, (0, len(body) - end), found.rows(n, most), objects=objects)
    return found.rows(0, n + m), end + further


def _unfilled(n: int) -> KeyColumns:
    """Room for `n` keys that say no more than they must."""
    numbers = [np.full(n, MISSING, np.int8) for _ in range(3)]
    keys, starts = np.empty((n, BYTES), np.uint8), np.zeros(n, np.uint32)
    return KeyColumns(keys, starts, np.full(n, PERIOD, np.uint8), *numbers)


def _walk(
    body: bytes, bounds: tuple[int, int], into: KeyColumns, *, objects: Objects | None
) -> tuple[int, int]:
    pointer, size = ctypes.c_void_p, ctypes.c_int64
    kind = ctypes.CFUNCTYPE(size, ctypes.c_char_p, size, size, *(pointer,) * 7)
    function = compiled.Function("walk", written.module())
    loop = kind(compiled.address(function, compiled.host(), objects))
    end = size(0)
    places = (column.ctypes.data for column in into.parts())
    return loop(body, *bounds, *places, ctypes.addressof(end)), end.value


def _is_late(keys: KeyColumns, end: int) -> bool:
    """Whether a key begins after the file's end, as far as it gives one."""
    return bool(end and len(keys) and int(keys.starts.max()) * gaen.INTERVAL_S > end)


def _joined(left: KeyColumns, right: KeyColumns) -> KeyColumns:
    if not len(right):
        return left
    pairs = zip(left.parts(), right.parts(), strict=True)
    return KeyColumns(*(np.concatenate(pair) for pair in pairs))
