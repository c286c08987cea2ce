"""Columns as PostgreSQL's binary arrays, packed at once instead of value by value.

The form is that of `array_send`: dimensions (1), whether there are nulls (0), the type of the
elements, their number, the lower bound (1), then each element behind its length, all big-endian.
"""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray
from psycopg.adapt import AdaptersMap, Dumper
from psycopg.pq import Format

_HEAD: Final = struct.Struct(">iiIii")
_PG_EPOCH_US: Final = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000


class PackedArray:
    """The bytes of an array of one type; subclasses say which."""

    __slots__ = ("content",)
    oid: ClassVar[int]

    def __init__(self, content: bytes) -> None:
        self.content = content


class Int8Array(PackedArray):
    """bigint[]."""

    __slots__ = ()
    oid = 1016


class Int2Array(PackedArray):
    """smallint[]."""

    __slots__ = ()
    oid = 1005


class UuidArray(PackedArray):
    """uuid[]."""

    __slots__ = ()
    oid = 2951


class InstantArray(PackedArray):
    """timestamptz[]."""

    __slots__ = ()
    oid = 1185


def int8_array(values: Sequence[int]) -> Int8Array:
    """A bigint[] of whole numbers. Raises `OverflowError` for one that does not fit."""
    return Int8Array(_packed(20, np.array(values, dtype=">i8")))


def int2_array(values: Sequence[int]) -> Int2Array:
    """A smallint[] of whole numbers. Raises `OverflowError` for one that does not fit."""
    return Int2Array(_packed(21, np.array(values, dtype=">i2")))


def instant_array(values: Sequence[int]) -> InstantArray:
    """A timestamptz[] of microseconds since 1970, UTC."""
    since_2000 = np.array(values, dtype=np.int64) - _PG_EPOCH_US
    return InstantArray(_packed(1184, since_2000.astype(">i8")))


def uuid_array(values: Sequence[bytes]) -> UuidArray:
    """A uuid[] of 16 bytes each."""
    return UuidArray(_packed(2950, np.frombuffer(b"".join(values), dtype="V16")))


def register(adapters: AdaptersMap) -> None:
    """Let a connection send packed arrays."""
    for kind in (Int8Array, Int2Array, UuidArray, InstantArray):
        adapters.register_dumper(kind, _dumper(kind))


def _dumper(kind: type[PackedArray]) -> type[Dumper]:
    class PackedDumper(Dumper):
        """Sends what is packed as it is."""

        format = Format.BINARY
        oid = kind.oid

        def dump(self, obj: PackedArray) -> bytes:
            return obj.content

    return PackedDumper


def _packed(of_type: int, values: NDArray[np.generic]) -> bytes:
    width = values.dtype.itemsize
    whole = np.empty(len(values), dtype=[("length", ">i4"), ("value", values.dtype)])
    whole["length"] = width
    whole["value"] = values
    return _HEAD.pack(1, 0, of_type, len(values), 1) + whole.tobytes()
