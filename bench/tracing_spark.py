"""Contacts on Spark, two workers of one core: our search of shards beside Spark's own SQL.

Both run on the same cluster of this machine. Ours maps the store; the plain SQL text reads the
Parquet file, whose order it does not need: it joins by hash.
"""

from functools import partial
from typing import Final

import numpy as np

from bench import tracing_build
from bench.harness import Row
from bench.tracing_peers import PARAMETERS
from bench.tracing_timing import row, timed, times_faster
from bench.tracing_visits import Town
from vungxanh.checkins.gateways import sql
from vungxanh.checkins.gateways.spark import SparkMeet, SparkTables
from vungxanh.checkins.gateways.spark_cluster import loopback_cluster
from vungxanh.checkins.gateways.spark_session import session
from vungxanh.engines.tracing import core

N_WORKERS: Final = 2
N_SHARDS: Final = 4
MEMORY: Final = "3g"
LIMIT_MS: Final = 5000.0
LEAST: Final = 5.0
# Spark's SQL runs long enough to be worth compiling well.
COMPILED: Final = {"spark.driver.extraJavaOptions": "", "spark.executor.extraJavaOptions": ""}


def rows(town: Town, *, limited: bool) -> list[Row]:
    """A hundred cases, with the rows that the embedded search gives."""
    directory = tracing_build.directory(town, shards=N_SHARDS)
    tracing_build.build(town, shards=N_SHARDS)
    store = tracing_build.open_store(town, shards=N_SHARDS)
    windows = town.windows(100)
    expected = core.contacts(store, windows, PARAMETERS)
    with (
        loopback_cluster(workers=N_WORKERS, memory=MEMORY, settings=COMPILED) as cluster,
        session(cluster.url, configuration=cluster.configuration, memory=MEMORY) as spark,
    ):
        tables = SparkTables(spark)
        tables.read_visits([town.visits])
        meet = SparkMeet(spark, directory)
        ask = partial(core.contacts, store, windows, PARAMETERS, meet=meet)
        ask_sql = partial(sql.contacts, tables, windows, PARAMETERS, as_of=store.latest)
        for found in (ask(), ask_sql()):
            assert np.array_equal(list(found.rows()), list(expected.rows()))
        ours, peer = timed(ask), timed(ask_sql)
    name = f"100 cases, {town.n_visits / 1e6:g} M, Spark with {N_WORKERS} workers of one core"
    note = f"{N_SHARDS} shards; peer Spark SQL on the same workers"
    limit, least = (LIMIT_MS, LEAST) if limited else (None, None)
    return [
        row(name, ours, peer, limit=limit, note=note),
        times_faster(f"{name}: faster than its SQL", ours, peer, least=least),
    ]
