"""Ways of pulling scans out of PostgreSQL: person, place, from and to, as the table has them."""

import subprocess
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, Final

import numpy as np
import psycopg
import pyarrow.csv as pc
from numpy.typing import NDArray

from bench.pull_socket import SIGNATURE_BYTES, Int64s, pulled
from vungxanh.core.postgres import find_binaries

NAMES: Final = ("person_id", "place_id", "t_in", "t_out")
QUERY: Final = "SELECT person_id, point_id, at, received_at FROM pull_scan"
IN_SECONDS: Final = """
SELECT person_id, point_id, floor(extract(epoch FROM at))::bigint,
    floor(extract(epoch FROM received_at))::bigint FROM pull_scan
"""
ARRAYS: Final = """
SELECT array_agg(person_id), array_agg(point_id), array_agg(at), array_agg(received_at)
FROM pull_scan
"""
EPOCH: Final = 946_684_800  # PostgreSQL counts microseconds since the year 2000
AT_ONCE: Final = 4 << 20
PAGES_AT_ONCE: Final = 2_000
N_CONNECTIONS: Final = 2
ROWS_OF_A_PAGE: Final = 75  # no row of the table is shorter than 108 bytes
Columns = list[Int64s]
Way = Callable[[str], Columns]
_ROW: Final = np.dtype(
    [
        ("n", ">i2"),
        *((f"{name}{at}", kind) for at in range(4) for name, kind in (("l", ">i4"), ("v", ">i8"))),
    ]
)
_ELEMENT: Final = np.dtype([("length", ">i4"), ("value", ">i8")])
_ARRAY_HEAD: Final = 20


def by_sockets(conninfo: str) -> Columns:
    """Ours: halves of the table by two connections that see the same, read past libpq."""
    with psycopg.connect(conninfo) as first:
        first.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        snapshot = _value(first, "SELECT pg_export_snapshot()")
        middle = _pages(first) // 2
        halves = (f"{QUERY} WHERE ctid {sign} '({middle},0)'" for sign in ("<", ">="))
        with ThreadPoolExecutor(N_CONNECTIONS) as threads:
            found = list(threads.map(lambda half: _half(conninfo, half, snapshot), halves))
    return _joined(found)


def _half(conninfo: str, query: str, snapshot: str) -> Columns:
    connection = psycopg.connect(conninfo)
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    connection.execute(f"SET TRANSACTION SNAPSHOT '{snapshot}'".encode())
    return _side_by_side(connection, query)


def by_one_socket(conninfo: str) -> Columns:
    """The same by one connection."""
    return _side_by_side(psycopg.connect(conninfo), QUERY)


def _side_by_side(connection: "psycopg.Connection[Any]", query: str) -> Columns:
    """Into columns that are long enough from the start: memory that is new costs most of it."""
    most = _pages(connection) * ROWS_OF_A_PAGE
    columns = [np.empty(most, np.int64) for _ in NAMES]
    n = 0
    for some in pulled(connection, query, len(NAMES)):
        for column, part in zip(columns, _with_seconds(some), strict=True):
            column[n : n + len(part)] = part
        n += len(some[0])
    return [column[:n] for column in columns]


def by_psql_binary(conninfo: str) -> Columns:
    """`psql` writes binary rows into a pipe."""
    with _psql(conninfo, QUERY, "binary") as program:
        return _of_blocks(iter(lambda: _output(program).read(1 << 20), b""))


def by_psql_csv(conninfo: str) -> Columns:
    """`psql` writes CSV into a pipe, which Arrow reads."""
    options = pc.ReadOptions(column_names=NAMES, block_size=8 << 20)
    with _psql(conninfo, IN_SECONDS, "csv") as program:
        table = pc.open_csv(_output(program), options).read_all()
    return [table[name].to_numpy() for name in NAMES]


def by_copy(conninfo: str) -> Columns:
    """psycopg hands out binary rows, one object each."""
    statement = f"COPY ({QUERY}) TO STDOUT (FORMAT binary)".encode()
    with psycopg.connect(conninfo) as connection, connection.cursor().copy(statement) as copying:
        return _of_blocks(map(bytes, copying))


def by_arrays(conninfo: str) -> Columns:
    """Arrays of some pages of the table each, in psycopg's binary form."""
    parts: list[Columns] = []
    with psycopg.connect(conninfo) as connection, connection.cursor(binary=True) as cursor:
        n_pages = _pages(connection)
        for page in range(0, n_pages, PAGES_AT_ONCE):
            some = f"ctid >= '({page},0)' AND ctid < '({page + PAGES_AT_ONCE},0)'"
            cursor.execute(f"{ARRAYS} WHERE {some}".encode())
            told = cursor.pgresult
            values = [told.get_value(0, at) if told else None for at in range(len(NAMES))]
            parts.append(_with_seconds([_elements(value) for value in values if value]))
    return _joined(parts)


def by_rows(conninfo: str) -> Columns:
    """As one writes it first: a cursor of the server, rows as tuples."""
    parts: list[Columns] = []
    with psycopg.connect(conninfo) as connection, connection.cursor("rows") as cursor:
        cursor.execute(IN_SECONDS.encode())
        while rows := cursor.fetchmany(50_000):
            parts.append(list(np.array(rows, np.int64).T))
    return _joined(parts)


WAYS: Final[dict[str, Way]] = {
    "psql, binary": by_psql_binary,
    "psql, CSV, Arrow": by_psql_csv,
    "psycopg, COPY": by_copy,
    "psycopg, arrays": by_arrays,
    "one socket": by_one_socket,
}


def _psql(conninfo: str, query: str, form: str) -> subprocess.Popen[bytes]:
    """The program of the embedded server's installation."""
    copying = f"COPY ({query}) TO STDOUT (FORMAT {form})"
    command = [find_binaries()["psql"], conninfo, "-qAtXc", copying]
    return subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0)


def _output(program: subprocess.Popen[bytes]) -> IO[bytes]:
    if program.stdout is None:
        raise RuntimeError("psql has no output")
    return program.stdout


def _of_blocks(blocks: Iterable[bytes]) -> Columns:
    """Columns of binary rows that come in pieces of any length; after them stands -1."""
    parts: list[Columns] = []
    held = bytearray()
    is_first = True
    for block in blocks:
        held += block
        if len(held) >= AT_ONCE:
            is_first, held = False, _taken(held, parts, SIGNATURE_BYTES * is_first)
    _taken(held, parts, SIGNATURE_BYTES * is_first)
    return _joined(parts)


def _taken(held: bytearray, parts: list[Columns], at: int) -> bytearray:
    n = (len(held) - at) // _ROW.itemsize
    rows: NDArray[Any] = np.frombuffer(bytes(held), _ROW, n, at)
    parts.append(_with_seconds([rows[f"v{column}"].astype(np.int64) for column in range(4)]))
    return held[at + n * _ROW.itemsize :]


def _elements(array: bytes) -> Int64s:
    return np.frombuffer(array, _ELEMENT, offset=_ARRAY_HEAD)["value"].astype(np.int64)


def _with_seconds(columns: Columns) -> Columns:
    """Unix seconds instead of PostgreSQL's microseconds."""
    return [*columns[:2], *(column // 1_000_000 + EPOCH for column in columns[2:])]


def _joined(parts: Iterable[Columns]) -> Columns:
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _pages(connection: "psycopg.Connection[Any]") -> int:
    return int(_value(connection, "SELECT pg_relation_size('pull_scan') / 8192"))


def _value(connection: "psycopg.Connection[Any]", query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    if row is None:
        raise LookupError(query)
    return row[0]
