"""Visits out of a day of scans, scans a second, beside the same rule as one statement on DuckDB.

Two visits a person, in places that draw many and few, between seven and ten in the evening; two of
five scan out. Scans come in the order of time. The peer has them in a table of its own in memory
and uses both cores, ours one. It does less: no corrections, nothing that is hard to believe, not
which scan is of which visit, no entrances, no check of what enters, no order of scans in one second
(there are none here). What both tell, they tell alike, row by row.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.harness import Row
from vungxanh.engines.stays import Points, Scans, visits_of

LEAST_RATE: Final = 3e6
SQL: Final = Path(__file__).with_name("stays_duckdb.sql")
N_THREADS: Final = 2
BEGUN: Final = 1_900_108_800  # a UTC day, and seven in the morning in Vietnam
AWAKE_S: Final = 15 * 3600
USUAL_MINUTES: Final = (30, 30, 60, 60, 60, 120, 240, 480, 720)
TOLD: Final = ("person", "point", "t_in", "t_out", "start_by", "ended_by")
Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of scans, and the places where they were made."""

    scans: Scans
    points: Points


def run(full: bool) -> list[Row]:
    """Three million scans; the small form has twenty thousand."""
    n_scans, turns = (3_000_000, 3) if full else (20_000, 1)
    day = made(n_scans)
    with duckdb.connect(config={"threads": N_THREADS}) as peer:
        give(peer, day)
        statement = SQL.read_text(encoding="utf-8")
        compare(ours(day), peer.execute(statement).fetchnumpy())  # compiles too
        own = best(lambda: ours(day), turns)
        theirs = best(lambda: peer.execute(statement).fetchnumpy(), turns)
    n = len(day.scans)
    peer_does = f"one statement with windows on {N_THREADS} threads, and less"
    spent = f"{n:,} scans in {own:.2f} s; peer DuckDB {duckdb.__version__}, {peer_does}"
    note = f"{spent}; load {os.getloadavg()[0]:.1f}"
    limit = LEAST_RATE if full else None
    return [
        Row("visits of a day's scans", n / own, n / theirs, theirs / own, limit, "rows/s", note)
    ]


def made(n_scans: int) -> Day:
    """About so many scans; of two scans of one person in one second the first."""
    rng = np.random.default_rng(2031)
    n_visits, n_points = int(n_scans / 1.4), max(10, n_scans // 60)
    person = 1 + rng.integers(0, n_scans // 3, n_visits)
    point = (n_points * rng.random(n_visits) ** 2).astype(np.int32)
    came = BEGUN + (AWAKE_S * (rng.random(n_visits) + rng.random(n_visits)) / 2).astype(np.int64)
    left = came + np.minimum(rng.exponential(2700, n_visits), 28_800).astype(np.int64)
    goes = np.flatnonzero(rng.random(n_visits) < 0.4)
    columns: tuple[NDArray[Any], ...] = (
        np.concatenate([person, person[goes]]),
        np.concatenate([point, point[goes]]),
        np.concatenate([came, left[goes]]),
        np.concatenate([np.zeros(n_visits, np.int8), np.ones(len(goes), np.int8)]),
        np.zeros(n_visits + len(goes), np.int16),
    )
    _, once = np.unique(columns[0] << 18 | columns[2] - BEGUN, return_index=True)
    order = once[np.argsort(columns[2][once], kind="stable")]
    usual = 60 * rng.choice(USUAL_MINUTES, n_points).astype(np.int64)
    north, east = 13.5 + 0.9 * rng.random(n_points), 108.6 + 0.6 * rng.random(n_points)
    return Day(Scans(*(column[order] for column in columns)), Points(usual, north, east))


def ours(day: Day) -> Columns:
    """By the engine."""
    visits = visits_of(day.scans, day.points)
    names = {"person": "person_id"}
    return {name: getattr(visits, names.get(name, name)) for name in TOLD}


def give(peer: duckdb.DuckDBPyConnection, day: Day) -> None:
    """The same columns as tables of the peer."""
    scans = day.scans
    columns = (scans.person_id, scans.point, scans.at, scans.direction, scans.entrance)
    names = ["person", "point", "moment", "direction", "entrance"]
    places = [np.arange(len(day.points), dtype=np.int32), day.points.usual_s]
    peer.register("scan_rows", pa.table(list(columns), names=names))
    peer.register("place_rows", pa.table(places, names=["point", "usual"]))
    peer.execute("CREATE TABLE scan AS FROM scan_rows; CREATE TABLE place AS FROM place_rows")


def compare(one: Columns, other: Columns) -> None:
    """Every visit is told alike; who told it in which order does not count."""
    for name in TOLD:
        if not np.array_equal(_in_order(one)[name], _in_order(other)[name]):
            raise AssertionError(name)


def best(work: Callable[[], object], turns: int) -> float:
    """Seconds of the quickest turn."""
    times = []
    for _ in range(turns):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _in_order(columns: Columns) -> Columns:
    order = np.lexsort([np.asarray(columns[name]) for name in ("t_out", "t_in", "point", "person")])
    return {name: np.asarray(columns[name], np.int64)[order] for name in TOLD}
