"""What matching takes and gives: keys by column, identifiers seen, and where they agree."""

from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.refusals import RefusalError, Words

UInt8s = NDArray[np.uint8]
UInt32s = NDArray[np.uint32]
Int8s = NDArray[np.int8]
Int64s = NDArray[np.int64]

BYTES: Final = 16  # of a key, and of an identifier
PERIOD: Final = 144  # the most intervals of ten minutes that a key holds for
MISSING: Final = -128  # a number that the file does not give
_LAST: Final = 2**32 - 1


class KeymatchError(RefusalError):
    """Keys or identifiers that matching cannot work with."""


@dataclass(frozen=True, slots=True, eq=False)
class KeyColumns:
    """Published keys, one a row, in the order of the file; C-contiguous.

    `keys` uint8 (n, 16); `starts` uint32 (n), the first interval (ENIN); `periods` uint8 (n), 1 to
    144 intervals; `risks` (0 to 8), `report_types` (0 to 5) and `onsets` (-14 to 14 days since the
    first symptoms) int8 (n), `MISSING` where the file does not say.
    """

    keys: UInt8s
    starts: UInt32s
    periods: UInt8s
    risks: Int8s
    report_types: Int8s
    onsets: Int8s

    def __len__(self) -> int:
        return len(self.keys)

    def parts(self) -> tuple[NDArray[Any], ...]:
        """The columns in their order."""
        return tuple(getattr(self, field.name) for field in fields(self))

    def rows(self, first: int, until: int) -> "KeyColumns":
        """Some of the keys, in the same place."""
        return KeyColumns(*(column[first:until] for column in self.parts()))


class Hits(NamedTuple):
    """Where keys and identifiers agree, by key, then interval: int64 (h) each.

    `key` row of the key, `offset` interval after the key's start, `id` row of the identifier.
    """

    key: Int64s
    offset: Int64s
    id: Int64s


def key_columns(keys: UInt8s, starts: UInt32s, periods: UInt8s | None = None) -> KeyColumns:
    """Keys of which nothing else is known; `periods` are 144 where not given.

    Raises `keymatch.bad_keys`.
    """
    n = len(keys)
    lengths = np.full(n, PERIOD, np.uint8) if periods is None else periods
    unknown = np.full(n, MISSING, np.int8)
    return checked(KeyColumns(keys, starts, lengths, unknown, unknown, unknown))


def checked(columns: KeyColumns) -> KeyColumns:
    """The same keys, C-contiguous. Raises `keymatch.bad_keys` naming the first bad row, from 1."""
    n = len(columns.keys)
    if columns.keys.shape != (n, BYTES) or {len(columns.starts), len(columns.periods)} != {n}:
        raise bad_keys(1, "keys")
    periods = columns.periods.astype(np.int64)
    _refuse((periods < 1) | (periods > PERIOD), "rolling_period")
    _refuse(columns.starts.astype(np.int64) + periods - 1 > _LAST, "rolling_start")
    return KeyColumns(*(np.ascontiguousarray(column) for column in columns.parts()))


def checked_ids(ids: UInt8s) -> UInt8s:
    """The same identifiers, uint8 (m, 16), C-contiguous. Raises `keymatch.bad_ids`."""
    if ids.ndim != 2 or ids.shape[1] != BYTES or ids.dtype != np.uint8:
        raise KeymatchError(
            "keymatch.bad_ids",
            Words(
                "Mã đã nghe phải dài đúng 16 byte mỗi mã: kiểm tra lại tệp.",
                "Identifiers must have exactly 16 bytes each: check the file.",
            ),
        )
    return np.ascontiguousarray(ids)


def bad_keys(row: int, field: str) -> KeymatchError:
    """The first key that the protocol does not allow."""
    return KeymatchError(
        "keymatch.bad_keys",
        Words(
            f"Khóa thứ {row} có {field} không hợp lệ: lấy lại tệp khóa đã công bố.",
            f"Key {row} has a {field} that is not allowed: take the published file again.",
        ),
        field=field,
        where=str(row),
    )


def _refuse(is_bad: NDArray[np.bool_], field: str) -> None:
    if is_bad.any():
        raise bad_keys(int(is_bad.argmax()) + 1, field)
