"""Rows of the log as the bytes that their tags cover, straight from `COPY`."""

from binascii import unhexlify
from collections.abc import Generator, Sequence

from django.db import OperationalError, connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

_COLUMNS = "e.sequence, e.tag, e.id, e.event, e.by, e.at, e.subject, e.purpose, e.detail"
_HEX = len(b"\\\\x")  # COPY doubles the backslash of "\x"
_WAIT = 0  # of PQgetCopyData: return with a row or at the end, not before

Line = tuple[int, bytes, bytes]


def fix_formats() -> None:
    """Times as tags cover them, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'")


def between(first: int, last: int) -> Generator[Line, None, None]:
    """Sequence, tag and bytes of each row from one sequence to another, in that order."""
    tail = "FROM audit_auditevent e WHERE e.sequence BETWEEN %s AND %s ORDER BY e.sequence"
    return _read(tail, (first, last))


def waiting(most: int) -> Generator[Line, None, None]:
    """Those that wait for their seal."""
    tail = (
        "FROM audit_unsealedevent u JOIN audit_auditevent e USING (sequence)"
        " ORDER BY sequence LIMIT %s"
    )
    return _read(tail, (most,))


def of_event(event: str) -> Generator[Line, None, None]:
    """Those of one kind, newest first."""
    return _read("FROM audit_auditevent e WHERE e.event = %s ORDER BY e.sequence DESC", (event,))


def _read(tail: str, arguments: Sequence[object]) -> Generator[Line, None, None]:
    """Straight from libpq: psycopg's own reading of a row takes twice the time of its digest."""
    statement = f"COPY (SELECT {_COLUMNS} {tail}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement, arguments):
        server: PGconn = connection.connection.pgconn
        n_bytes, line = server.get_copy_data(_WAIT)
        while n_bytes > 0:
            sequence, tag, content = bytes(line).split(b"\t", 2)
            yield int(sequence), unhexlify(tag[_HEX:]), content
            n_bytes, line = server.get_copy_data(_WAIT)
        _end(server)


def _end(server: PGconn) -> None:
    """Take in how the copying ended, so that the connection is free again."""
    problem = ""
    while ended := server.get_result():
        problem = problem or ended.get_error_message() * (ended.status != ExecStatus.COMMAND_OK)
    if problem:
        raise OperationalError(problem)
