"""Roll-ups of a nation: the cube of `engines.coverage` beside DuckDB doing the same work.

Synthetic register (nobody in it exists): people × 10,599 communes × days, log-normal
commune sizes, arrivals gamma-distributed over the days, 62 % verified. Full form: 98 million people
and 400 days; small form: one million and 60 days. Both engines read the same Parquet file, in the
same process, with two threads, and their ranks are compared before a time is reported.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.harness import Row
from vungxanh.engines.coverage.cube import Cube, CubeShape, LevelSheet, Tree

N_COMMUNES, N_DISTRICTS, N_PROVINCES = 10_599, 705, 63
FIRST_DAY = date(2020, 8, 1)
N_THREADS = 2
GROUP_ROWS = 1_000_000
BATCH_ROWS = 32_768
DELTA_ROWS = 500_000
COLUMNS = ["commune", "verified", "first_seen"]
SQL = Path(__file__).with_name("rollup_duckdb.sql")


@dataclass(frozen=True)
class Nation:
    """One synthetic nation: its register, its tree, its bases."""

    register: Path
    shape: CubeShape
    tree: Tree
    bases: tuple[NDArray[np.int64], ...]
    delta: pa.RecordBatch


def run(full: bool, *, cache: Path | None = None) -> list[Row]:
    """Measure; `cache` (or VUNGXANH_BENCH_CACHE, or ./var/bench) keeps the register."""
    folder = cache or Path(os.environ.get("VUNGXANH_BENCH_CACHE", "var/bench"))
    nation = build(folder, n_people=98_000_000 if full else 1_000_000, n_days=400 if full else 60)
    peer = duckdb.connect(config={"threads": N_THREADS})
    give_tree(peer, nation)
    warm_up(nation)
    load = f"load {os.getloadavg()[0]:.1f}"
    size = "98 M people × 400 days" if full else "1 M people × 60 days"
    times = measure(nation, peer, repeat=3)
    return [row(name, times[name], note=f"{size}, {load}") for name in times]


def row(name: str, seconds: tuple[float, float], *, note: str) -> Row:
    ours, peer = seconds
    limits = {"recount": 3000.0, "all levels, all days": 1000.0, "delta of 500,000": 5.0}
    return Row(
        name=f"roll-up: {name}",
        ours=ours * 1e3,
        peer=peer * 1e3,
        ratio=peer / ours,
        limit=limits.get(name),
        unit="ms",
        note=f"{note}; peer DuckDB {duckdb.__version__}",
    )


def measure(
    nation: Nation, peer: duckdb.DuckDBPyConnection, *, repeat: int
) -> dict[str, tuple[float, float]]:
    """Seconds (ours, peer) of each step, the best of `repeat`; refuses unequal answers."""
    statements = named_statements(nation)
    last = range(nation.shape.n_days - 1, nation.shape.n_days)
    cube = recount(nation)
    found = {
        "recount": (
            best(lambda: recount(nation), repeat),
            best(lambda: peer.execute(statements["recount"]), repeat),
        )
    }
    peer.execute(statements["dense"])
    found["all levels, all days"] = (
        best(lambda: cube.roll_up(nation.tree, nation.bases), repeat),
        best(lambda: peer.execute(statements["levels"]), repeat),
    )
    compare(cube.roll_up(nation.tree, nation.bases), peer)
    found["today only"] = (
        best(lambda: cube.roll_up(nation.tree, nation.bases, days=last), 2 * repeat),
        best(lambda: peer.execute(statements["today"]), repeat),
    )
    peer.register("delta", pa.table(nation.delta))
    found["delta of 500,000"] = (
        best(lambda: cube.apply_delta(nation.delta), 4 * repeat),
        best(lambda: peer.execute(statements["delta"]), repeat),
    )
    return found


def best(work: Callable[[], object], repeat: int) -> float:
    """Seconds of the quickest of `repeat` runs: what is left when the neighbours are quiet."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def recount(nation: Nation) -> Cube:
    """Read the register with one stream a thread, every second row group each."""
    streams = [batches(nation.register, part) for part in range(N_THREADS)]
    return Cube.recount(nation.shape, streams)


def batches(register: Path, part: int) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(register) as opened:
        groups = list(range(part, opened.num_row_groups, N_THREADS))
        if groups:
            yield from opened.iter_batches(
                BATCH_ROWS, row_groups=groups, columns=COLUMNS, use_threads=False
            )


def warm_up(nation: Nation) -> None:
    """Compile the loops, so that no row measures the compiler."""
    cube = Cube(nation.shape)
    cube.apply_delta(nation.delta)
    cube.roll_up(nation.tree, nation.bases)


