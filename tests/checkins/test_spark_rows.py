"""On a cluster of this machine, the search and the plain SQL give the rows of the engine."""

import ipaddress
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark import SparkStageInfo, StatusTracker
from pyspark.sql import SparkSession

from tests.checkins.test_spark_cluster import leaders_of
from tests.engines.tracing import cluster_sql
from tests.engines.tracing.cluster_worlds import ClusterWorld
from tests.engines.tracing.test_core_agrees import busy_day
from tests.engines.tracing.worlds import LEAST, MINUTE, MOST, World, visits_of, windows_of
from vungxanh.checkins.gateways import sql, stores
from vungxanh.checkins.gateways.spark import SparkMeet, SparkTables, contacts_with_spark
from vungxanh.checkins.gateways.spark_cluster import LoopbackCluster, loopback_cluster
from vungxanh.checkins.gateways.spark_session import session
from vungxanh.engines.tracing import MISSING, Contacts, Parameters, TracingError, Visits, core
from vungxanh.engines.tracing.cluster_types import ClusterParameters
from vungxanh.engines.tracing.columns import latest_start
from vungxanh.engines.tracing.reference import contacts as plain_contacts
from vungxanh.engines.tracing.reference_clusters import clusters, present
from vungxanh.engines.tracing.types import Int64s

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

VISITS = ("person_id", "place_id", "t_in", "t_out")
CASES = windows_of([(person, 0, 86_400) for person in (3, 7, 11)])
MANY_CASES = windows_of([(person, 0, 86_400) for person in range(0, 400, 4)])
QUICKLY = Parameters(latency_s=3600)
N_SHARDS = 24


@pytest.fixture(scope="session")
def spark_cluster() -> Iterator[LoopbackCluster]:
    """A master and two workers."""
    with loopback_cluster(workers=2, memory="1g") as started:
        yield started


@pytest.fixture(scope="session")
def spark(spark_cluster: LoopbackCluster) -> Iterator[SparkSession]:
    """One session for all."""
    with session(
        spark_cluster.url, configuration=spark_cluster.configuration, memory="1g"
    ) as started:
        yield started


@dataclass(frozen=True, slots=True)
class Laid:
    """A store of the first five thousand visits, and a file of the thousand that it lacks."""

    directory: Path
    extra: tuple[Path, ...]
    visits: Visits


@pytest.fixture(scope="session")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """A busy day of nine hundred people at sixty places."""
    folder = tmp_path_factory.mktemp("busy")
    visits = busy_day(n_visits=6000, n_persons=900, n_places=60)
    held = written(folder / "held.parquet", visits, slice(0, 5000))
    extra = written(folder / "extra.parquet", visits, slice(5000, 6000))
    stores.build([held], folder / "store", shards=N_SHARDS)
    return Laid(folder / "store", (extra,), visits)


def written(path: Path, visits: Visits, rows: slice) -> Path:
    """Visits as Parquet."""
    columns = {name: getattr(visits, name)[rows] for name in VISITS}
    arrays = {
        name: pa.array(values, mask=(values == MISSING) & (name == "t_out"))
        for name, values in columns.items()
    }
    pq.write_table(pa.table(arrays), path)
    return path


def columns_of(visits: Visits) -> dict[str, Int64s]:
    """Visits by the names of their columns."""
    return {name: getattr(visits, name) for name in VISITS}


def rows(found: Contacts) -> list[tuple[int, ...]]:
    """Rows to compare."""
    return list(found.rows())


def embedded(busy: Laid) -> list[tuple[int, ...]]:
    """What this process says of the busy day."""
    store = stores.opened(busy.directory, busy.extra)
    return rows(core.contacts(store, CASES, QUICKLY, generations=2))


def test_search_on_spark_gives_the_rows_of_this_process(
    spark_cluster: LoopbackCluster, spark: SparkSession, busy: Laid
) -> None:
    found = contacts_with_spark(
        busy.directory, CASES, QUICKLY, generations=2, master=spark_cluster.url, extra=busy.extra
    )
    assert rows(found) == embedded(busy)
    assert len(found) > 500


