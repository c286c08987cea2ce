"""Group commit: the rows of many requests in one statement, each answered after its COMMIT.

A batch is whatever arrived while the one before was being written; nobody waits on purpose. Rows
are written in the order of their keys, so that two processes that hold the same keys never wait
for each other in a circle. What was answered is on the disk; what could not be written is said to
be not stored, and whoever sent it keeps it and sends it again under the same key.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

import psycopg
from psycopg import AsyncConnection, errors

Row = TypeVar("Row")
Told = TypeVar("Told")
Given = TypeVar("Given", contravariant=True)
Answered = TypeVar("Answered", covariant=True)
Connect = Callable[[], Awaitable["AsyncConnection[tuple[object, ...]]"]]
RETRY_AFTER_SECONDS = 5
_log = logging.getLogger(__name__)

# Somebody else's fault: the same rows may pass a moment later.
_AGAIN = (
    errors.DeadlockDetected,
    errors.SerializationFailure,
    psycopg.OperationalError,
    psycopg.InterfaceError,
    TimeoutError,
    OSError,
)
# One row's fault: the others pass without it.
_OF_A_ROW = (psycopg.IntegrityError, psycopg.DataError)


class Table(Protocol[Given, Answered]):
    """Where rows go."""

    def key(self, row: Given, /) -> bytes:
        """What rows are sorted by, the same in every process."""
        ...

    async def write(
        self, connection: "AsyncConnection[tuple[object, ...]]", rows: Sequence[Given], /
    ) -> Sequence[Answered]:
        """Write rows, sorted by key, all or none, for good when it returns; what to tell of each.

        The connection commits by itself. Givens that are there already are no error.
        """
        ...

    def refused(self, row: Given, error: psycopg.Error, /) -> Answered:
        """What to tell of a row that the table does not take."""
        ...


class NotStoredError(Exception):
    """Nothing of what was put is acknowledged: too much waits, or the database does not answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much waits at most, and how long a batch may take, in rows and seconds."""

    rows_waiting: int = 20_000
    rows_of_a_batch: int = 2_000
    seconds: float = 5.0


class _Put(NamedTuple, Generic[Row, Told]):
    rows: Sequence[Row]
    answer: "asyncio.Future[list[Told]]"


class GroupCommit(Generic[Row, Told]):
    """One writer with one connection; `put` from as many requests as come."""

    def __init__(
        self,
        table: Table[Row, Told],
        connect: Connect,
        limits: Limits | None = None,
        *,
        watch: Callable[[float], None] | None = None,
    ) -> None:
        """`watch` is told the seconds of each batch that was stored."""
        self._table, self._connect, self._watch = table, connect, watch
        self.limits = limits or Limits()
        self.rows_waiting = 0
        self._puts: deque[_Put[Row, Told]] = deque()
        self._arrived = asyncio.Event()
        self._connection: AsyncConnection[tuple[object, ...]] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._is_closing = False

    async def put(self, rows: Sequence[Row]) -> list[Told]:
        """What to tell of each row, after its COMMIT. Raises `NotStoredError`."""
        if self._is_closing or self.rows_waiting + len(rows) > self.limits.rows_waiting:
            raise NotStoredError
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        put = _Put[Row, Told](rows, asyncio.get_running_loop().create_future())
        self._puts.append(put)
        self.rows_waiting += len(rows)
        self._arrived.set()
        return await put.answer

    async def close(self) -> None:
        """Write what waits, then end; nothing is taken any more."""
        self._is_closing = True
        self._arrived.set()
        if self._writer is not None:
            await self._writer
        await self._disconnect()

    async def _write(self) -> None:
        while not (self._is_closing and not self._puts):
            await self._arrived.wait()
            puts = self._batch()
            if puts:
                await self._store(puts)

    def _batch(self) -> list[_Put[Row, Told]]:
        """The oldest puts, as many as fit into a batch, at least one."""
        puts: list[_Put[Row, Told]] = []
        n_rows = 0
        while self._puts and (not puts or n_rows + len(self._puts[0].rows) <= self._most):
            puts.append(self._puts.popleft())
            n_rows += len(puts[-1].rows)
        if not self._puts and not self._is_closing:
            self._arrived.clear()
        return puts

    @property
    def _most(self) -> int:
        return self.limits.rows_of_a_batch

    async def _store(self, puts: Sequence[_Put[Row, Told]]) -> None:
        rows = [row for put in puts for row in put.rows]
        told: list[Told] | None = None
        try:
            told = await self._told(rows)
        except Exception as error:  # whatever it was, nobody may wait for ever
            _log.warning("a batch of %s rows was not stored: %s", len(rows), type(error).__name__)
        self._answer(puts, told)

    async def _told(self, rows: Sequence[Row]) -> list[Told]:
        """What to tell of each row, in the order in which they came."""
        order = sorted(range(len(rows)), key=lambda at: self._table.key(rows[at]))
        began = time.monotonic()
        sorted_told = await self._written([rows[at] for at in order])
        if self._watch is not None:
            self._watch(time.monotonic() - began)
        told = dict(zip(order, sorted_told, strict=True))
        return [told[at] for at in range(len(rows))]

    def _answer(self, puts: Sequence[_Put[Row, Told]], told: list[Told] | None) -> None:
        at = 0
        for rows, answer in puts:
            self.rows_waiting -= len(rows)
            if answer.done():  # whoever asked has hung up
                pass
            elif told is None:
                answer.set_exception(NotStoredError())
            else:
                answer.set_result(told[at : at + len(rows)])
            at += len(rows)

    async def _written(self, rows: Sequence[Row]) -> Sequence[Told]:
        """One attempt, and a second one where the first met somebody else's fault."""
        try:
            return await self._attempt(rows)
        except _AGAIN:
            return await self._attempt(rows)

    async def _attempt(self, rows: Sequence[Row]) -> Sequence[Told]:
        try:
            async with asyncio.timeout(self.limits.seconds):
                connection = await self._connected()
                try:
                    return await self._table.write(connection, rows)
                except _OF_A_ROW as error:
                    return await self._one_by_one(connection, rows, error)
        except (errors.DeadlockDetected, errors.SerializationFailure):
            raise
        except BaseException:
            await self._disconnect()  # in what state it is nobody knows
            raise

    async def _one_by_one(
        self,
        connection: "AsyncConnection[tuple[object, ...]]",
        rows: Sequence[Row],
        error: psycopg.Error,
    ) -> list[Told]:
        """Every row by itself, since one of them is not taken."""
        if len(rows) == 1:
            return [self._table.refused(rows[0], error)]
        told: list[Told] = []
        for row in rows:
            try:
                told += await self._table.write(connection, [row])
            except _OF_A_ROW as refusal:
                told.append(self._table.refused(row, refusal))
        return told

    async def _connected(self) -> "AsyncConnection[tuple[object, ...]]":
        if self._connection is None or self._connection.closed:
            self._connection = await self._connect()
        return self._connection

    async def _disconnect(self) -> None:
        held, self._connection = self._connection, None
        if held is not None:
            with suppress(psycopg.Error, OSError):
                await held.close()
