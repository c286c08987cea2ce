"""Scans of whole UTC days out of the database into columns, all of one moment.

One connection holds a snapshot for as long as it is read; days are pulled by others that see the
same, a large one by two at once, each a half of its pages. What else is asked sees the same too.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from functools import cached_property
from typing import Any, Final

import numpy as np
from psycopg import Connection

from vungxanh.checkins.gateways.row_columns import Column, RowColumns
from vungxanh.checkins.gateways.row_socket import Rows, pulled, pulled_by_libpq
from vungxanh.checkins.rules.day_visits import DayScans
from vungxanh.checkins.values.day_files import DAY

Connect = Callable[[], "Connection[Any]"]
EPOCH_S: Final = 946_684_800
"""PostgreSQL counts microseconds since the year 2000."""
_COLUMNS: Final = "person_id, point_id, at, direction, entrance, flags"
_KINDS: Final = ("i8", "i8", "i8", "i2", "i2", "i2")
_SECOND_US: Final = 1_000_000
SMALL_BELOW = 100
"""Pages of 8 kB up to which a day is not worth a connection."""
HALVED_FROM = 2_000
"""Pages from which it is worth two."""
ROWS_OF_A_PAGE: Final = 71
"""A scan takes 116 bytes of a page."""
_OF_DAY: Final = "id >= checkins_first_id('{0}') AND id < checkins_first_id('{1}')"


class Reading:
    """One moment of the database; `snapshot` is `pg_current_snapshot()` of it."""

    def __init__(self, first: "Connection[Any]", connect: Connect) -> None:
        self._first, self._connect = first, connect
        self._shared = str(self.value("SELECT pg_export_snapshot()"))
        self.snapshot = str(self.value("SELECT pg_current_snapshot()"))

    @cached_property
    def system(self) -> str:
        """Which database this is: snapshots of another one say nothing here."""
        asked = "SELECT system_identifier FROM pg_control_system()"
        return f"{self.value(asked)}/{self.value('SELECT current_database()')}"

    def rows(self, statement: str, *given: object) -> list[tuple[Any, ...]]:
        """What a small question answers."""
        return list(self._first.execute(statement.encode(), given).fetchall())

    def value(self, statement: str, *given: object) -> Any:
        """The first value of the first row."""
        return self.rows(statement, *given)[0][0]

    def scans(self, day: date) -> DayScans:
        """All scans whose identifiers are of a UTC day."""
        return _scans(self.numbers(day, _COLUMNS, _KINDS))

    def numbers(self, day: date, names: str, kinds: Sequence[str]) -> list[Column]:
        """Some columns of them, as PostgreSQL sends them: times in its own microseconds."""
        part = f"checkins_scan_{day:%Y%m%d}"
        where = ""
        if self.value("SELECT to_regclass(%s)", part) is None:
            part, where = "checkins_scan_default", f" WHERE {_OF_DAY.format(day, day + DAY)}"
        n_pages = int(self.value("SELECT pg_relation_size(%s::regclass) / 8192", part))
        found = RowColumns(kinds, n_pages * ROWS_OF_A_PAGE)
        if n_pages < SMALL_BELOW:
            # Another connection than the one that holds the moment would cost more than the rows.
            found.take(pulled_by_libpq(self._first, _query(part + where, names), kinds))
            return found.all()
        if n_pages < HALVED_FROM or where:
            return self._filled(found, kinds, [_query(part + where, names)])
        middle = n_pages // 2
        halves = [f"{part} WHERE ctid {sign} '({middle},0)'" for sign in ("<", ">=")]
        return self._filled(found, kinds, [_query(half, names) for half in halves])

    def scans_of(self, persons: Sequence[int]) -> DayScans:
        """All scans that there are of some persons."""
        source = f"checkins_scan WHERE {one_of('person_id', persons)}"
        return _scans(self.columns(_COLUMNS, _KINDS, source))

    def columns(self, names: str, kinds: Sequence[str], source: str) -> list[Column]:
        """Columns of numbers from a table, with what stands behind its name."""
        return self._filled(RowColumns(kinds, 0), kinds, [_query(source, names)])

    def _filled(
        self, found: RowColumns, kinds: Sequence[str], queries: Sequence[str]
    ) -> list[Column]:
        """Each question on a connection of its own."""
        with ThreadPoolExecutor(len(queries)) as threads:
            list(threads.map(lambda query: found.take(self._pulled(query, kinds)), queries))
        return found.all()

    def _pulled(self, query: str, kinds: Sequence[str]) -> Iterator[Rows]:
        connection = self._connect()
        _begin(connection)
        connection.execute(f"SET TRANSACTION SNAPSHOT '{self._shared}'".encode())
        return pulled(connection, query, kinds)


@contextmanager
def reading(connect: Connect) -> Iterator[Reading]:
    """Hold one moment of the database until the block ends."""
    first = connect()
    try:
        _begin(first)
        yield Reading(first, connect)
    finally:
        first.close()


def one_of(column: str, numbers: Sequence[int]) -> str:
    """A condition for a pull, which takes no values of its own.

    >>> one_of("person_id", [3, 4])
    "person_id = ANY('{3,4}'::bigint[])"
    """
    return f"{column} = ANY('{{{','.join(map(str, map(int, numbers)))}}}'::bigint[])"


def joined(parts: Sequence[DayScans]) -> DayScans:
    """The scans of several days."""
    names = [field.name for field in fields(DayScans)]
    return DayScans(*(np.concatenate([getattr(one, name) for one in parts]) for name in names))


def _query(source: str, names: str) -> str:
    return " ".join(("SELECT", names, "FROM", source))


def _begin(connection: "Connection[Any]") -> None:
    connection.autocommit = True
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _scans(columns: Sequence[Column]) -> DayScans:
    person, point, at, *others = columns
    at //= _SECOND_US
    at += EPOCH_S
    return DayScans(person, point, at, *others)