def test_plain_sql_on_spark_gives_the_rows_of_this_process(spark: SparkSession, busy: Laid) -> None:
    tables, now = SparkTables(spark), latest_start(busy.visits)
    tables.fill("visits", columns_of(busy.visits))
    found = sql.contacts(tables, CASES, QUICKLY, as_of=now, generations=2)
    assert rows(found) == embedded(busy)


def test_plain_sql_reads_visits_out_of_parquet(spark: SparkSession, busy: Laid) -> None:
    tables, now = SparkTables(spark), latest_start(busy.visits)
    tables.read_visits([busy.directory.parent / "held.parquet", *busy.extra])
    found = sql.contacts(tables, CASES, QUICKLY, as_of=now, generations=2)
    assert rows(found) == embedded(busy)


def nasty_world(seed: int) -> World:
    """A crowd by chance: equal times, zero stays, missing ends, cut windows, ids at the limits."""
    chance = np.random.default_rng(seed)
    persons, places = [1, 2, 3, 4, 5, LEAST, MOST], [7, 8, LEAST, MOST]
    starts = chance.integers(0, 40, 60) * 5 * MINUTE
    ends = starts + chance.choice([0, 1, 14, 15, 16, 60, 300], 60) * MINUTE
    since = chance.integers(0, 40, 4) * 5 * MINUTE
    return World(
        Visits(
            chance.choice(persons, 60),
            chance.choice(places, 60),
            starts,
            np.where(chance.random(60) < 0.3, MISSING, ends),
        ),
        replace(
            windows_of([(0, 0, 0)] * 4),
            person_id=chance.choice(persons[:4], 4),
            infectious_from=since,
            infectious_until=since + chance.integers(0, 20, 4) * 5 * MINUTE,
        ),
        Parameters(*(int(s) for s in chance.choice([0, 1, 600, 900, 3600], 4))),
        generations=2,
        as_of=int(chance.integers(20, 50)) * 5 * MINUTE,
    )


NOBODY = World(visits_of([(1, 7, 0, None)]), windows_of([(2, 0, 9)]), Parameters(), 2, None)
WORLDS = [NOBODY, *(nasty_world(seed) for seed in (1, 2, 3))]


@pytest.mark.parametrize("world", WORLDS, ids=["nobody", "one", "two", "three"])
def test_all_agree_with_the_plain_engine(world: World, spark: SparkSession, tmp_path: Path) -> None:
    asked = (world.windows, world.parameters)
    now = latest_start(world.visits) if world.as_of is None else world.as_of
    expected = rows(plain_contacts(world.visits, *asked, generations=2, as_of=now))
    file = written(tmp_path / "visits.parquet", world.visits, slice(None))
    stores.build([file], tmp_path / "store", shards=3)
    store, tables = stores.opened(tmp_path / "store"), SparkTables(spark)
    tables.fill("visits", columns_of(world.visits))
    meet = SparkMeet(spark, tmp_path / "store")
    assert rows(core.contacts(store, *asked, generations=2, as_of=now, meet=meet)) == expected
    assert rows(sql.contacts(tables, *asked, as_of=now, generations=2)) == expected


class OnSpark(cluster_sql.Database):
    """The tables of the texts of clusters as views."""

    names: Mapping[str, Sequence[str]] = {
        "visits": VISITS,
        "windows": ("person_id", "infectious_from", "infectious_until"),
        "slots": ("slot_from", "slot_until"),
        "cluster_parameters": ("default_stay_s", "min_cases", "as_of"),
        "clusters": ("place_id", "slot_from", "slot_until", "n_cases", "n_present"),
    }

    def __init__(self, tables: SparkTables) -> None:
        self.tables = tables

    def fill(self, table: str, rows: cluster_sql.Rows) -> None:
        """Replace what a view shows."""
        names = self.names[table]
        values = [[MISSING if value is None else value for value in row] for row in rows]
        columns = np.array(values, np.int64).reshape(-1, len(names)).T
        self.tables.fill(table, dict(zip(names, columns, strict=True)))

    def answer(self, text: str) -> cluster_sql.Rows:
        """The rows of a text."""
        return [tuple(row) for row in self.tables.answer(text).tolist()]


