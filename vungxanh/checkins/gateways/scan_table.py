"""Scans into their table: one statement for a batch, on a connection that commits by itself."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from vungxanh.checkins.values.scans import Outcome, ScanRow
from vungxanh.core.packed_arrays import (
    PackedArray,
    instant_array,
    int2_array,
    int8_array,
    uuid_array,
)

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
