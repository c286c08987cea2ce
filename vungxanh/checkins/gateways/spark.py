"""Contacts on a cluster of Spark: the same search of the same shards, one task a shard, one sum.

Workers open the store by its path, so every host must read the same directory. Index visits, which
are few, are sent to all; what comes back is one row a person and shard, added up by Spark.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from vungxanh.checkins.gateways import stores
from vungxanh.checkins.gateways.spark_cluster import loopback_cluster
from vungxanh.checkins.gateways.spark_refusals import spark_failed
from vungxanh.checkins.gateways.spark_session import session, unused_pandas
from vungxanh.checkins.gateways.sql import array_of
from vungxanh.checkins.gateways.store_refusals import replaced
from vungxanh.checkins.gateways.visit_files import mark_of
from vungxanh.engines.tracing import core
from vungxanh.engines.tracing.caps import Caps
from vungxanh.engines.tracing.kernel import Asked
from vungxanh.engines.tracing.meeting import N_COLUMNS, met_in
from vungxanh.engines.tracing.store import Store
from vungxanh.engines.tracing.types import Contacts, Int64s, Parameters, Windows

if TYPE_CHECKING:
    from pyspark.core.broadcast import Broadcast
    from pyspark.sql import DataFrame, SparkSession

_NAMES: Final = ("person", "overlap", "first", "last", "places", "pairs")  # as `met_in` gives them
_SCHEMA: Final = ", ".join(f"{name} bigint" for name in _NAMES)
_N_INDEX: Final = 5  # columns of index visits
_BATCH_ROWS: Final = 200_000
_PERSONS_A_PIECE: Final = 2_000_000  # of the shuffle: some 100 MB


def contacts_with_spark(
    directory: Path,
    windows: Windows,
    parameters: Parameters,
    *,
    generations: int = 1,
    as_of: int | None = None,
    master: str | None = None,
    extra: Sequence[Path] = (),
    caps: Caps = core.NO_CAPS,
) -> Contacts:
    """Contacts over the store in `directory`, as `core.contacts` gives them.

    `master` is `spark://host:port`; without one, a cluster of this machine lives for the run.
    `extra` are visit files that the store may lack. Raises what opening the store, `session` and
    `core.contacts` do, `tracing.spark_failed`, and `tracing.store_replaced` where another store
    took its place meanwhile.
    """
    digest = _digest(directory, extra)
    store = stores.opened(directory, extra)
    with _session(master) as spark:
        meet = SparkMeet(spark, directory, extra)
        if meet.digest != digest:
            raise replaced(directory)
        return core.contacts(
            store,
            windows,
            parameters,
            generations=generations,
            as_of=as_of,
            caps=caps,
            meet=meet,
        )


@contextmanager
def _session(master: str | None) -> Iterator["SparkSession"]:
    if master is not None:
        with session(master) as spark:
            yield spark
        return
    with (
        loopback_cluster() as cluster,
        session(cluster.url, configuration=cluster.configuration) as spark,
    ):
        yield spark


@dataclass(frozen=True, slots=True)
class Work:
    """What a task needs to search its shards: where the store is, and what is asked.

    `digest` is of the manifest and the files that the driver has read: a host with others is found
    out.
    """

    directory: Path
    extra: tuple[Path, ...]
    digest: str
    shards: tuple[int, ...]
    index: "Broadcast[bytes]"  # int64 (n, 5); Spark cannot encrypt arrays on their way
    asked: Asked


class SparkMeet:
    """A `core.Meet` that searches the shards of the store in `directory` on Spark's workers."""

    def __init__(self, spark: "SparkSession", directory: Path, extra: Sequence[Path] = ()) -> None:
        self._spark = spark.newSession()
        self._spark.conf.set("spark.sql.adaptive.enabled", "false")  # sizes are known beforehand
        self._directory = directory.resolve()
        self._extra = tuple(path.resolve() for path in extra)
        self.digest = _digest(self._directory, self._extra)

    def __call__(self, store: Store, index: Int64s, asked: Asked) -> Int64s:
        """See `core.Meet`. Raises `tracing.spark_failed`."""
        shards = _shards_with(index, store)
        if not shards:
            return np.empty((0, N_COLUMNS), np.int64)
        sent = self._spark.sparkContext.broadcast(index.tobytes())
        try:
            work = Work(self._directory, self._extra, self.digest, shards, sent, asked)
            found = _collected(self._met(work, len(store.persons)))
        finally:
            sent.destroy()
        return found[np.argsort(found[:, 0])]

    def _met(self, work: Work, n_persons: int) -> "DataFrame":
        """One row a person met anywhere; places of different shards are different places."""
        from pyspark.sql import functions

        pieces = max(self._spark.sparkContext.defaultParallelism, n_persons // _PERSONS_A_PIECE)
        self._spark.conf.set("spark.sql.shuffle.partitions", str(pieces))
        n_shards = len(work.shards)
        tasks = self._spark.range(0, n_shards, 1, n_shards)
        with unused_pandas():
            partials = tasks.mapInArrow(partial(searched, work), _SCHEMA)
        kinds = {"first": functions.min, "last": functions.max}
        added = [kinds.get(name, functions.sum)(name).alias(name) for name in _NAMES[1:]]
        return partials.groupBy("person").agg(*added)


class SparkTables:
    """A runner of the plain SQL texts (`sql.Runner`) on Spark; tables are views of the session."""

    def __init__(self, spark: "SparkSession") -> None:
        self._spark = spark.newSession()

    def fill(self, table: str, columns: Mapping[str, Int64s]) -> None:
        """Replace a table; `MISSING` in the column `t_out` becomes NULL."""
        arrays = {name: array_of(name, column) for name, column in columns.items()}
        self._spark.createDataFrame(pa.table(arrays)).createOrReplaceTempView(table)

    def read_visits(self, paths: Iterable[Path]) -> None:
        """Visits out of Parquet files that every worker can read at the same path."""
        found = self._spark.read.parquet(*(str(path.resolve()) for path in paths))
        names = ("person_id", "place_id", "t_in", "t_out")
        columns = [found[name].cast("bigint").alias(name) for name in names]
        found.select(*columns).createOrReplaceTempView("visits")

    def answer(self, text: str) -> Int64s:
        """The rows of a query, int64 (n, columns). Raises `tracing.spark_failed`."""
        return _collected(self._spark.sql(text))


def searched(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """On a worker: whom index visits met in the shards that the batches number."""
    store = _opened(work.directory, work.extra, work.digest)
    index = np.frombuffer(work.index.value, np.int64).reshape(-1, _N_INDEX)
    for batch in batches:
        for at in batch.column(0).to_pylist():
            shard = store.shards[work.shards[at]]
            found = met_in(shard, index, work.asked, n_persons=len(store.persons))
            columns = [pa.array(column) for column in np.ascontiguousarray(found.T)]
            yield from pa.table(columns, names=list(_NAMES)).to_batches(_BATCH_ROWS)


@lru_cache(maxsize=1)
def _opened(directory: Path, extra: tuple[Path, ...], digest: str) -> Store:
    """The store, opened once in each Python of a worker."""
    if _digest(directory, extra) != digest:
        raise spark_failed(f"{directory} is another store for this worker than for the driver")
    return stores.opened(directory, extra)


def _digest(directory: Path, extra: Sequence[Path]) -> str:
    """Of the manifest, which names every array and source, and of all bytes of files beside it."""
    files = (directory / stores.MANIFEST, *extra)
    return hashlib.sha256("".join(map(mark_of, files)).encode()).hexdigest()


def _shards_with(index: Int64s, store: Store) -> tuple[int, ...]:
    """Which shards hold a place of an index visit."""
    firsts = np.array([shard.first for shard in store.shards], np.int64)
    return tuple(np.unique(np.searchsorted(firsts, index[:, 0], side="right") - 1).tolist())


def _collected(rows: "DataFrame") -> Int64s:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        table = rows.toArrow()
    except (PySparkException, Py4JError, ConnectionError) as failure:
        raise spark_failed(_reason(failure)) from failure
    return np.column_stack([column.to_numpy().astype(np.int64) for column in table.columns])


def _reason(failure: Exception) -> str:
    """The sentence at the end of what Spark tells, without its stack."""
    lines = [line.strip() for line in str(failure).splitlines() if line[:1].strip()]
    return lines[-1] if lines else type(failure).__name__
