"""Group commit: what is answered is there, what is not is said, whatever the database does."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from django.db import connection as django_connection
from psycopg import AsyncConnection, errors

from tests.factories import loops
from vungxanh.core.group_commit import GroupCommit, Limits, NotStoredError

pytestmark = pytest.mark.django_db(transaction=True)
Row = tuple[int, int]  # a key, and a value that the table wants to be greater than 0
INSERT = """
INSERT INTO group_commit_rows SELECT * FROM unnest(%s::int[], %s::int[])
ON CONFLICT DO NOTHING RETURNING id
"""


@pytest.fixture
def conninfo(transactional_db: None) -> Iterator[str]:
    said = django_connection.get_connection_params()
    kept = {"dbname", "user", "host", "port", "password", "options"}
    given = {key: said[key] for key in kept & said.keys()}
    found = psycopg.conninfo.make_conninfo(**given, application_name="a writer")
    with psycopg.connect(found, autocommit=True, application_name="an owner") as owner:
        owner.execute(
            "CREATE TABLE group_commit_rows (id int PRIMARY KEY, value int CHECK (value > 0))"
        )
        yield found
        owner.execute("DROP TABLE group_commit_rows")


class Rows:
    """The table, with faults that a test plants before or after a statement."""

    def __init__(self) -> None:
        self.before: list[Callable[[], Awaitable[None]]] = []
        self.after: list[Callable[[], Awaitable[None]]] = []
        self.batches: list[list[Row]] = []

    def key(self, row: Row) -> bytes:
        return row[0].to_bytes(4, "big")

    async def write(self, connection: AsyncConnection[Any], rows: Sequence[Row]) -> list[str]:
        self.batches.append(list(rows))
        if self.before:
            await self.before.pop(0)()
        cursor = await connection.execute(INSERT, [[one for one, _ in rows], [v for _, v in rows]])
        new = {one for (one,) in await cursor.fetchall()}
        if self.after:
            await self.after.pop(0)()
        return ["stored" if one in new else "duplicate" for one, _ in rows]

    def refused(self, row: Row, error: psycopg.Error) -> str:
        return f"refused {row[0]}"


async def failing(error: BaseException) -> None:
    raise error


def stored(conninfo: str) -> list[int]:
    with psycopg.connect(conninfo) as reader:
        return [one for (one,) in reader.execute("SELECT id FROM group_commit_rows ORDER BY id")]


def put_all(
    conninfo: str,
    rows: Rows,
    puts: Sequence[Sequence[Row]],
    limits: Limits | None = None,
) -> list[Any]:
    """What each put is told, or the error it gets, all put at once."""

    async def run() -> list[Any]:
        def connect() -> Awaitable[AsyncConnection[Any]]:
            return AsyncConnection.connect(conninfo, autocommit=True)

        commit = GroupCommit(rows, connect, limits)
        told = await asyncio.gather(*map(commit.put, puts), return_exceptions=True)
        await commit.close()
        assert commit.rows_waiting == 0
        return told

    return loops.run(run())


def test_every_row_is_told_and_there(conninfo: str) -> None:
    told = put_all(conninfo, Rows(), [[(3, 1), (1, 1)], [(2, 1)], []])
    assert told == [["stored", "stored"], ["stored"], []]
    assert stored(conninfo) == [1, 2, 3]


def test_rows_of_many_puts_go_together_sorted_by_key(conninfo: str) -> None:
    rows = Rows()
    put_all(conninfo, rows, [[(9, 1)], [(4, 1)], [(7, 1)], [(1, 1)]])
    assert rows.batches == [[(1, 1), (4, 1), (7, 1), (9, 1)]]


def test_a_batch_keeps_to_its_limit_but_a_large_put_stays_whole(conninfo: str) -> None:
    rows = Rows()
    puts = [[(1, 1), (2, 1)], [(3, 1)], [(4, 1), (5, 1), (6, 1), (7, 1)]]
    put_all(conninfo, rows, puts, Limits(rows_of_a_batch=3))
    assert [len(batch) for batch in rows.batches] == [3, 4]


def test_a_key_sent_again_is_a_duplicate_also_in_one_batch(conninfo: str) -> None:
    assert put_all(conninfo, Rows(), [[(1, 1)]]) == [["stored"]]
    assert put_all(conninfo, Rows(), [[(1, 1)], [(2, 1)]]) == [["duplicate"], ["stored"]]


@pytest.mark.parametrize(
    "error",
    [
        errors.DeadlockDetected(),
        errors.SerializationFailure(),
        psycopg.OperationalError("the connection is lost"),
        psycopg.InterfaceError("the connection is closed"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_one_fault_of_somebody_else_is_not_noticed(
    conninfo: str, error: BaseException, when: str
) -> None:
    rows = Rows()
    getattr(rows, when).append(lambda: failing(error))
    (told,) = put_all(conninfo, rows, [[(1, 1)]])
    assert told == ["stored" if when == "before" else "duplicate"]
    assert stored(conninfo) == [1]
    assert len(rows.batches) == 2


def test_two_faults_are_told_as_not_stored_and_the_next_rows_pass(conninfo: str) -> None:
    rows = Rows()
    rows.before += [lambda: failing(psycopg.OperationalError("away"))] * 2
    puts = [[(1, 1)], [(2, 1)]]
    first, second = put_all(conninfo, rows, puts, Limits(rows_of_a_batch=1))
    assert isinstance(first, NotStoredError)
    assert second == ["stored"]
    assert stored(conninfo) == [2]


def test_a_row_that_the_table_does_not_take_hinders_no_other(conninfo: str) -> None:
    told = put_all(conninfo, Rows(), [[(1, 1)], [(2, -5)], [(3, 1), (4, 0)]])
    assert told == [["stored"], ["refused 2"], ["stored", "refused 4"]]
    assert stored(conninfo) == [1, 3]


def test_everybody_is_told_of_their_own_rows_whatever_the_order_of_keys(conninfo: str) -> None:
    puts = [[(9, 1), (2, -1)], [(5, 1)], [(1, -1), (7, 1), (9, 1)]]
    told = put_all(conninfo, Rows(), puts, Limits(rows_of_a_batch=50))
    assert told == [["stored", "refused 2"], ["stored"], ["refused 1", "stored", "duplicate"]]


def test_who_has_hung_up_hinders_nobody(conninfo: str) -> None:
    async def run() -> tuple[object, bool, int]:
        def connect() -> Awaitable[AsyncConnection[Any]]:
            return AsyncConnection.connect(conninfo, autocommit=True)

        rows = Rows()
        commit = GroupCommit(rows, connect)
        puts = [asyncio.create_task(commit.put([(key, 1)])) for key in (1, 2)]
        rows.before.append(lambda: _cancelled(puts[0]))
        told = await asyncio.gather(*puts, return_exceptions=True)
        await commit.close()
        return told[1], puts[0].cancelled(), commit.rows_waiting

    assert loops.run(run()) == (["stored"], True, 0)
    assert stored(conninfo) == [1, 2]


async def _cancelled(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    await asyncio.sleep(0)


class Forgetful(Rows):
    """A table that loses count, or a key, of its first batch."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what: str | None = what

    def key(self, row: Row) -> bytes:
        if self.what == "key":
            self.what = None
            raise ValueError
        return super().key(row)

    async def write(self, connection: AsyncConnection[Any], rows: Sequence[Row]) -> list[str]:
        told = await super().write(connection, rows)
        if self.what == "count":
            self.what = None
            return told[1:]
        return told