def compare(ours: tuple[LevelSheet, ...], peer: duckdb.DuckDBPyConnection) -> None:
    """Counts, shares and ranks of every level, unit and day must be equal."""
    for level, sheet in enumerate(ours):
        theirs = peer.execute(
            "select cum_verified, share, place from levels where level = ? order by day, unit",
            [level],
        ).fetchnumpy()
        assert np.array_equal(sheet.n_verified.ravel(), theirs["cum_verified"])
        assert np.array_equal(sheet.share.ravel(), theirs["share"])
        assert np.array_equal(sheet.rank.ravel(), theirs["place"])


def give_tree(peer: duckdb.DuckDBPyConnection, nation: Nation) -> None:
    """The tree and the bases as tables `unit (level, unit, base)` and `path (commune, …)`."""
    communes = np.arange(N_COMMUNES, dtype=np.int32)
    district = nation.tree.parents[0]
    province = nation.tree.parents[1][district]
    columns = {"commune": communes, "district": district, "province": province}
    units = {
        "level": np.repeat(np.arange(4, dtype=np.int32), nation.tree.sizes),
        "unit": np.concatenate([np.arange(n, dtype=np.int32) for n in nation.tree.sizes]),
        "base": np.concatenate(nation.bases),
    }
    peer.register("path_rows", pa.table(columns))
    peer.register("unit_rows", pa.table(units))
    peer.execute("create table path as from path_rows; create table unit as from unit_rows")


def named_statements(nation: Nation) -> dict[str, str]:
    """The SQL file cut at its `-- name:` lines, with the file and the days put in."""
    pieces = SQL.read_text(encoding="utf-8").split("-- name: ")[1:]
    named = dict(piece.split("\n", 1) for piece in pieces)
    values = {
        "{register}": str(nation.register),
        "{first_day}": nation.shape.first_day.isoformat(),
        "{n_days}": str(nation.shape.n_days),
    }
    for old, new in values.items():
        named = {name: text.replace(old, new) for name, text in named.items()}
    return named


def build(folder: Path, *, n_people: int, n_days: int) -> Nation:
    """The nation with its register on disk, made once."""
    rng = np.random.default_rng(2021)
    sizes = rng.lognormal(9, 0.7, N_COMMUNES)
    communes = np.maximum(1, 1.15 * n_people * sizes / sizes.sum()).astype(np.int64)
    tree = Tree(
        (
            parents(rng, N_COMMUNES, N_DISTRICTS),
            parents(rng, N_DISTRICTS, N_PROVINCES),
            np.zeros(N_PROVINCES, np.int32),
        )
    )
    shape = CubeShape(N_COMMUNES, FIRST_DAY, n_days)
    register = folder / f"register-{n_people}-{n_days}.parquet"
    shares = np.cumsum(sizes) / sizes.sum()
    if not register.exists():
        write_register(register, shares, shape, n_people=n_people)
    delta = people(np.random.default_rng(9), shares, shape, n=DELTA_ROWS)
    return Nation(register, shape, tree, tree.summed_bases(communes), today(delta, shape))


def parents(rng: np.random.Generator, n_units: int, n_above: int) -> NDArray[np.int32]:
    """Every unit above gets at least one unit; the numbers are in no order."""
    rest = rng.integers(0, n_above, n_units - n_above)
    return rng.permutation(np.concatenate([np.arange(n_above), rest])).astype(np.int32)


def people(
    rng: np.random.Generator, shares: NDArray[np.float64], shape: CubeShape, *, n: int
) -> pa.RecordBatch:
    """`n` rows of the register, without their ids."""
    commune = np.minimum(np.searchsorted(shares, rng.random(n)), N_COMMUNES - 1)
    day = np.minimum(rng.gamma(3, shape.n_days / 9, n), shape.n_days - 1).astype(np.int32)
    first = (shape.first_day - date(1970, 1, 1)).days
    return pa.record_batch(
        {
            "commune": commune.astype(np.int32),
            "verified": pa.array(rng.random(n, dtype=np.float32) < 0.62),
            "first_seen": pa.array(day + np.int32(first)).cast(pa.date32()),
        }
    )


def today(batch: pa.RecordBatch, shape: CubeShape) -> pa.RecordBatch:
    """The same people, all seen on the last day."""
    days = pa.array(np.full(len(batch), (shape.last_day - date(1970, 1, 1)).days, np.int32))
    return batch.set_column(2, "first_seen", days.cast(pa.date32()))


def write_register(
    register: Path, shares: NDArray[np.float64], shape: CubeShape, *, n_people: int
) -> None:
    register.parent.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(5)
    unfinished = register.with_suffix(".part")
    schema = people(rng, shares, shape, n=1).schema.insert(0, pa.field("person_id", pa.int64()))
    with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
        for start in range(0, n_people, GROUP_ROWS):
            batch = people(rng, shares, shape, n=min(GROUP_ROWS, n_people - start))
            ids = pa.array(np.arange(start, start + len(batch)))
            table = pa.table(batch).add_column(0, "person_id", ids)
            writer.write_table(table, row_group_size=GROUP_ROWS)
    unfinished.replace(register)
