"""Rows of the log as the bytes that their tags cover, straight from `COPY`."""

from binascii import unhexlify
from collections.abc import Iterator, Sequence

from django.db import connection

_COLUMNS = "e.sequence, e.tag, e.id, e.event, e.by, e.at, e.subject, e.purpose, e.detail"
_HEX = len(b"\\\\x")  # COPY doubles the backslash of "\x"

Line = tuple[int, bytes, bytes]


def fix_formats() -> None:
    """Times as tags cover them, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'")


def between(first: int, last: int) -> Iterator[Line]:
    """Sequence, tag and bytes of each row from one sequence to another, in that order."""
    tail = "FROM audit_auditevent e WHERE e.sequence BETWEEN %s AND %s ORDER BY e.sequence"
    return _read(tail, (first, last))


def waiting(most: int) -> Iterator[Line]:
    """Those that wait for their seal."""
    tail = (
        "FROM audit_unsealedevent u JOIN audit_auditevent e USING (sequence)"
        " ORDER BY sequence LIMIT %s"
    )
    return _read(tail, (most,))


def of_event(event: str) -> Iterator[Line]:
    """Those of one kind, newest first."""
    return _read("FROM audit_auditevent e WHERE e.event = %s ORDER BY e.sequence DESC", (event,))


def _read(tail: str, arguments: Sequence[object]) -> Iterator[Line]:
    statement = f"COPY (SELECT {_COLUMNS} {tail}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement, arguments) as copied:
        read = copied.read
        while line := read():
            sequence, tag, content = bytes(line).split(b"\t", 2)
            yield int(sequence), unhexlify(tag[_HEX:]), content