@pytest.mark.parametrize("what", ["key", "count"])
def test_a_fault_of_our_own_lets_nobody_wait_and_the_next_rows_pass(
    conninfo: str, what: str
) -> None:
    puts = [[(1, 1)], [(2, 1)]]
    first, second = put_all(conninfo, Forgetful(what), puts, Limits(rows_of_a_batch=1))
    assert isinstance(first, NotStoredError)
    assert second == ["stored"]


def test_what_does_not_fit_into_the_queue_is_told_at_once(conninfo: str) -> None:
    rows = Rows()
    puts = [[(1, 1), (2, 1)], [(3, 1), (4, 1)], [(5, 1)]]
    told = put_all(conninfo, rows, puts, Limits(rows_waiting=3))
    assert [isinstance(one, NotStoredError) for one in told] == [False, True, False]
    assert stored(conninfo) == [1, 2, 5]


def test_a_database_that_hangs_is_left_in_time_and_reached_again(conninfo: str) -> None:
    rows = Rows()
    rows.before += [lambda: asyncio.sleep(60)] * 2
    limits = Limits(rows_of_a_batch=1, seconds=0.3)
    first, second = put_all(conninfo, rows, [[(1, 1)], [(2, 1)]], limits)
    assert isinstance(first, NotStoredError)
    assert second == ["stored"]


def test_a_backend_that_was_ended_is_replaced(conninfo: str) -> None:
    async def end_all() -> None:
        with psycopg.connect(conninfo, autocommit=True, application_name="a test") as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'a writer'"
            )

    rows = Rows()
    rows.after += [end_all]
    puts = [[(1, 1)], [(2, 1)]]
    told = put_all(conninfo, rows, puts, Limits(rows_of_a_batch=1))
    assert told == [["stored"], ["stored"]]
    assert len(rows.batches) == 3
    assert stored(conninfo) == [1, 2]


def test_closing_writes_what_waits_and_takes_no_more(conninfo: str) -> None:
    async def run() -> tuple[list[str], bool]:
        def connect() -> Awaitable[AsyncConnection[Any]]:
            return AsyncConnection.connect(conninfo, autocommit=True)

        commit = GroupCommit(Rows(), connect)
        waiting = asyncio.create_task(commit.put([(1, 1)]))
        await asyncio.sleep(0)
        await commit.close()
        try:
            await commit.put([(2, 1)])
        except NotStoredError:
            return await waiting, True
        return await waiting, False

    assert loops.run(run()) == (["stored"], True)
    assert stored(conninfo) == [1]


def test_two_writers_with_the_same_keys_in_any_order_get_no_error(conninfo: str) -> None:
    async def run() -> list[list[str]]:
        def connect() -> Awaitable[AsyncConnection[Any]]:
            return AsyncConnection.connect(conninfo, autocommit=True)

        writers = [GroupCommit(Rows(), connect, Limits(rows_of_a_batch=50)) for _ in range(2)]
        puts = [
            writer.put([(key * sign % 997, 1) for key in range(at, at + 10)])
            for at in range(1, 900, 10)
            for writer, sign in zip(writers, (1, -1), strict=True)
        ]
        told = await asyncio.gather(*puts)
        for writer in writers:
            await writer.close()
        return told

    told = [one for each in loops.run(run()) for one in each]
    found = stored(conninfo)
    assert told.count("stored") == len(found)
    assert all(one < other for one, other in pairwise(found))
