"""Arrow batches of the register as raw columns, without copying; what does not fit is refused."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.coverage.cube_types import CubeShape
from vungxanh.engines.coverage.kernels import Columns
from vungxanh.engines.coverage.types import CoverageError
from vungxanh.refusals import Words

if TYPE_CHECKING:
    from pyarrow import Array, RecordBatch

COLUMN_TYPES = {
    "commune": "int32",
    "verified": "bool",
    "first_seen": "date32[day]",
    "change": "int8",
}
"""What a batch holds; `change` may be missing, other columns are not looked at."""

EPOCH = date(1970, 1, 1)


def columns_of(batch: "RecordBatch") -> Columns:
    """The columns of `batch`; refuses `coverage.column` when one is missing or does not fit."""
    commune = _column(batch, "commune")
    verified = _column(batch, "verified")
    day = _column(batch, "first_seen")
    change = _column(batch, "change") if "change" in batch.schema.names else None
    return Columns(
        commune=_values(commune).view(np.int32)[_rows(commune)],
        day=_values(day).view(np.int32)[_rows(day)],
        verified=_bits(verified),
        change=_values(change).view(np.int8)[_rows(change)],
    )


def bad_row(row: int, columns: Columns, shape: CubeShape) -> CoverageError:
    """The refusal of one row, with what it holds and what would fit (`coverage.row`)."""
    code = "coverage.row"
    day = EPOCH + timedelta(days=int(columns.day[row]))
    found = f"{columns.commune[row]}, {day}"
    communes, days = f"0-{shape.n_communes - 1}", f"{shape.first_day} - {shape.last_day}"
    return CoverageError(
        code,
        Words(
            f"Dòng {row + 1} ({found}) không hợp lệ: xã phải trong {communes}, ngày trong {days}, "
            "thay đổi là +1 hoặc -1.",
            f"Row {row + 1} ({found}) does not fit: communes are {communes}, days {days}, "
            "a change is +1 or -1.",
        ),
        where=f"row {row + 1}",
    )


def _column(batch: "RecordBatch", name: str) -> "Array":
    expected = COLUMN_TYPES[name]
    if name not in batch.schema.names:
        raise _bad_column(name, f"{expected}, –")
    column = batch.column(name)
    if str(column.type) != expected:
        raise _bad_column(name, f"{expected}, {column.type}")
    if column.null_count:
        raise _bad_column(name, f"{expected}, {column.null_count} null")
    return column


def _values(column: "Array | None") -> NDArray[np.uint8]:
    """The bytes of a column, read-only so that the loops are compiled for one kind of array.

    Arrow leaves the buffer out for an empty column.
    """
    buffer = None if column is None else column.buffers()[1]
    found = np.frombuffer(buffer or b"", np.uint8)
    found.flags.writeable = False
    return found


def _bits(column: "Array") -> NDArray[np.uint8]:
    """A column of truth values, which Arrow packs eight to a byte, as 0 and 1."""
    before, first_bit = divmod(column.offset, 8)
    n_bits = first_bit + len(column)
    return np.unpackbits(_values(column)[before:], count=n_bits, bitorder="little")[first_bit:]


def _rows(column: "Array | None") -> slice:
    return slice(0) if column is None else slice(column.offset, column.offset + len(column))


def _bad_column(name: str, found: str) -> CoverageError:
    code = "coverage.column"
    return CoverageError(
        code,
        Words(
            f"Cột {name} thiếu, sai kiểu hoặc có ô trống (cần, thấy: {found}). Sửa tệp gốc.",
            f"Column {name} is missing, of another type or has nulls (needed, found: {found}). "
            "Mend the source.",
        ),
        field=name,
        where=name,
    )
