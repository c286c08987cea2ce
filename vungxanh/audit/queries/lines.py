"""Rows of the log as the bytes that their tags cover, straight from `COPY`."""

from binascii import hexlify, unhexlify
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b

from django.db import OperationalError, connection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

from vungxanh.audit.rules import Tagger
from vungxanh.audit.rules.rows import ID_BYTES

_COLUMNS = "e.sequence, e.tag, e.id, e.event, e.by, e.at, e.subject, e.purpose, e.detail"
_PREFIX = b"\\\\x"  # COPY doubles the backslash of "\x"
_HEX = len(_PREFIX)
_KEY = slice(_HEX, _HEX + 2 * ID_BYTES)
_DIGEST = slice(_HEX + 2 * ID_BYTES, None)
_BETWEEN = "FROM audit_auditevent e WHERE e.sequence BETWEEN %s AND %s ORDER BY e.sequence"
_WAIT = 0  # of PQgetCopyData: return with a row or at the end, not before

Line = tuple[int, bytes, bytes]
_Take = Callable[[int], tuple[int, memoryview]]


def fix_formats() -> None:
    """Times as tags cover them, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'")


def between(first: int, last: int) -> Generator[Line, None, None]:
    """Sequence, tag and bytes of each row from one sequence to another, in that order."""
    return _read(_BETWEEN, (first, last))


def checked(first: int, last: int, tagger: Tagger) -> tuple[dict[int, bytes], set[int]]:
    """Each row's tag as COPY prints it, and the rows whose tag does not hold.

    The innermost loop of a check: `between` and `Tagger.holds` in one, without a call of ours for
    each row; digests are compared and tags joined as they come.
    """
    tags: dict[int, bytes] = {}
    wrong: set[int] = set()
    started = _by_printed_id(tagger)
    with _copying(_BETWEEN, (first, last)) as take:
        n_bytes, printed = take(_WAIT)
        while n_bytes > 0:
            number, tag, content = bytes(printed).split(b"\t", 2)
            sequence = int(number)
            tags[sequence] = tag
            start = started.get(tag[_KEY])
            if start is None:
                wrong.add(sequence)
            else:
                running = start.copy()
                running.update(content)
                if running.digest() != unhexlify(tag[_DIGEST]):
                    wrong.add(sequence)
            n_bytes, printed = take(_WAIT)
    return tags, wrong


def unprinted(tags: Sequence[bytes]) -> bytes:
    """The bytes of tags as COPY prints them, one after the other."""
    return unhexlify(b"".join(tags).replace(_PREFIX, b""))


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
    with _copying(tail, arguments) as take:
        n_bytes, printed = take(_WAIT)
        while n_bytes > 0:
            sequence, tag, content = bytes(printed).split(b"\t", 2)
            yield int(sequence), unhexlify(tag[_HEX:]), content
            n_bytes, printed = take(_WAIT)


@contextmanager
def _copying(tail: str, arguments: Sequence[object]) -> Iterator[_Take]:
    """Straight from libpq: psycopg's own reading of a row takes twice the time of its digest."""
    statement = f"COPY (SELECT {_COLUMNS} {tail}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(statement, arguments):
        server: PGconn = connection.connection.pgconn
        yield server.get_copy_data
        _end(server)


def _by_printed_id(tagger: Tagger) -> Mapping[bytes, blake2b]:
    return {hexlify(key_id): started for key_id, started in tagger.started.items()}


def _end(server: PGconn) -> None:
    """Take in how the copying ended, so that the connection is free again."""
    problem = ""
    while ended := server.get_result():
        problem = problem or ended.get_error_message() * (ended.status != ExecStatus.COMMAND_OK)
    if problem:
        raise OperationalError(problem)
