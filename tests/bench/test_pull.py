"""Reading a COPY past libpq: the same numbers as PostgreSQL gave, whatever comes between them."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import psycopg
import pytest

from bench import pull_socket
from bench.pull_socket import PullError, pulled
from vungxanh.core.postgres import Cluster, find_binaries, running

SERIES = "SELECT n, -n * 1000003 FROM generate_series(1::bigint, {}) AS made (n)"


@pytest.fixture(scope="module")
def conninfo() -> Iterator[str]:
    """A server of its own."""
    made = TemporaryDirectory(prefix="vungxanh-pull-")
    with made as home, running(Cluster(Path(home), find_binaries())) as cluster:
        yield cluster.conninfo()


def _columns(conninfo: str, query: str) -> list[list[int]]:
    parts = list(pulled(psycopg.connect(conninfo), query, 2))
    return [
        np.concatenate([np.empty(0, np.int64), *one]).tolist() for one in zip(*parts, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("n", [1, 2, 99_999, 300_000])
def test_socket_gives_every_row_in_order(conninfo: str, n: int) -> None:
    first, second = _columns(conninfo, SERIES.format(n))
    assert first == list(range(1, n + 1))
    assert second == [-one * 1_000_003 for one in first]


@pytest.mark.slow
def test_socket_gives_every_row_through_a_buffer_of_any_size(
    conninfo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for size in (64, 65, 97, 1000):
        monkeypatch.setattr(pull_socket, "BUFFER_BYTES", size)
        assert _columns(conninfo, SERIES.format(50))[0] == list(range(1, 51))


@pytest.mark.slow
def test_no_rows_are_no_columns(conninfo: str) -> None:
    assert _columns(conninfo, SERIES.format(0)) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT n, NULLIF(n, 3) FROM generate_series(1::bigint, 9) AS made (n)", "not a row"),
        ("SELECT n, 9 / (n - 70000) FROM generate_series(1::bigint, 90000) AS made (n)", "zero"),
        ("SELECT n, nobody FROM generate_series(1::bigint, 9) AS made (n)", "nobody"),
    ],
)
def test_a_null_or_an_error_of_the_server_ends_the_pull(
    conninfo: str, query: str, said: str
) -> None:
    with pytest.raises(PullError, match=said):
        _columns(conninfo, query)


@pytest.mark.slow
def test_messages_of_the_server_between_rows_are_passed_by(conninfo: str) -> None:
    asked: Any = (
        "SELECT n, 1::bigint + length(set_config('application_name', 'x' || n, false)) * 0"
        " FROM generate_series(1::bigint, 20000) AS made (n)"
    )
    first, second = _columns(conninfo, asked)
    assert first == list(range(1, 20_001))
    assert set(second) == {1}
