"""From Arrow columns to checked numpy arrays; every fault names its file, row and column."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vungxanh.checkins.gateways import file_refusals as refuse
from vungxanh.core.file_words import Place
from vungxanh.engines.tracing.columns import FARTHEST
from vungxanh.engines.tracing.types import MISSING, Int64s

Integers = NDArray[np.int32] | NDArray[np.int64]

VISIT: tuple[str, ...] = ("person_id", "place_id", "t_in", "t_out")


class Piece(NamedTuple):
    """Some rows of a file: Arrow integer columns in the order that was asked for."""

    path: Path
    first_row: int
    columns: tuple[pa.Array, ...]

    def place(self, row: int) -> Place:
        """Where row `row` of the piece (from 0) stands in the file."""
        return Place(self.path, self.first_row + row)


class Batch(NamedTuple):
    """Checked visits of a part of a file; the arrays are contiguous and read-only.

    `person_id`, `place_id`, `t_in` int32 or int64 as in the file, `t_out` int64, `MISSING` where
    not known; `first_row` is the first row's number in the file, from 1.
    """

    person_id: Integers
    place_id: Integers
    t_in: Integers
    t_out: Int64s
    path: Path
    first_row: int

    def __len__(self) -> int:
        return int(self.t_in.size)


def check_types(path: Path, schema: pa.Schema, names: Sequence[str]) -> None:
    """Refuse columns that are missing, there twice, or no integers."""
    missing = [name for name in names if name not in schema.names]
    if missing:
        raise refuse.missing_columns(path, missing, schema.names)
    for name in names:
        if schema.names.count(name) > 1:
            raise refuse.column_twice(path, name)
        found = schema.field(name).type
        if not (pa.types.is_integer(found) or (name == "t_out" and pa.types.is_null(found))):
            raise refuse.wrong_type(path, name, str(found))


def batch_of(piece: Piece) -> Batch:
    """A piece with the columns `VISIT` as checked visits."""
    person, place, start = (
        _numbers(piece, column, name)
        for column, name in zip(piece.columns[:3], VISIT[:3], strict=True)
    )
    recorded = _as_int64(piece, piece.columns[3], "t_out")
    batch = Batch(person, place, start, _filled(recorded), piece.path, piece.first_row)
    _check_times(piece, batch, recorded)
    return batch


def numbers_of(piece: Piece, names: Sequence[str]) -> tuple[Int64s, ...]:
    """Each column of a piece as int64, without a gap."""
    return tuple(
        _numbers(piece, column, name).astype(np.int64)
        for column, name in zip(piece.columns, names, strict=True)
    )


def check_windows(piece: Piece, windows: Sequence[Int64s], names: Sequence[str]) -> None:
    """Refuse times out of range, and a window (the last two columns) that is reversed."""
    since, until = windows[-2:]
    for times, name in zip((since, until), names[-2:], strict=True):
        _refuse_first(piece, _is_far(times), partial(refuse.out_of_range, column=name))
    _refuse_first(piece, until < since, partial(refuse.window_reversed, column=names[-1]))


def _check_times(piece: Piece, batch: Batch, recorded: pa.Array) -> None:
    """Cheap totals first: only a batch with a fault is searched for its row."""
    if not len(batch):
        return
    start, end = batch.t_in, batch.t_out
    is_in_range = start.min() >= -FARTHEST and start.max() <= FARTHEST >= end.max()
    if is_in_range and np.count_nonzero(end < start) == recorded.null_count:
        return
    _refuse_first(piece, _is_far(start), partial(refuse.out_of_range, column="t_in"))
    known = _is_known(recorded)
    _refuse_first(piece, known & _is_far(end), partial(refuse.out_of_range, column="t_out"))
    _refuse_first(piece, known & (end < start), refuse.out_before_in)


def _filled(recorded: pa.Array) -> Int64s:
    """An int64 column with `MISSING` for nulls; three times as fast as Arrow's own filling."""
    if not recorded.null_count:
        whole: Int64s = recorded.to_numpy()
        return whole
    bare = [None, recorded.buffers()[1]]
    values = pa.Array.from_buffers(pa.int64(), len(recorded), bare, offset=recorded.offset)
    filled = np.where(_is_known(recorded), values.to_numpy(), MISSING)
    filled.flags.writeable = False  # like all others: one compiled form serves them
    return filled


def _is_known(column: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(column.is_valid().to_numpy(zero_copy_only=False))


def _is_far(times: Integers) -> NDArray[np.bool_]:
    return np.asarray((times < -FARTHEST) | (times > FARTHEST))


def _numbers(piece: Piece, column: pa.Array, name: str) -> Integers:
    """A column without a gap, in its own width if that is int32."""
    if column.null_count:
        row = pc.index(column.is_null(), value=True).as_py()
        raise refuse.empty_value(piece.place(row), name)
    if column.type != pa.int32():
        column = _as_int64(piece, column, name)
    numbers: Integers = column.to_numpy()
    return numbers


def _as_int64(piece: Piece, column: pa.Array, name: str) -> pa.Array:
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        above = pc.greater(column, pa.scalar(2**63 - 1, pa.uint64()))
        row = pc.index(above, value=True).as_py()
        raise refuse.too_large(piece.place(row), name) from None


def _refuse_first(
    piece: Piece,
    is_bad: NDArray[np.bool_],
    refusal: Callable[[Place], Exception],
) -> None:
    if is_bad.any():
        raise refusal(piece.place(int(is_bad.argmax())))