@pytest.mark.parametrize("seed", [1, 2])
def test_plain_sql_of_clusters_runs_on_spark(seed: int, spark: SparkSession) -> None:
    crowd, asked = nasty_world(seed), ClusterParameters(min_cases=1)
    always = windows_of([(person, 0, 40 * 5 * MINUTE) for person in (1, 2, LEAST)])
    world = ClusterWorld(crowd.visits, always, asked, crowd.as_of)
    expected = clusters(crowd.visits, always, asked, as_of=crowd.as_of)
    people = present(crowd.visits, always, asked, clusters=expected, as_of=crowd.as_of)
    database = OnSpark(SparkTables(spark))
    cluster_sql.fill(database, world)
    found, in_order = cluster_sql.clusters(database)
    assert in_order == list(expected.rows())
    assert len(in_order) > 2
    assert list(cluster_sql.present(database, found).rows()) == list(people.rows())


def test_nothing_listens_outside_loopback(
    spark_cluster: LoopbackCluster, spark: SparkSession, busy: Laid
) -> None:
    store = stores.opened(busy.directory)
    core.contacts(store, CASES, QUICKLY, meet=SparkMeet(spark, busy.directory))
    driver = spark.sparkContext._gateway
    assert driver is not None
    addresses = listening([*leaders_of(spark_cluster), driver.proc.pid])
    assert len(addresses) > 8
    assert [address for address in addresses if not address.is_loopback] == []


def listening(leaders: Sequence[int]) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The addresses on which the sessions of these processes listen."""
    own = {inode for leader in leaders for inode in sockets_of(leader)}
    found = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == "0A" and rest[5] in own:
                found.append(address_of(local.partition(":")[0]))
    return found


def sockets_of(leader: int) -> Iterator[str]:
    """Inodes of the sockets of all processes of a session."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) == leader:
                links = [str(entry.readlink()) for entry in (stat.parent / "fd").iterdir()]
                yield from (link[8:-1] for link in links if link.startswith("socket:["))
        except OSError:
            continue


def address_of(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address as the kernel writes it: words of four bytes, each backwards."""
    packed = b"".join(bytes.fromhex(text[at : at + 8])[::-1] for at in range(0, len(text), 8))
    address = ipaddress.ip_address(packed)
    return getattr(address, "ipv4_mapped", None) or address


def test_worker_that_is_killed_in_the_middle_changes_no_row(
    spark_cluster: LoopbackCluster, spark: SparkSession, busy: Laid
) -> None:
    store = stores.opened(busy.directory)
    expected = rows(core.contacts(store, MANY_CASES, QUICKLY))
    victim = spark_cluster.workers[-1]
    with ThreadPoolExecutor(1) as pool:
        killed = pool.submit(in_the_middle, spark.sparkContext.statusTracker(), victim.kill)
        meet = SparkMeet(spark, busy.directory)
        found = core.contacts(store, MANY_CASES, QUICKLY, meet=meet)
    spark_cluster.add_worker()
    assert 0 < killed.result().numCompletedTasks < N_SHARDS
    assert rows(found) == expected


def in_the_middle(tracker: StatusTracker, act: Callable[[], None]) -> SparkStageInfo:
    """Act when some of the search's tasks have ended and some have not; the stage as it was."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
            if stage and stage.numTasks == N_SHARDS and stage.numCompletedTasks:
                act()
                return stage
        time.sleep(0.01)
    msg = "no stage was seen in its middle"
    raise TimeoutError(msg)


def test_store_that_changes_under_the_search_is_found_out(
    spark: SparkSession, tmp_path: Path
) -> None:
    visits = busy_day(n_visits=900, n_persons=120, n_places=15)
    file, directory = written(tmp_path / "visits.parquet", visits, slice(None)), tmp_path / "store"
    stores.build([file], directory, shards=2)
    store, meet = stores.opened(directory), SparkMeet(spark, directory)
    stores.build([file], directory, shards=3)
    with pytest.raises(TracingError) as refusal:
        core.contacts(store, CASES, QUICKLY, meet=meet)
    assert refusal.value.code == "tracing.spark_failed"
    assert "is another store for this worker" in refusal.value.words.en
