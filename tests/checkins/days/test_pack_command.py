"""`vungxanh visits pack` as its users call it: what it says, how it ends, what a kill leaves."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest

from bench import homes
from tests.checkins.intake.calls import id_at
from tests.config.hardened_site import ROOT, environment
from tests.home import chosen_binaries
from vungxanh.checkins.gateways.day_files import DayFolder
from vungxanh.checkins.values.day_files import kept_days
from vungxanh.core.ids import new_id
from vungxanh.core.postgres import DATABASE, Cluster, running

pytestmark = pytest.mark.slow
WAIT_S = 60
N_DAYS = len(kept_days(datetime.now(UTC)))
OLDEST = kept_days(datetime.now(UTC))[0]
"""Of the days that a scan on it makes stale it is the first."""
PROGRAM = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever began it
from vungxanh.config.cli import main
main()
"""
SCANNED = """
INSERT INTO checkins_scan (id, person_id, point_id, entrance, direction, means, at, received_at,
    device_id, flags) VALUES (%s, %s, 1, 0, 0, 0, %s, %s, %s, 0)
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """A data directory whose database runs."""

    home: Path
    cluster: Cluster

    @property
    def files(self) -> DayFolder:
        """Its files of visits."""
        return DayFolder(self.home / "visits")

    def execute(self, statement: str, *given: object) -> None:
        """A statement as the owner of the database."""
        where = self.cluster.conninfo(database=DATABASE)
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode(), given)

    def scan(self, person: int, day: date) -> None:
        """Somebody scans in at noon of a day."""
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        self.execute(SCANNED, id_at(at), person, at, at, new_id())

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """`vungxanh visits` with these words."""
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, "visits", *words],
            capture_output=True,
            text=True,
            check=False,
            env=environment(self.home, 0),
            cwd=ROOT,
            timeout=WAIT_S,
        )

    def named(self) -> dict[str, str]:
        """The files that the manifest names, with the digests of what is in them."""
        manifest = self.files.manifest()
        assert manifest is not None
        read = {one.file: (self.files.path / one.file).read_bytes() for one in manifest.days}
        assert {name: sha256(content).hexdigest() for name, content in read.items()} == {
            one.file: one.sha256 for one in manifest.days
        }
        return {one.file: one.sha256 for one in manifest.days}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation of its own; its server runs on between commands."""
    home = tmp_path_factory.mktemp("visits")
    with running(Cluster(home, chosen_binaries())) as cluster:
        yield Installation(homes.migrated(home), cluster)


@pytest.fixture
def site(installed: Installation) -> Installation:
    """Two people scanned in some days ago, and nothing was written yet."""
    installed.execute("TRUNCATE checkins_scan, checkins_visitnumber, checkins_staleday")
    shutil.rmtree(installed.files.path, ignore_errors=True)
    installed.scan(7, days_ago(5))
    installed.scan(8, days_ago(4))
    return installed


def days_ago(n: int) -> date:
    return datetime.now(UTC).date() - timedelta(days=n)


