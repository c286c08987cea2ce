"""What a phone heard, as a CSV with the columns at, id, aem, rssi; other columns are not read.

`at` unix seconds, `id` the identifier in hexadecimal digits, `aem` the encrypted metadata likewise
or empty, `rssi` dBm. Arrow reads some megabytes at a time; only where it gives up are the lines
looked through for the first wrong one. Its buffers are taken as they are: what it computes itself
would load pandas, where that is installed, before the first row is read.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vungxanh.core import delimited
from vungxanh.core.delimited import Layout
from vungxanh.core.file_words import Place
from vungxanh.engines.encounters import Log, log_of
from vungxanh.engines.encounters.types import AEM_BYTES, FARTHEST, Bools, Int64s, UInt8s
from vungxanh.exposure.gateways import file_refusals as refuse
from vungxanh.exposure.gateways.csv_files import first_fault, layout_of, whole
from vungxanh.exposure.gateways.file_refusals import ExposureError

COLUMNS: Final = ("at", "id", "aem", "rssi")
SIGNALS: Final = (-128, 127)  # dBm that a radio reports
_TYPES: Final = {"at": pa.int64(), "id": pa.string(), "aem": pa.string(), "rssi": pa.int64()}
_BYTES_OF_A_LINE: Final = 58
_NO_DIGIT: Final = 255

Progress = Callable[[int, int], None]


class _Rows(NamedTuple):
    """Checked rows: `at` and `rssi` int64, `id` and `aem` uint8, `has_aem` bool."""

    at: Int64s
    id: UInt8s
    aem: UInt8s
    has_aem: Bools
    rssi: Int64s


def read_log(path: Path, *, id_bytes: int, progress: Progress | None = None) -> Log:
    """A phone's log; identifiers have `id_bytes` bytes.

    `progress` is told bytes done, of all, about; what it raises ends the reading. Raises
    `exposure.no_file|file_unreadable|not_utf8|no_header|missing_columns|column_twice`, and
    `exposure.wrong_row|not_a_number|bad_time|bad_signal|not_hex` naming row and column.
    """
    layout, done, parts = layout_of(path, COLUMNS), 0, [_no_rows(id_bytes)]
    size = path.stat().st_size
    try:
        for batch in delimited.batches(layout, _TYPES, nulls=("",)):
            parts.append(_checked(batch, Place(path, done + 1), id_bytes=id_bytes))
            done += batch.num_rows
            if progress:
                progress(min(done * _BYTES_OF_A_LINE, size), size)
    except pa.ArrowInvalid:
        if fault := _fault(layout):
            raise fault from None
    except OSError:
        raise refuse.unreadable_file(path) from None
    rows = _Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    return log_of(rows.at, rows.id, rows.rssi, aem=rows.aem, has_aem=rows.has_aem)


def _no_rows(id_bytes: int) -> _Rows:
    numbers = np.empty(0, np.int64)
    no_bytes = np.empty((0, id_bytes), np.uint8), np.empty((0, AEM_BYTES), np.uint8)
    return _Rows(numbers, *no_bytes, np.empty(0, np.bool_), numbers)


def _checked(batch: pa.RecordBatch, first: Place, *, id_bytes: int) -> _Rows:
    at, rssi = (_numbers(batch.column(name), first, name) for name in ("at", "rssi"))
    _refuse_first((at < -FARTHEST) | (at > FARTHEST), first, refuse.bad_time)
    _refuse_first((rssi < SIGNALS[0]) | (rssi > SIGNALS[1]), first, refuse.bad_signal)
    ids, is_id = unhexed(batch.column("id"), id_bytes)
    _refuse_first(~is_id, first, lambda place: refuse.bad_bytes(place, "id", id_bytes))
    aem, is_aem = unhexed(batch.column("aem"), AEM_BYTES)
    has_aem = np.diff(_text(batch.column("aem"))[0]) > 0
    bad = has_aem & ~is_aem
    _refuse_first(bad, first, lambda place: refuse.bad_bytes(place, "aem", AEM_BYTES))
    return _Rows(at, ids, aem, has_aem, rssi)


def unhexed(column: pa.Array, n: int) -> tuple[UInt8s, Bools]:
    """Hexadecimal text as `n` bytes a row, and which rows are that; the others are zeros."""
    ends, text = _text(column)
    lengths = np.diff(ends)
    is_hex = np.asarray(lengths == 2 * n)
    if (is_hex | (lengths == 0)).all():  # then the digits of all rows stand one after another
        digits = _DIGITS[text[ends[0] : ends[-1]]].reshape(-1, 2 * n)
    else:
        digits = _DIGITS[text[ends[:-1][is_hex][:, None] + np.arange(2 * n)]]
    found = np.zeros((len(column), n), np.uint8)
    found[is_hex] = np.left_shift(digits[:, ::2], 4, dtype=np.uint8) | (digits[:, 1::2] & 15)
    is_hex[is_hex] = digits.max(axis=1, initial=0) != _NO_DIGIT
    return found, is_hex


def _text(column: pa.Array) -> tuple[NDArray[np.int32], UInt8s]:
    """Where each row ends, after where the first begins; the bytes of all rows."""
    _, ends, text = column.buffers()
    size = len(column) + 1 if ends else 0
    places = np.frombuffer(ends or bytes(4), np.int32, size or 1, 4 * column.offset * bool(ends))
    return places, np.frombuffer(text or b"", np.uint8)


def _digits() -> UInt8s:
    table = np.full(256, _NO_DIGIT, np.uint8)
    for value, pair in enumerate(zip("0123456789abcdef", "0123456789ABCDEF", strict=True)):
        table[[ord(digit) for digit in pair]] = value
    return table


_DIGITS: Final = _digits()


def _numbers(column: pa.Array, first: Place, name: str) -> Int64s:
    if column.null_count:
        missing = _flags(column.is_null())
        _refuse_first(missing, first, lambda place: refuse.not_a_number(place, name))
    content = column.buffers()[1]
    return np.frombuffer(content or b"", np.int64, len(column), column.offset * 8)


def _flags(column: pa.Array) -> Bools:
    """True and false."""
    bits = np.frombuffer(column.buffers()[1] or b"", np.uint8)
    found = np.unpackbits(bits, bitorder="little")[column.offset :][: len(column)]
    return found.astype(np.bool_)


def _refuse_first(
    is_bad: NDArray[np.bool_], first: Place, refusal: Callable[[Place], ExposureError]
) -> None:
    if is_bad.any():
        raise refusal(first._replace(row=first.row + int(is_bad.argmax())))


def _fault(layout: Layout) -> ExposureError | None:
    """The first line that Arrow cannot read; none where there is no row."""

    def check(place: Place, cells: dict[str, str]) -> None:
        for name in ("at", "rssi"):
            whole(place, name, cells[name])

    if fault := first_fault(layout, check):
        return fault
    has_rows = any(True for _ in delimited.lines(layout))
    return refuse.damaged(layout.path) if has_rows else None
