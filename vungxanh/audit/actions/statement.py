"""The one statement that writes a row: prepared once for each connection, straight through libpq.

Django's and psycopg's way to a statement costs more than the row itself. It is taken where
somebody counts, wraps or logs statements, and where the transaction has yet to begin at the server;
both write the same row.
"""

from weakref import WeakSet

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, errors
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Texts = tuple[str, ...]
_COLUMNS = ("id", "event", "by", "at", "subject", "purpose", "detail", "tag")
_INTO = f"INSERT INTO audit_auditevent ({', '.join(_COLUMNS)}) VALUES"
_INSERT = f"{_INTO} ({', '.join(['%s'] * len(_COLUMNS))})"
_NUMBERED = f"{_INTO} ({', '.join(f'${n + 1}' for n in range(len(_COLUMNS)))})"
_NAME = b"vungxanh_audit_row"
_FORMATS = [0] * (len(_COLUMNS) - 1) + [1]  # texts, and the tag as bytes
_prepared: WeakSet["Connection[object]"] = WeakSet()


def insert(database: BaseDatabaseWrapper, fields: Texts, tag: bytes) -> None:
    """Write a row of these columns as texts, in the order of `rules.rows`, and its tag."""
    served = database.connection
    if _is_watched(database) or served.pgconn.transaction_status != TransactionStatus.INTRANS:
        with database.cursor() as cursor:
            cursor.execute(_INSERT, (*fields, tag))
        return
    database.validate_no_broken_transaction()
    with database.wrap_database_errors, served.lock:
        _insert(served, [*(field.encode() for field in fields), tag])


def _is_watched(database: BaseDatabaseWrapper) -> bool:
    return database.queries_logged or bool(database.execute_wrappers)


def _insert(served: "Connection[object]", row: list[bytes]) -> None:
    server = served.pgconn
    if served not in _prepared:
        _refuse_failure(served, server.prepare(_NAME, _NUMBERED.encode()))
        _prepared.add(served)
    _refuse_failure(served, server.exec_prepared(_NAME, row, _FORMATS))


def _refuse_failure(served: "Connection[object]", ended: PGresult) -> None:
    if ended.status != ExecStatus.COMMAND_OK:
        raise errors.error_from_result(ended, served.info.encoding)
