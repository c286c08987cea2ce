"""Rows of a COPY straight from the connection's socket, many at once.

libpq hands out one row a call, and `psql` writes them into a pipe one by one. Where every column is
a number of eight bytes and none is null, all messages of rows are of one length: a buffer full of
them is an array. The statement is sent by libpq, which also knows how to log in; what comes back is
read here, and the connection is closed afterwards, since libpq has not seen it. Messages: chapter
"Frontend/Backend Protocol" of PostgreSQL's manual, rows: "COPY", "Binary Format".
"""

import os
import socket
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

Int64s = NDArray[np.int64]
SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0"
SIGNATURE_BYTES: Final = 19
BUFFER_BYTES: Final = 4 << 20
_ROW: Final = ord("d")
_READY: Final = b"Z\0\0\0\5"  # then one byte more, and nothing until the next question
_PASSED: Final = b"HcCNS"  # the beginning, the end, and what the server says beside


class PullError(Exception):
    """The server ended the COPY, or a row has a null."""


def pulled(connection: "Connection[Any]", query: str, n_columns: int) -> Iterator[list[Int64s]]:
    """The columns of a query, some rows at a time; the connection cannot be used afterwards."""
    if connection.pgconn.ssl_in_use:
        raise PullError("what is encrypted cannot be read past libpq")
    form = _form(n_columns)
    try:
        connection.pgconn.send_query(f"COPY ({query}) TO STDOUT (FORMAT binary)".encode())
        connection.pgconn.flush()
        with socket.socket(fileno=os.dup(connection.pgconn.socket)) as reader:
            reader.settimeout(None)
            for rows in _rows(reader, form):
                yield [rows[f"v{at}"].astype(np.int64) for at in range(n_columns)]
    finally:
        connection.close()


def _form(n_columns: int) -> np.dtype[Any]:
    """A message of a row: kind, length, number of columns, then each length and number."""
    pairs = [(f"{name}{at}", kind) for at in range(n_columns) for name, kind in _PAIR]
    return np.dtype([("kind", "u1"), ("length", ">i4"), ("n", ">i2"), *pairs])


_PAIR: Final = (("l", ">i4"), ("v", ">i8"))


def _rows(reader: socket.socket, form: np.dtype[Any]) -> Iterator[NDArray[Any]]:
    """Messages of rows, as an array that holds until the next is asked for."""
    buffer = bytearray(BUFFER_BYTES)
    view = memoryview(buffer)
    at = held = 0
    while True:
        n = _n_whole(np.frombuffer(buffer, form, (held - at) // form.itemsize, at))
        if n:
            yield np.frombuffer(buffer, form, n, at)
            at += n * form.itemsize
        other = _message(buffer, at, held)
        if other is None:
            buffer[: held - at] = buffer[at:held]
            at, held = 0, held - at
            held = _filled(reader, view, held)
            continue
        at += 5 + len(other[1])
        if other[0] == "Z":
            return
        if first := _first_row(*other):
            yield np.frombuffer(first, form)


def _filled(reader: socket.socket, view: memoryview, held: int) -> int:
    """How much the buffer holds once it is half full, or as soon as this may be the end."""
    while True:
        n = reader.recv_into(view[held:])
        if not n:
            raise PullError("the connection ended")
        held += n
        if (
            held * 2 >= len(view)
            or bytes(view[max(held - len(_READY) - 1, 0) : held - 1]) == _READY
        ):
            return held


def _n_whole(rows: NDArray[Any]) -> int:
    """How many messages at the beginning are rows of the one length."""
    is_row = (rows["kind"] == _ROW) & (rows["length"] == rows.itemsize - 1)
    return len(rows) if is_row.all() else int(is_row.argmin())


def _message(buffer: bytearray, at: int, held: int) -> tuple[str, bytes] | None:
    """The message here, its kind and what it holds, where all of it has come."""
    if held - at < 5:
        return None
    length = int.from_bytes(buffer[at + 1 : at + 5], "big")
    whole = bytes(buffer[at + 5 : at + 1 + length])
    return (chr(buffer[at]), whole) if held - at > length else None


def _first_row(kind: str, held: bytes) -> bytes | None:
    """The row that comes in one message with the signature; nothing of what else is passed by."""
    if kind == "d" and held.startswith(SIGNATURE):
        row = held[SIGNATURE_BYTES:]
        return b"d" + (len(row) + 4).to_bytes(4, "big") + row if len(row) > 2 else None
    if (kind == "d" and held == b"\xff\xff") or kind.encode() in _PASSED:
        return None
    raise PullError(f"not a row of numbers: {kind} {held[:200]!r}")
