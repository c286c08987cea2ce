"""The embedded server after the worst: killed, half dead, or its lock left to a stranger."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from vungxanh.core.postgres import DATABASE, OWNER, Cluster, available_binaries, running
from vungxanh.core.postgres.account import server_account
from vungxanh.core.postgres.stale import live_postmaster, orphans

pytestmark = pytest.mark.slow
N_ROWS = 500
MakeCluster = Callable[[Path], Cluster]

every_postgres = pytest.mark.parametrize(
    "cluster_of",
    [lambda home, found=found: Cluster(home, found) for found in available_binaries()],
    ids=[f"{found.major}-{found.directory.parts[1]}" for found in available_binaries()],
)


def connect(cluster: Cluster) -> psycopg.Connection:
    return psycopg.connect(cluster.conninfo(OWNER, DATABASE), autocommit=True)


def fill(cluster: Cluster) -> None:
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE kept (n int PRIMARY KEY)")
        for n in range(N_ROWS):
            connection.execute("INSERT INTO kept VALUES (%s)", [n])


def count(cluster: Cluster) -> int:
    with connect(cluster) as connection:
        row = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert row is not None
    return int(row[0])


def kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # the others end by themselves once one is gone
            os.kill(pid, signal.SIGKILL)


@every_postgres
def test_committed_rows_survive_killing_the_server_and_its_children(
    tmp_path: Path, cluster_of: MakeCluster
) -> None:
    with running(cluster_of(tmp_path)) as cluster:
        fill(cluster)
        kill(orphans(cluster.data_directory))
        cluster.start()
        assert count(cluster) == N_ROWS


@every_postgres
def test_committed_rows_survive_killing_the_postmaster_alone(
    tmp_path: Path, cluster_of: MakeCluster
) -> None:
    with running(cluster_of(tmp_path)) as cluster:
        fill(cluster)
        postmaster = live_postmaster(cluster.data_directory)
        assert postmaster is not None
        os.kill(postmaster, signal.SIGKILL)
        cluster.start()
        assert count(cluster) == N_ROWS


def test_server_of_a_killed_program_is_taken_over_and_stopped_by_the_next(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from vungxanh.core.postgres import *\n"
        "with running(Cluster(Path(sys.argv[1]))): print('up', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == b"up\n"
        program.kill()
    assert live_postmaster(tmp_path / "postgres") is not None
    with running(Cluster(tmp_path)) as cluster:
        assert cluster.is_running()
    assert live_postmaster(tmp_path / "postgres") is None


@pytest.fixture
def stopped(tmp_path: Path) -> Cluster:
    with running(Cluster(tmp_path)) as cluster:
        fill(cluster)
    return cluster


@pytest.fixture
def zombie(stopped: Cluster) -> Iterator[int]:
    """A process of the server's user that has ended and that nobody has reaped."""
    account = server_account(stopped.data_directory)
    user = account.uid if account.switch else None
    dead = subprocess.Popen(["/bin/true"], user=user)
    while "Z" not in Path(f"/proc/{dead.pid}/stat").read_text():
        time.sleep(0.01)
    yield dead.pid
    dead.wait()


@pytest.fixture
def stranger(stopped: Cluster) -> Iterator[int]:
    """A live process of the server's user that is no PostgreSQL."""
    account = server_account(stopped.data_directory)
    user = account.uid if account.switch else None
    with subprocess.Popen(["/bin/sleep", "60"], user=user) as alive:
        yield alive.pid
        alive.kill()


def leave_lock(cluster: Cluster, pid: int) -> None:
    """What a server of this process number would have left behind."""
    lines = [
        str(pid),
        str(cluster.data_directory),
        "1622000000",
        "5432",
        str(cluster.sockets),
        "",
        "",
    ]
    owner = cluster.data_directory.stat()
    for lock in (cluster.data_directory / "postmaster.pid", cluster.sockets / ".s.PGSQL.5432.lock"):
        lock.write_text("\n".join(lines))
        os.chown(lock, owner.st_uid, owner.st_gid)
        lock.chmod(0o600)


def test_lock_of_a_zombie_does_not_hinder_the_start(stopped: Cluster, zombie: int) -> None:
    leave_lock(stopped, zombie)
    assert live_postmaster(stopped.data_directory) is None
    with running(stopped):
        assert count(stopped) == N_ROWS


def test_lock_with_a_stranger_s_number_does_not_hinder_the_start(
    stopped: Cluster, stranger: int
) -> None:
    leave_lock(stopped, stranger)
    with running(stopped):
        assert count(stopped) == N_ROWS
    assert Path(f"/proc/{stranger}").exists()


def test_lock_of_a_process_that_is_gone_does_not_hinder_the_start(stopped: Cluster) -> None:
    leave_lock(stopped, 2**22 - 7)
    with running(stopped):
        assert count(stopped) == N_ROWS
