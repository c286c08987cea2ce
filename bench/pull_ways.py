"""Ways of pulling the scans of a day out of PostgreSQL: ours, and what others would write."""

import subprocess
from collections.abc import Callable
from datetime import date
from typing import IO, Any, Final

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv as pc
from numpy.typing import NDArray

from vungxanh.checkins.gateways.day_pull import EPOCH_S, reading
from vungxanh.core.postgres import find_binaries

Int64s = NDArray[np.int64]
Columns = list[NDArray[Any]]
Way = Callable[[str], Columns]
DAY: Final = date(2026, 3, 2)
TABLE: Final = "checkins_scan_20260302"
NAMES: Final = ("person_id", "place_id", "t_in", "t_out")
OF_DAYS: Final = ("person_id", "place_id", "t_in", "direction", "entrance", "flags")
NUMBERS: Final = "person_id, point_id, at, received_at"
IN_SECONDS: Final = """
SELECT person_id, point_id, floor(extract(epoch FROM at))::bigint,
    floor(extract(epoch FROM received_at))::bigint FROM checkins_scan_20260302
"""
COPYING: Final = (
    "COPY (SELECT person_id, point_id, at, received_at FROM checkins_scan_20260302)"
    " TO STDOUT (FORMAT binary)"
)
_PAIR: Final = (("l", ">i4"), ("v", ">i8"))
_KINDS: Final = ("i8", "i8", "i8", "i8")
_ROW: Final = np.dtype(
    [("n", ">i2"), *((f"{name}{at}", kind) for at in range(4) for name, kind in _PAIR)]
)
_SIGNATURE_BYTES: Final = 19


def table_of(columns: Columns) -> pa.Table:
    """As it is written: four columns, or those of days."""
    return pa.table(
        dict(zip(NAMES if len(columns) == len(NAMES) else OF_DAYS, columns, strict=True))
    )


def ours(conninfo: str) -> Columns:
    """Four numbers of each scan."""
    with reading(lambda: psycopg.connect(conninfo)) as now:
        columns = now.numbers(DAY, NUMBERS, _KINDS)
    for column in columns[2:]:
        _to_seconds(column)
    return columns


def of_days(conninfo: str) -> Columns:
    """Ours, the six columns that days of visits are made of."""
    with reading(lambda: psycopg.connect(conninfo)) as now:
        scans = now.scans(DAY)
    columns = (scans.person_id, scans.point_id, scans.at, scans.direction, scans.entrance)
    return [*columns, scans.flags]


def by_psql_csv(conninfo: str) -> Columns:
    """`psql` writes CSV into a pipe, which Arrow reads."""
    options = pc.ReadOptions(column_names=NAMES, block_size=8 << 20)
    copying = f"COPY ({IN_SECONDS}) TO STDOUT (FORMAT csv)"
    command = [find_binaries()["psql"], conninfo, "-qAtXc", copying]
    with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as program:
        table = pc.open_csv(_output(program), options).read_all()
    return [table[name].to_numpy(zero_copy_only=False).copy() for name in NAMES]


def by_copy(conninfo: str) -> Columns:
    """psycopg hands out binary rows, one object each."""
    with psycopg.connect(conninfo) as connection, connection.cursor().copy(COPYING) as copying:
        held = b"".join(map(bytes, copying))
    n = (len(held) - _SIGNATURE_BYTES) // _ROW.itemsize
    rows = np.frombuffer(held, _ROW, n, _SIGNATURE_BYTES)
    columns = [rows[f"v{at}"].astype(kind) for at, kind in enumerate(_KINDS)]
    for column in columns[2:]:
        _to_seconds(column)
    return columns


def by_rows(conninfo: str) -> Columns:
    """As one writes it first: a cursor of the server, rows as tuples."""
    parts: list[Columns] = []
    with psycopg.connect(conninfo) as connection, connection.cursor("rows") as cursor:
        cursor.execute(IN_SECONDS.encode())
        while rows := cursor.fetchmany(50_000):
            parts.append(list(np.array(rows, np.int64).T))
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


WAYS: Final[dict[str, Way]] = {
    "six columns": of_days,
    "psycopg, COPY": by_copy,
    "psql, CSV, Arrow": by_psql_csv,
}


def _to_seconds(column: NDArray[Any]) -> None:
    """Unix seconds instead of PostgreSQL's microseconds."""
    column //= 1_000_000
    column += EPOCH_S


def _output(program: subprocess.Popen[bytes]) -> IO[bytes]:
    if program.stdout is None:
        raise RuntimeError("psql has no output")
    return program.stdout
