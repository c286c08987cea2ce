"""Statements of the busiest paths: prepared once for each connection, straight through libpq.

Django's and psycopg's way to a statement costs more than a row itself, and the server parses and
plans what is not prepared anew each time. Their way is taken where somebody counts, wraps or logs
statements; both give the same rows.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection, errors
from psycopg.adapt import PyFormat, Transformer
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.sql import SQL, Identifier, Placeholder

Row = tuple[Any, ...]
if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
_known: WeakKeyDictionary["Connection[object]", set[bytes]] = WeakKeyDictionary()
_PLACE = re.compile(r"%\((\w+)\)s")
_GOOD = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class Statement:
    """One statement with `%(name)s` for each value, whose type the server must be able to tell.

    Where it cannot, the statement says so: `%(ids)s::uuid[]`.
    """

    def __init__(self, sql: str) -> None:
        self._sql, self._names = sql, tuple(dict.fromkeys(_PLACE.findall(sql)))
        numbers = {name: f"${number}" for number, name in enumerate(self._names, start=1)}
        self._numbered = _PLACE.sub(lambda place: numbers[place[1]], sql).encode()
        self._name = b"vungxanh_" + sha256(self._numbered).hexdigest()[:24].encode()

    def rows(self, **values: Any) -> list[Row]:
        """Run it inside the caller's transaction, or in one of its own; what it returns."""
        database = connections[DEFAULT_DB_ALIAS]
        if _is_watched(database):
            return self._rows_by_cursor(database, values)
        if database.connection is None or not database.in_atomic_block:
            database.close_if_health_check_failed()
            database.ensure_connection()
        database.validate_no_broken_transaction()
        served = database.connection
        with database.wrap_database_errors, served.lock:
            return self._rows(served, [values[name] for name in self._names])

    def _rows_by_cursor(
        self, database: BaseDatabaseWrapper, values: Mapping[str, Any]
    ) -> list[Row]:
        with database.cursor() as cursor:
            cursor.execute(self._sql, values)
            return list(cursor.fetchall()) if cursor.description else []

    def _rows(self, served: "Connection[object]", values: Sequence[object]) -> list[Row]:
        server = served.pgconn
        if not served.autocommit and server.transaction_status == TransactionStatus.IDLE:
            _good(served, server.exec_(b"BEGIN"))
        known = _known.get(served) or _known.setdefault(served, set())
        if self._name not in known:
            _good(served, server.prepare(self._name, self._numbered))
            known.add(self._name)
        ended = _good(served, server.exec_prepared(self._name, _as_texts(served, values)))
        if not ended.ntuples:
            return []
        wire = Transformer(served)
        wire.set_pgresult(ended)
        return wire.load_rows(0, ended.ntuples, tuple)


def store(row: models.Model) -> None:
    """Insert one row as `save(force_insert=True)` does, in half its time; no signal is sent."""
    storing, database = _storing(type(row)), connections[DEFAULT_DB_ALIAS]
    values = {
        field.column: field.get_db_prep_save(field.pre_save(row, add=True), connection=database)
        for field in storing.fields
    }
    for (made,) in storing.statement.rows(**values):
        setattr(row, storing.key, made)
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@dataclass(frozen=True, slots=True)
class _Storing:
    """How rows of one model are inserted; the database tells `key` where it makes it."""

    statement: Statement
    fields: "tuple[AnyField, ...]"
    key: str


@lru_cache(maxsize=64)
def _storing(model: type[models.Model]) -> _Storing:
    key = model._meta.pk
    is_made = isinstance(key, models.AutoField | models.BigAutoField)
    fields = tuple(one for one in model._meta.concrete_fields if not (is_made and one is key))
    command = SQL("INSERT INTO {} ({}) VALUES ({})").format(
        Identifier(model._meta.db_table),
        SQL(", ").join(Identifier(one.column) for one in fields),
        SQL(", ").join(Placeholder(one.column) for one in fields),
    )
    if is_made:
        command += SQL(" RETURNING {}").format(Identifier(key.column))
    return _Storing(Statement(command.as_string()), fields, key.attname)


def _as_texts(served: "Connection[object]", values: Sequence[object]) -> list[bytes]:
    """As they go over the wire; what are texts already need nobody who knows their types."""
    plain = [one.encode() for one in values if type(one) is str and "\0" not in one]
    if len(plain) == len(values):
        return plain
    # NULL is None, which libpq takes and the type of `exec_prepared` forgets.
    dumped = Transformer(served).dump_sequence(values, [PyFormat.TEXT] * len(values))
    return cast("list[bytes]", dumped)


def _is_watched(database: BaseDatabaseWrapper) -> bool:
    return database.queries_logged or bool(database.execute_wrappers)


def _good(served: "Connection[object]", ended: PGresult) -> PGresult:
    if ended.status not in _GOOD:
        raise errors.error_from_result(ended, served.info.encoding)
    return ended