@contextmanager
def held_up(site: Installation) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A run that stands still once its first day is on disk anew: nobody reads what it says.

    The other end of its standard error is given too.
    """
    before = set(site.files.path.glob("visits-*"))
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    with suppress(BlockingIOError):
        while True:
            os.write(writing, b"\n" * 4096)
    os.set_blocking(writing, True)
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "visits", "pack"],
        stdout=subprocess.PIPE,
        stderr=writing,
        text=True,
        env=environment(site.home, 0),
        cwd=ROOT,
    )
    os.close(writing)
    try:
        ends_at = time.monotonic() + WAIT_S
        while not set(site.files.path.glob("visits-*")) - before:
            assert program.poll() is None
            assert time.monotonic() < ends_at
            time.sleep(0.02)
        yield program, reading
    finally:
        os.close(reading)
        program.kill()
        program.communicate(timeout=WAIT_S)


def said_on(descriptor: int) -> str:
    """What comes until nobody writes any more."""
    said = b""
    while some := os.read(descriptor, 65_536):
        said += some
    return said.decode().strip("\n")


def test_it_writes_each_ended_day_says_so_and_does_nothing_twice(site: Installation) -> None:
    done = site.command("pack")
    assert (done.returncode, done.stdout) == (
        0,
        f"{N_DAYS} days were written; {N_DAYS} days count now.\n",
    )
    lines = done.stderr.splitlines()
    assert len(lines) == len(site.named()) == N_DAYS
    assert {f"{days_ago(5)}: 1 visits", f"{days_ago(3)}: 0 visits"} <= set(lines)
    before = site.named()
    again = site.command("pack")
    assert (again.returncode, again.stdout, again.stderr) == (
        0,
        f"0 days were written; {N_DAYS} days count now.\n",
        "",
    )
    assert site.named() == before


def test_json_is_one_document_about_the_run(site: Installation) -> None:
    told = json.loads(site.command("pack", "--json").stdout)
    assert (told["days"], told["stale"], len(told["written"])) == (N_DAYS, 0, N_DAYS)
    assert told["written"][days_ago(5).isoformat()] == 1
    assert json.loads(site.command("pack", "--json").stdout)["written"] == {}


def test_one_day_is_written_where_it_is_asked_for_and_others_wait(site: Installation) -> None:
    site.command("pack")
    site.scan(9, days_ago(5))
    done = site.command("pack", "--day", days_ago(5).isoformat(), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["written"]) == (0, {days_ago(5).isoformat(): 2})
    assert told["stale"] == 6


@pytest.mark.parametrize("n_days", [0, -1, 400])
def test_a_day_that_cannot_be_written_is_refused_in_a_sentence(
    site: Installation, n_days: int
) -> None:
    done = site.command("pack", "--day", days_ago(n_days).isoformat())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Only UTC days that ended are written, {days_ago(N_DAYS)} to {days_ago(1)}. "
        "Choose one of them.\n"
    )
    assert site.files.manifest() is None


def test_what_is_no_day_is_wrong_usage(site: Installation) -> None:
    done = site.command("pack", "--day", "hom-qua")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_killed_run_leaves_the_last_good_state_and_the_next_one_ends_it(
    site: Installation,
) -> None:
    site.command("pack")
    before = site.named()
    site.scan(9, OLDEST)
    with held_up(site) as (program, _):
        program.kill()
        assert program.wait(WAIT_S) == -signal.SIGKILL
    assert site.named() == before
    site.scan(10, OLDEST)
    assert json.loads(site.command("pack", "--json").stdout)["written"][OLDEST.isoformat()] == 2
    assert len(set(site.named()) - set(before)) == 1
    assert {path.name for path in site.files.path.glob("*visits-*")} == set(site.named())


def test_ctrl_c_is_a_sentence_and_leaves_the_last_good_state(site: Installation) -> None:
    site.command("pack")
    before = site.named()
    site.scan(9, OLDEST)
    with held_up(site) as (program, reading):
        program.send_signal(signal.SIGINT)
        said = said_on(reading)
        printed, _ = program.communicate(timeout=WAIT_S)
        assert (program.returncode, printed) == (130, "")
    assert said.splitlines()[-1] == "Stopped as asked; the files of visits are whole."
    assert "Traceback" not in said
    assert site.named() == before


def test_days_are_counted_at_once_and_again_only_where_they_changed(site: Installation) -> None:
    """Yesterday too, on which nobody scanned; a day too long ago is refused with a sentence."""
    site.execute("TRUNCATE checkins_countedday, checkins_dayactivity, checkins_pointuse")
    first, again = site.command("count"), site.command("count")
    assert (first.returncode, first.stdout[:15]) == (0, "3 days counted:"), first.stderr
    assert (again.returncode, again.stdout[:15]) == (0, "0 days counted:")
    site.scan(9, days_ago(4))
    assert site.command("count").stdout == f"1 days counted: {days_ago(4)}\n"
    refused = site.command("count", "--day", "2020-01-01")
    assert (refused.returncode, "Only days from" in refused.stderr) == (1, True)
