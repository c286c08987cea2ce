"""Scans into their table: one statement for a batch, on a connection that commits by itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID
from weakref import WeakSet

import psycopg
from django.db import connection
from psycopg import AsyncConnection, Connection

from vungxanh.checkins.values.scans import Outcome, ScanRow
from vungxanh.core.packed_arrays import (
    PackedArray,
    instant_array,
    int2_array,
    int8_array,
    register,
    uuid_array,
)

_prepared: "WeakSet[Connection[Any]]" = WeakSet()  # connections that know packed columns

_INSERT: Final = """
INSERT INTO checkins_scan (
    id, device_id, person_id, point_id, at, received_at, entrance, direction, means, flags
)
SELECT * FROM unnest(
    %b::uuid[], %b::uuid[], %b::bigint[], %b::bigint[], %b::timestamptz[], %b::timestamptz[],
    %b::smallint[], %b::smallint[], %b::smallint[], %b::smallint[]
)
ON CONFLICT DO NOTHING
"""
_THERE: Final = """
SELECT id, person_id, point_id, entrance, direction, means,
    (extract(epoch FROM at) * 1000000)::bigint,
    (extract(epoch FROM received_at) * 1000000)::bigint, device_id, flags
FROM checkins_scan WHERE id = ANY(%s)
"""


def write_now(rows: Sequence[tuple[ScanRow, bool]]) -> list[Outcome]:
    """The same statement, on Django's connection, inside the caller's transaction.

    Each row with whether it is the sender's own. An identifier is its subject's too: sent again for
    another it is taken, but a phone's holder may have turned out to be somebody else meanwhile.
    """
    order = sorted(range(len(rows)), key=lambda n: rows[n][0].id.bytes)
    new, there = _written([rows[n][0] for n in order]) if order else (set(), {})
    unseen = set(new)
    outcomes = [Outcome.NOT_TAKEN] * len(rows)
    for n in order:
        row, is_own = rows[n]
        if row.id in unseen:
            unseen.remove(row.id)
            outcomes[n] = Outcome.STORED
        elif row.id in there:
            may_differ = is_own and row.id not in new
            is_same = there[row.id].sent() == row.sent() and (
                may_differ or there[row.id].person_id == row.person_id
            )
            outcomes[n] = Outcome.DUPLICATE if is_same else Outcome.REUSED
    return outcomes


def _written(rows: Sequence[ScanRow]) -> tuple[set[UUID], dict[UUID, ScanRow]]:
    """The identifiers that are new, and what lies there where not all are."""
    connection.ensure_connection()
    served = connection.connection
    if served not in _prepared:
        register(served.adapters)
        _prepared.add(served)
    with connection.wrap_database_errors, psycopg.Cursor(served) as cursor:
        cursor.execute(_INSERT + "RETURNING id", _columns(rows), prepare=True, binary=True)
        new = {one for (one,) in cursor.fetchall()}
        if len(new) == len(rows):
            return new, {}
        cursor.execute(_THERE, [[row.id for row in rows]])
        return new, {one[0]: ScanRow(*one) for one in cursor.fetchall()}


class ScanTable:
    """The table `checkins_scan`; scans that are there already are told from others of their id."""

    def key(self, row: ScanRow) -> bytes:
        """The identifier."""
        return row.id.bytes

    async def write(
        self, connection: "AsyncConnection[Any]", rows: Sequence[ScanRow]
    ) -> list[Outcome]:
        """Insert what is not there; durable when it returns."""
        cursor = await connection.execute(_INSERT, _columns(rows), prepare=True, binary=True)
        if cursor.rowcount == len(rows):
            return [Outcome.STORED] * len(rows)
        found = await connection.execute(_THERE, [[row.id for row in rows]])
        return _compared(rows, {one[0]: ScanRow(*one) for one in await found.fetchall()})

    def refused(self, row: ScanRow, error: psycopg.Error) -> Outcome:
        """A row that a constraint or a type turns away."""
        return Outcome.NOT_TAKEN


def _columns(rows: Sequence[ScanRow]) -> list[PackedArray]:
    ids, persons, points, entrances, ways, means, ats, received, devices, flags = zip(
        *rows, strict=True
    )
    return [
        uuid_array([one.bytes for one in ids]),
        uuid_array([one.bytes for one in devices]),
        int8_array(persons),
        int8_array(points),
        instant_array(ats),
        instant_array(received),
        *(int2_array(column) for column in (entrances, ways, means, flags)),
    ]


def _compared(rows: Sequence[ScanRow], there: Mapping[UUID, ScanRow]) -> list[Outcome]:
    """Stored by this batch, a repetition, or something else under an identifier that is taken.

    A batch may hold an identifier twice; it stored the first.
    """
    told = []
    seen: set[UUID] = set()
    for row in rows:
        kept = there.get(row.id)
        if kept is None:
            told.append(Outcome.NOT_TAKEN)
        elif kept.sent() != row.sent():
            told.append(Outcome.REUSED)
        else:
            is_new = kept.received_at == row.received_at and row.id not in seen
            told.append(Outcome.STORED if is_new else Outcome.DUPLICATE)
        seen.add(row.id)
    return told
