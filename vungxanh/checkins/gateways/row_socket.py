"""Rows of a COPY straight from the connection's socket, many at once.

libpq hands out one row a call, and `psql` writes them into a pipe one by one. Where every column is
a number of one size and none is null, all messages of rows are of one length: a buffer full of them
is an array. The statement is sent by libpq, which also knows how to log in; what comes back is read
here, and the connection is closed afterwards, since libpq has not seen it. Messages: chapter
"Frontend/Backend Protocol" of PostgreSQL's manual, rows: "COPY", "Binary Format". An encrypted
connection is read by libpq after all.
"""

import os
import socket
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection

Rows = NDArray[Any]
SIGNATURE: Final = b"PGCOPY\n\xff\r\n\0"
SIGNATURE_BYTES: Final = 19
BUFFER_BYTES: Final = 4 << 20
_ROW: Final = ord("d")
_HEAD: Final = SIGNATURE + bytes(SIGNATURE_BYTES - len(SIGNATURE))
_END: Final = b"\xff\xff"
_READY: Final = b"Z\0\0\0\5"
_PASSED: Final = b"HcCNS"  # the beginning, the end, and what the server says beside


class PullError(Exception):
    """The server ended the COPY, or a row is not of the columns that were asked for."""


def pulled(connection: "Connection[Any]", query: str, kinds: Sequence[str]) -> Iterator[Rows]:
    """The rows of a query, some at a time; closes the connection.

    `kinds` are numpy's names of numbers, "i8" for bigint; no value may be null. Column 3 is the
    field "v3", in the order of bytes of the network. Rows hold until the next are asked for.
    """
    way = pulled_by_libpq if connection.pgconn.ssl_in_use else _straight
    try:
        yield from way(connection, query, kinds)
    finally:
        connection.close()


def pulled_by_libpq(
    connection: "Connection[Any]", query: str, kinds: Sequence[str]
) -> Iterator[Rows]:
    """The same, slower, also over TLS; the connection may be used afterwards."""
    form = _form(kinds)
    held = bytearray()
    with connection.cursor() as cursor, cursor.copy(_copying(query)) as copy:
        for block in copy:
            row = bytes(block).removeprefix(_HEAD)
            if row == _END:
                continue
            if len(row) != form.itemsize - 5:
                raise PullError(f"not a row of numbers: {row[:200]!r}")
            held += b"d" + (len(row) + 4).to_bytes(4, "big") + row
            if len(held) >= BUFFER_BYTES:
                yield np.frombuffer(bytes(held), form)
                held.clear()
    yield np.frombuffer(bytes(held), form)


def _copying(query: str) -> bytes:
    return f"COPY ({query}) TO STDOUT (FORMAT binary)".encode()


def _form(kinds: Sequence[str]) -> np.dtype[Any]:
    """A message of a row: kind, length, number of columns, then each length and number."""
    pairs = [
        pair
        for at, kind in enumerate(kinds)
        for pair in ((f"l{at}", ">i4"), (f"v{at}", f">{kind}"))
    ]
    return np.dtype([("kind", "u1"), ("length", ">i4"), ("n", ">i2"), *pairs])


def _straight(connection: "Connection[Any]", query: str, kinds: Sequence[str]) -> Iterator[Rows]:
    connection.pgconn.send_query(_copying(query))
    while connection.pgconn.flush():
        pass
    with socket.socket(fileno=os.dup(connection.pgconn.socket)) as reader:
        reader.settimeout(None)
        yield from _rows(reader, _form(kinds))


def _rows(reader: socket.socket, form: np.dtype[Any]) -> Iterator[Rows]:
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
    """How much the buffer holds once it is half full, or as soon as this may be the end.

    A socket hands out some ten thousand bytes at a time: to look at each costs more than to wait.
    """
    while True:
        n = reader.recv_into(view[held:])
        if not n:
            raise PullError("the connection ended")
        held += n
        last = bytes(view[max(held - len(_READY) - 1, 0) : held - 1])
        if held * 2 >= len(view) or last == _READY:
            return held


def _n_whole(rows: Rows) -> int:
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
    if (kind == "d" and held == _END) or kind.encode() in _PASSED:
        return None
    raise PullError(f"not a row of numbers: {kind} {held[:200]!r}")
