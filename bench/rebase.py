"""Re-basing a nation: `engines.coverage.rebase` beside DuckDB joining and adding the same rows.

Synthetic figures (none of them real): units × days × 3 elements as a long table with columns unit,
column and value, as a query would answer them, 2 % of them missing. Nine in ten old units merge
whole, the others are shared between two or three new ones. Both get the same rows; whole units'
sums are compared before a time is reported. One thread each.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.harness import Row
from vungxanh.engines.coverage.rebase import Rebased, UnitTable, Way, rebase

N_OLD, N_NEW, N_ELEMENTS = 10_599, 3_321, 3
SQL = """
select way.new as unit, figure.col as col, sum(figure.value * way.share) as total,
       count(*) as n_used, bool_or(way.share < 1) as is_estimated
from figure join way on way.old = figure.unit
group by 1, 2
"""


@dataclass(frozen=True)
class Nation:
    """A long table of figures, the succession, and how many columns the figures make."""

    unit: NDArray[np.int32]
    column: NDArray[np.int32]
    value: NDArray[np.int64]
    ways: tuple[Way, ...]
    names: tuple[str, ...]
    n_columns: int


def run(full: bool) -> list[Row]:
    """Measure both, three times each, the better time standing."""
    n_days = 400 if full else 20
    nation = build(n_days)
    peer = connected(nation)
    ours = best(lambda: rebased(nation), 3)
    theirs = best(lambda: peer.sql(SQL).to_arrow_table(), 3)
    compare(rebased(nation), peer)
    note = f"{N_OLD:,} units × {n_days} days × {N_ELEMENTS}, load {os.getloadavg()[0]:.1f}"
    return [
        Row(
            name="re-base a national table",
            ours=ours,
            peer=theirs,
            ratio=theirs / ours,
            limit=2.0,
            unit="s",
            note=f"{note}; one thread; peer DuckDB {duckdb.__version__}",
        )
    ]


def best(work: Callable[[], object], repeat: int) -> float:
    """Seconds of the quickest of `repeat` runs."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def rebased(nation: Nation) -> Rebased:
    """From the long table to figures on the new units."""
    shape = (len(nation.names), nation.n_columns)
    values, is_known = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    values[nation.unit, nation.column] = nation.value
    is_known[nation.unit, nation.column] = True
    return rebase(UnitTable(nation.names, values, is_known), nation.ways)


def connected(nation: Nation) -> duckdb.DuckDBPyConnection:
    """DuckDB holding the same rows, with one thread."""
    peer = duckdb.connect(config={"threads": 1})
    columns = {"unit": nation.unit, "col": nation.column, "value": nation.value}
    places = {name: place for place, name in enumerate(nation.names)}
    ways = {
        "old": np.array([places[way.old] for way in nation.ways], np.int32),
        "new": pa.array([way.new for way in nation.ways]),
        "share": np.array([float(way.share or 1) for way in nation.ways]),
    }
    peer.register("figure_rows", pa.table(columns))
    peer.register("way_rows", pa.table(ways))
    peer.execute("create table figure as from figure_rows; create table way as from way_rows")
    return peer


def compare(ours: Rebased, peer: duckdb.DuckDBPyConnection) -> None:
    """Sums of whole units must be equal, shared ones within one a part."""
    theirs = peer.execute(f"from ({SQL}) order by unit, col").fetchnumpy()
    known = ours.is_known.ravel()
    assert np.array_equal(ours.n_used.ravel()[known], theirs["n_used"])
    assert np.array_equal(ours.is_estimated.ravel()[known], theirs["is_estimated"])
    difference = np.abs(ours.values.ravel()[known] - theirs["total"])
    assert (difference < np.where(theirs["is_estimated"], theirs["n_used"], 1e-6)).all()


def build(n_days: int) -> Nation:
    """The figures and the succession, the same on every run."""
    rng = np.random.default_rng(2025)
    n_columns = n_days * N_ELEMENTS
    kept = np.flatnonzero(rng.random(N_OLD * n_columns) >= 0.02)
    names = tuple(f"vn-2021:{n:05d}" for n in range(N_OLD))
    return Nation(
        unit=(kept // n_columns).astype(np.int32),
        column=(kept % n_columns).astype(np.int32),
        value=rng.integers(0, 50_000, len(kept)),
        ways=succession(rng, names),
        names=names,
        n_columns=n_columns,
    )


def succession(rng: np.random.Generator, names: tuple[str, ...]) -> tuple[Way, ...]:
    """Nine in ten go whole to a neighbour, the others to two or three new units by share."""
    ways = []
    for place, old in enumerate(names):
        first = place * N_NEW // N_OLD
        n_parts = 1 if rng.random() < 0.9 else int(rng.integers(2, 4))
        sizes = [int(size) for size in rng.integers(1, 100, n_parts)]
        ways += [
            Way(old, f"vn-2025:{(first + n) % N_NEW:05d}", Fraction(size, sum(sizes)))
            for n, size in enumerate(sizes)
        ]
    return tuple(ways)
