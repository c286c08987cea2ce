"""Building a store in a process of its own, so that its memory is its own; then opening it.

`python -m bench.tracing_build VISITS STORE SHARDS` builds and prints one JSON line: seconds, the
most memory in bytes. The loops were compiled before on a few visits, and the file was read once.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from bench.harness import ROOT, Row
from bench.tracing_timing import timed
from bench.tracing_visits import BASE, SCHEMA, Town
from vungxanh.checkins.gateways import stores
from vungxanh.engines.tracing.store import Store

LIMIT_S, LIMIT_GB, LIMIT_OPEN_S, LIMIT_BYTES = 12.0, 5.0, 0.15, 20.0


@dataclass(frozen=True, slots=True)
class Built:
    """What a build took."""

    seconds: float
    memory: int


def rows(town: Town, *, limited: bool) -> list[Row]:
    """Build anew, open, weigh; no peer lays visits out twice for this question."""
    built = build(town)
    opened = timed(lambda: open_store(town))
    size = sum(path.stat().st_size for path in directory(town).rglob("*") if path.is_file())
    note = f"{town.n_visits:,} visits from {town.visits.stat().st_size / 1e6:,.0f} MB of Parquet"
    figures = (
        ("store: build", built.seconds, LIMIT_S, "s"),
        ("store: most memory of the build", built.memory / 1e9, LIMIT_GB, "GB"),
        ("store: open", opened.best, LIMIT_OPEN_S, "s"),
        ("store: size of all files", size / town.n_visits, LIMIT_BYTES, "bytes each visit"),
    )
    return [
        Row(f"tracing: {name}", ours, None, None, limit if limited else None, unit, note)
        for name, ours, limit, unit in figures
    ]


def directory(town: Town, *, shards: int = 1) -> Path:
    """Where the store of these visits is."""
    return town.folder / f"store-{town.n_visits}-{shards}"


def open_store(town: Town, *, shards: int = 1) -> Store:
    """The store, built before."""
    return stores.opened(directory(town, shards=shards))


def build(town: Town, *, shards: int = 1) -> Built:
    """Build the store in a child process, in place of what was there."""
    store = directory(town, shards=shards)
    shutil.rmtree(store, ignore_errors=True)
    arguments = [str(town.visits), str(store), str(shards)]
    command = [sys.executable, "-m", "bench.tracing_build", *arguments]
    ended = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return Built(**json.loads(ended.stdout))


def main(visits: Path, store: Path, *, shards: int) -> None:
    """Build, and say what it took."""
    warm_up()
    visits.read_bytes()  # from the disk into the system's memory, as what was just written is
    began = time.perf_counter()
    stores.build([visits], store, shards=shards)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "memory": memory}))


def warm_up() -> None:
    """Compile the loops on three visits."""
    columns = {"person_id": [1, 2, 3], "place_id": [1, 1, 2], "t_in": [BASE] * 3}
    table = pa.table({**columns, "t_out": [None, BASE + 60, BASE + 36_000]}, schema=SCHEMA)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "visits.parquet")
        pq.write_table(table, path)
        stores.build([path], Path(folder, "store"), shards=1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), shards=int(sys.argv[3]))
