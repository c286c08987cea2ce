"""Reading a COPY past libpq: the same numbers as PostgreSQL gave, whatever comes between them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from vungxanh.checkins.gateways import row_socket
from vungxanh.checkins.gateways.row_columns import RowColumns
from vungxanh.checkins.gateways.row_socket import PullError, pulled, pulled_by_libpq
from vungxanh.core.postgres import Cluster, find_binaries, running

KINDS = ("i8", "i8")
Way = Callable[["psycopg.Connection[Any]", str, Sequence[str]], Iterator[Any]]
WAYS = pytest.mark.parametrize("way", [pulled, pulled_by_libpq], ids=["socket", "libpq"])
SERIES = "SELECT n, -n * 1000003 FROM generate_series(1::bigint, {}) AS made (n)"


@pytest.fixture(scope="module")
def conninfo() -> Iterator[str]:
    """A server of its own."""
    made = TemporaryDirectory(prefix="vungxanh-pull-")
    with made as home, running(Cluster(Path(home), find_binaries())) as cluster:
        yield cluster.conninfo()


def _columns(conninfo: str, query: str, *, way: Way = pulled, room: int = 0) -> list[list[int]]:
    found = RowColumns(KINDS, room)
    with psycopg.connect(conninfo) as connection:
        found.take(way(connection, query, KINDS))
    return [column.tolist() for column in found.all()]


@pytest.mark.slow
@WAYS
@pytest.mark.parametrize("room", [0, 10_000, 400_000])
@pytest.mark.parametrize("n", [1, 2, 99_999, 200_000])
def test_every_row_comes_once_whatever_room_was_made(
    conninfo: str, way: Way, room: int, n: int
) -> None:
    first, second = _columns(conninfo, SERIES.format(n), way=way, room=room)
    assert sorted(first) == list(range(1, n + 1))
    assert second == [-one * 1_000_003 for one in first]


@pytest.mark.slow
def test_rows_of_several_threads_share_their_columns(conninfo: str) -> None:
    found = RowColumns(KINDS, 250_000)
    queries = [SERIES.format(70_000).replace("1::bigint", f"{n * 1000}::bigint") for n in range(4)]

    def take(query: str) -> None:
        found.take(pulled(psycopg.connect(conninfo), query, KINDS))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(take, queries))
    first, second = (column.tolist() for column in found.all())
    wanted = [one for n in range(4) for one in range(n * 1000, 70_001)]
    assert sorted(first) == sorted(wanted)
    assert second == [-one * 1_000_003 for one in first]


@pytest.mark.slow
@WAYS
def test_a_connection_is_closed_or_may_be_used_again(conninfo: str, way: Way) -> None:
    connection = psycopg.connect(conninfo)
    RowColumns(KINDS, 0).take(way(connection, SERIES.format(3), KINDS))
    assert connection.closed == (way is pulled)
    connection.close()


@pytest.mark.slow
def test_socket_gives_every_row_through_a_buffer_of_any_size(
    conninfo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in (64, 65, 97, 1000):
        monkeypatch.setattr(row_socket, "BUFFER_BYTES", size)
        assert _columns(conninfo, SERIES.format(50))[0] == list(range(1, 51))


@pytest.mark.slow
@WAYS
def test_no_rows_are_empty_columns(conninfo: str, way: Way) -> None:
    assert _columns(conninfo, SERIES.format(0), way=way) == [[], []]


@pytest.mark.slow
@WAYS
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT n, NULLIF(n, 3) FROM generate_series(1::bigint, 9) AS made (n)", "not a row"),
        ("SELECT n, 9 / (n - 70000) FROM generate_series(1::bigint, 90000) AS made (n)", "zero"),
        ("SELECT n, nobody FROM generate_series(1::bigint, 9) AS made (n)", "nobody"),
    ],
)
def test_a_null_or_an_error_of_the_server_ends_the_pull(
    conninfo: str, way: Way, query: str, said: str
) -> None:
    with pytest.raises((PullError, psycopg.Error), match=said):
        _columns(conninfo, query, way=way)


@pytest.mark.slow
def test_messages_of_the_server_between_rows_are_passed_by(conninfo: str) -> None:
    asked: Any = (
        "SELECT n, 1::bigint + length(set_config('application_name', 'x' || n, false)) * 0"
        " FROM generate_series(1::bigint, 20000) AS made (n)"
    )
    first, second = _columns(conninfo, asked)
    assert first == list(range(1, 20_001))
    assert set(second) == {1}
