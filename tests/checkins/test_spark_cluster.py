"""A cluster of this machine: it ends with its program, and says what is missing."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from vungxanh.checkins.gateways.spark_cluster import (
    LOOPBACK,
    LoopbackCluster,
    free_port,
    java_version,
    loopback_cluster,
    spark_home,
)
from vungxanh.checkins.gateways.spark_session import address_towards, session
from vungxanh.engines.tracing import TracingError

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark")]

# A master without workers; a session that gives up; then nothing until somebody kills it.
LONELY = """
import time
from vungxanh.checkins.gateways.spark_cluster import loopback_cluster
from vungxanh.checkins.gateways.spark_session import session
from vungxanh.engines.tracing import TracingError

with loopback_cluster(workers=0) as cluster:
    print(cluster.members[0].process.pid, flush=True)
    try:
        with session(cluster.url, configuration=cluster.configuration, patience_s=1):
            print("let in", flush=True)
    except TracingError as refusal:
        print(refusal.code, flush=True)
    time.sleep(600)
"""
END_SECONDS = 30


class Program(NamedTuple):
    """The first process of the master, and how the session was refused."""

    leader: int
    code: str


@pytest.fixture(scope="module")
def killed_program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """What `LONELY` said before it was killed; its files, which nobody deletes, lie in a folder."""
    own = {**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("killed"))}
    lonely = [sys.executable, "-c", LONELY]
    with subprocess.Popen(lonely, stdout=subprocess.PIPE, text=True, env=own) as run:
        assert run.stdout is not None
        said = Program(int(run.stdout.readline()), run.stdout.readline().strip())
        run.kill()
    return said


def running(leaders: Iterable[int]) -> list[str]:
    """What still runs in the sessions that these processes began; the dead do not count."""
    wanted, found = set(leaders), []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        state, _, _, its_session = text.rpartition(")")[2].split()[:4]
        if int(its_session) in wanted and state != "Z":
            found.append(text)
    return found


def left_over(leaders: Iterable[int]) -> list[str]:
    """What still runs after a while."""
    until = time.monotonic() + END_SECONDS
    while (found := running(leaders)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def leaders_of(cluster: LoopbackCluster) -> list[int]:
    """The first process of each member."""
    return [member.process.pid for member in cluster.members]


def interrupt_in(cluster: LoopbackCluster, kept: list[LoopbackCluster]) -> None:
    """Keep a cluster that runs, and have the user lose patience."""
    kept.append(cluster)
    assert cluster.alive_workers() == 1
    assert len(running(leaders_of(cluster))) >= 4
    raise KeyboardInterrupt


def test_interrupted_block_ends_every_process_and_leaves_no_file() -> None:
    kept: list[LoopbackCluster] = []
    with pytest.raises(KeyboardInterrupt), loopback_cluster(workers=1) as cluster:
        interrupt_in(cluster, kept)
    assert left_over(leaders_of(kept[0])) == []
    assert not kept[0].folder.exists()


def test_cluster_ends_when_its_program_is_killed(killed_program: Program) -> None:
    assert left_over([killed_program.leader]) == []


def test_session_does_not_wait_for_workers_for_ever(killed_program: Program) -> None:
    assert killed_program.code == "tracing.spark_without_workers"


def test_cluster_that_cannot_start_says_why() -> None:
    with pytest.raises(TracingError) as refusal, loopback_cluster(memory="much"):
        pass
    assert refusal.value.code == "tracing.spark_failed"


@pytest.mark.parametrize(
    "master", ["local[2]", "spark://127.0.0.1", "spark://127.0.0.1:99999", "spark://:7077", ""]
)
def test_address_that_is_no_master_is_refused(master: str) -> None:
    with pytest.raises(TracingError) as refusal:
        address_towards(master)
    assert (refusal.value.code, refusal.value.where) == ("tracing.spark_unreachable", master)


def test_master_that_does_not_answer_is_refused() -> None:
    master = f"spark://{LOOPBACK}:{free_port()}"
    with pytest.raises(TracingError) as refusal, session(master):
        pass
    assert refusal.value.code == "tracing.spark_unreachable"


@pytest.mark.parametrize("package", ["pyspark", "pandas"])
def test_missing_package_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(TracingError) as refusal:
        spark_home()
    assert (refusal.value.code, refusal.value.where) == ("tracing.spark_missing", package)


def test_missing_java_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(TracingError) as refusal, loopback_cluster():
        pass
    assert refusal.value.code == "tracing.java_missing"


@pytest.mark.parametrize(("version", "major"), [("1.8.0_392", 8), ("11.0.21", 11)])
def test_java_that_is_too_old_is_said(
    version: str, major: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    java.chmod(0o700)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert java_version() == major
    with pytest.raises(TracingError) as refusal:
        spark_home()
    assert (refusal.value.code, refusal.value.where) == ("tracing.java_missing", f"Java {major}")
