"""Scans out of PostgreSQL into a Parquet file by time, rows a second from the question to the file.

A day of scans in a table of the columns of `checkins_scan` without indexes, in the order in which
they arrived, up to half a minute after they were made. Every way gives four numbers (person, place,
two times in unix seconds), which are brought into the order of time and written into the folder of
day files by the same code, forced to disk with their digest: who is faster is faster at pulling.
Ours is `gateways/day_pull`; beside us a cursor of the server and what one tries next, and ours with
the six columns that days of visits are made of.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numba as nb
import numpy as np
import psycopg
from numpy.typing import NDArray

from bench import intake_cpu
from bench.harness import ROOT, Row
from bench.intake_servers import postmaster
from bench.pull_ways import DAY, TABLE, WAYS, Columns, Int64s, Way, by_rows, ours, table_of
from vungxanh.checkins.gateways.day_files import DayFolder
from vungxanh.core.postgres import DATABASE, Cluster, find_binaries, running

LEAST_RATE: Final = 4e6
DAY_US: Final = 86_400_000_000
MADE: Final = """
CREATE UNLOGGED TABLE checkins_scan_20260302 (
    id uuid NOT NULL, person_id bigint NOT NULL, point_id bigint NOT NULL,
    entrance smallint NOT NULL, direction smallint NOT NULL, means smallint NOT NULL,
    at timestamptz NOT NULL, received_at timestamptz NOT NULL, device_id uuid NOT NULL,
    flags smallint NOT NULL, tx xid8 NOT NULL DEFAULT pg_current_xact_id()
)
"""
FILLED: Final = """
INSERT INTO checkins_scan_20260302
SELECT gen_random_uuid(), 1 + (random() * 1e6)::bigint, 1 + (random() * 5e4)::bigint, 0, n %% 2, 0,
    received - random() * interval '30 seconds', received, gen_random_uuid(), 0
FROM (
    SELECT n, timestamptz '2026-03-02' + n * %(step)s * interval '1 microsecond' AS received
    FROM generate_series(0::bigint, %(rows)s - 1) AS made (n)
) AS scans
"""


def run(full: bool) -> list[Row]:
    """Ten million scans; the small form has a hundred thousand."""
    n_rows, turns = (10_000_000, 3) if full else (100_000, 1)
    with _table(n_rows) as cluster, TemporaryDirectory() as folder:
        pull = _Pull(cluster, DayFolder(Path(folder)))
        pull.whole(ours)  # compiles
        own = min((pull.whole(ours) for _ in range(turns)), key=lambda one: one.seconds)
        peer = pull.whole(by_rows)
        others = {name: pull.whole(way) for name, way in WAYS.items()}
    limit = LEAST_RATE if full else None
    return [
        _row("ours, beside a cursor", own, peer, limit),
        *(_row(f"{name}, beside a cursor", one, peer, None) for name, one in others.items()),
    ]


class _Taken:
    """What one pull took: seconds, and seconds on a processor of PostgreSQL and of the rest."""

    def __init__(self, n_rows: int, seconds: float, server: float, client: float) -> None:
        self.rate, self.seconds = n_rows / seconds, seconds
        self.server, self.client = server, client


class _Pull:
    """A pull from a cluster into a folder."""

    def __init__(self, cluster: Cluster, folder: DayFolder) -> None:
        self.conninfo = cluster.conninfo(database=DATABASE)
        self.postmaster = postmaster(cluster.home)
        self.folder = folder
        self.wanted: tuple[int, ...] | None = None

    def whole(self, way: Way) -> _Taken:
        """From the question to the file, which has the same sums every time."""
        server, client = self._spent()
        began = time.perf_counter()
        columns = _by_time(way(self.conninfo))
        self.folder.write_visits(DAY, table_of(columns), np.empty(0, np.int64))
        seconds = time.perf_counter() - began
        ended = self._spent()
        sums = (len(columns[0]), *(int(column.sum()) for column in columns[:3]))
        self.wanted = self.wanted or sums
        if sums != self.wanted:
            raise AssertionError(f"{way.__name__}: {sums} instead of {self.wanted}")
        return _Taken(sums[0], seconds, ended[0] - server, ended[1] - client)

    def _spent(self) -> tuple[float, float]:
        return intake_cpu.seconds([self.postmaster]), intake_cpu.seconds([os.getpid()])


def _by_time(columns: Columns) -> Columns:
    """In the order of the third column, of which there are few values: counted, then placed.

    In place, since memory that is new costs more than the work.
    """
    first = int(columns[2].min())
    order = np.empty(len(columns[2]), np.int32)
    _placed(columns[2], first, int(columns[2].max()), order)
    room = np.empty(len(order), np.int64)
    for column in columns:
        spare = room.view(column.dtype)[: len(order)]
        np.take(column, order, out=spare, mode="clip")
        column[:] = spare
    return columns


def _place(keys: Int64s, first: int, last: int, order: NDArray[np.int32]) -> None:
    """Write where each row of the sorted ones comes from; equal keys stay as they were."""
    place = np.zeros(last - first + 2, np.int64)
    for key in keys:
        place[key - first + 1] += 1
    for at in range(last - first + 1):
        place[at + 1] += place[at]
    for at in range(len(keys)):
        key = keys[at] - first
        order[place[key]] = at
        place[key] += 1


_placed: Any = nb.njit(nogil=True)(_place)


def _row(name: str, ours: _Taken, peer: _Taken, limit: float | None) -> Row:
    spent = f"{ours.server:.2f} s of PostgreSQL, {ours.client:.2f} s of us on a processor"
    note = f"{spent}; load {os.getloadavg()[0]:.1f}"
    return Row(
        f"pull into Parquet: {name}",
        ours.rate,
        peer.rate,
        ours.rate / peer.rate,
        limit,
        "rows/s",
        note,
    )


@contextmanager
def _table(n_rows: int) -> Iterator[Cluster]:
    """A server with the table, kept for the next run."""
    cache = Path(os.environ.get("VUNGXANH_BENCH_CACHE", ROOT / "var" / "bench"))
    with running(Cluster(cache / f"pulled-{n_rows}", find_binaries())) as cluster:
        conninfo = cluster.conninfo(database=DATABASE)
        with psycopg.connect(conninfo, autocommit=True) as connection:
            found = connection.execute("SELECT to_regclass(%s)", [TABLE]).fetchone()
            if found is None or found[0] is None:
                with connection.transaction():
                    connection.execute(MADE)
                    connection.execute(FILLED, {"rows": n_rows, "step": DAY_US // n_rows})
                connection.execute(f"VACUUM ANALYZE {TABLE}")
        yield cluster
