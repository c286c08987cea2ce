"""A PostgreSQL that somebody else administers: DATABASE_URL, on every version that is installed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from vungxanh.core.postgres import OWNER, Binaries, Cluster, available_binaries, running

pytestmark = pytest.mark.slow
WHO = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT session_user, current_user")
    print(*cursor.fetchone())
"""


@pytest.fixture(params=available_binaries(), ids=lambda found: str(found.major))
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cluster]:
    """A server with an empty database of the owner, and without our other roles."""
    binaries: Binaries = request.param
    with running(Cluster(tmp_path / "server", binaries)) as cluster:
        administer(cluster, f"CREATE DATABASE hospital OWNER {OWNER}")
        for role in ("web", "intake", "worker", "auditor"):
            administer(cluster, f"DROP ROLE vungxanh_{role}")
        yield cluster


def administer(cluster: Cluster, statement: str) -> None:
    with psycopg.connect(cluster.conninfo(), autocommit=True) as connection:
        connection.execute(statement.encode())


def run(cluster: Cluster, *command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    chosen = {
        "DATABASE_URL": f"postgresql://{OWNER}@/hospital?host={cluster.sockets}",
        "VUNGXANH_HOME": str(cluster.home.parent / "home"),
        "VUNGXANH_LANG": "en",
        "DJANGO_SETTINGS_MODULE": "vungxanh.config.settings",
    }
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **chosen, **environment},
    )


def vungxanh(cluster: Cluster, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return run(cluster, "-m", "vungxanh.config.cli", *arguments)


def test_without_the_right_to_make_roles_one_sentence_says_what_to_ask_for(
    server: Cluster,
) -> None:
    refused = vungxanh(server, "migrate")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"Database user “{OWNER}” may not create roles. Ask the")
    assert f"CREATE ROLE vungxanh_web; GRANT vungxanh_web TO {OWNER};" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_statements_of_the_sentence_are_enough(server: Cluster) -> None:
    said = vungxanh(server, "migrate").stderr
    for statement in said.partition("to run: ")[2].strip().rstrip(";").split("; "):
        administer(server, statement)
    done = vungxanh(server, "migrate")
    assert (done.returncode, done.stderr) == (0, "")


def test_with_the_right_everything_is_made_and_each_process_takes_its_role(
    server: Cluster,
) -> None:
    administer(server, f"ALTER ROLE {OWNER} CREATEROLE")
    done = vungxanh(server, "migrate")
    assert (done.returncode, done.stderr) == (0, "")
    for role in ("web", "intake", "worker", "auditor"):
        told = run(server, "-c", WHO, VUNGXANH_ROLE=role).stdout.split()
        assert told == [OWNER, f"vungxanh_{role}"]


def test_doctor_names_what_is_missing_then_finds_it_well(server: Cluster) -> None:
    administer(server, f"ALTER ROLE {OWNER} CREATEROLE")
    before = vungxanh(server, "doctor")
    vungxanh(server, "migrate")
    after = vungxanh(server, "doctor")
    assert before.returncode == 1
    assert "migrations are not applied. Run “vungxanh migrate”." in before.stdout
    assert "✓ The database is up to date." in after.stdout
    assert "✗ No worker is running. Start “vungxanh worker”." in after.stdout
    assert not (server.home.parent / "home" / "postgres").exists()


def test_doctor_tells_that_nobody_answers(tmp_path: Path) -> None:
    nowhere = Cluster(tmp_path / "server")
    told = vungxanh(nowhere, "doctor")
    assert told.returncode == 1
    assert "hospital does not answer. Check DATABASE_URL" in told.stdout
    assert "Traceback" not in told.stderr
