"""A database that is slow, stands still, is away or has no room: 503, and back by itself."""

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults.intake_outcome import OUTCOME, Record, nothing_was_lost, stored, told
from tests.faults.intake_phones import Phones
from tests.faults.intake_site import (
    Seed,
    Server,
    connect,
    installed,
    serving,
    signal_postgres,
)
from tests.faults.small_disk import KIND, small_disk
from vungxanh.core.postgres import DATABASE, OWNER, Cluster, running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
Hindrance = Callable[[Phones], None]


def hindered(
    home: Path,
    seed: Seed,
    hinder: Hindrance,
    n_rounds: int,
    chosen: Mapping[str, str] | None = None,
) -> tuple[Phones, list[float]]:
    """Phones that sent while the database was hindered, and how long intake took to be back."""
    server, seconds = Server(home, chosen or {}), list[float]()
    phones = Phones(seed, [server.port])

    def disturb() -> None:
        phones.wait_for(200)
        for _ in range(n_rounds):
            hinder(phones)
            seconds.append(phones.wait_for(200))

    with serving(server):
        before = stored(home)
        phones.send_during(disturb)
        nothing_was_lost(home, phones, before)
    return phones, seconds


@contextmanager
def held_table(home: Path) -> Iterator[None]:
    """While the block runs, nobody reads or writes scans."""
    with connect(home) as connection, connection.transaction():
        connection.execute("LOCK TABLE checkins_scan IN ACCESS EXCLUSIVE MODE")
        yield


def test_a_slow_database_answers_late_and_nobody_is_refused(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    def hinder(phones: Phones) -> None:
        with held_table(home):
            time.sleep(2)

    phones, seconds = hindered(home, seed, hinder, n_rounds)
    assert (set(phones.statuses), phones.n_lost) == ({200}, 0)
    record_property(OUTCOME, told("database slow (table held 2 s)", phones, seconds))


def test_a_database_slower_than_a_phone_waits_is_said_to_be_not_stored(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    def hinder(phones: Phones) -> None:
        with held_table(home):
            phones.wait_for(503)

    phones, seconds = hindered(home, seed, hinder, n_rounds)
    assert (set(phones.statuses), phones.n_lost) == ({200, 503}, 0)
    record_property(OUTCOME, told("database slower than answers may be", phones, seconds))


def test_a_database_that_stands_still_is_said_to_be_not_stored(
    home: Path, seed: Seed, n_rounds: int, record_property: Record
) -> None:
    def hinder(phones: Phones) -> None:
        signal_postgres(home, signal.SIGSTOP)
        try:
            phones.wait_for(503)
        finally:
            signal_postgres(home, signal.SIGCONT)

    phones, seconds = hindered(home, seed, hinder, n_rounds)
    assert (set(phones.statuses), phones.n_lost) == ({200, 503}, 0)
    record_property(OUTCOME, told("database stands still (SIGSTOP)", phones, seconds))


def test_a_database_of_somebody_else_goes_away_and_comes_back(
    tmp_path: Path, n_rounds: int, record_property: Record
) -> None:
    elsewhere = Cluster(tmp_path)
    url = f"postgresql://{OWNER}@/{DATABASE}?host={elsewhere.sockets}"
    chosen = {"DATABASE_URL": url}

    def hinder(phones: Phones) -> None:
        elsewhere.stop()
        phones.wait_for(503)
        elsewhere.start()

    with running(elsewhere):
        seed = installed(tmp_path, chosen)
        phones, seconds = hindered(tmp_path, seed, hinder, n_rounds, chosen)
    assert (set(phones.statuses), phones.n_lost) == ({200, 503}, 0)
    record_property(OUTCOME, told("database away and back", phones, seconds))


def on_a_small_disk(
    path: Path, name: str, n_rounds: int, at_the_end: Callable[[Path], None] | None = None
) -> str:
    """The line of the table of a disk that is filled, or why there was none to fill."""
    with small_disk(path) as disk:
        if isinstance(disk, str):
            return f"{name}: not tried, this user may mount no disk: {disk}"
        seed = installed(disk.path)

        def hinder(phones: Phones) -> None:
            with disk.full():
                if at_the_end is not None:
                    at_the_end(disk.path)
                phones.wait_for(503)

        phones, seconds = hindered(disk.path, seed, hinder, n_rounds)
    assert (set(phones.statuses), phones.n_lost) == ({200, 503}, 0)
    return told(f"{name} ({KIND})", phones, seconds)


def test_a_full_disk_is_said_to_be_not_stored_until_there_is_room(
    tmp_path: Path, n_rounds: int, record_property: Record
) -> None:
    record_property(OUTCOME, on_a_small_disk(tmp_path / "disk", "disk full", n_rounds))


def test_a_disk_too_full_for_the_log_of_writes_ends_postgresql_until_there_is_room(
    tmp_path: Path, n_rounds: int, record_property: Record
) -> None:
    line = on_a_small_disk(tmp_path / "disk", "log of writes full", n_rounds, _fill_log)
    record_property(OUTCOME, line)


def _fill_log(home: Path) -> None:
    """Ask for new files of the log of writes until PostgreSQL has ended over them."""
    with connect(home) as connection, pytest.raises(psycopg.OperationalError):
        write_to_the_end(connection)


def write_to_the_end(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    for _ in range(1000):
        connection.execute("SELECT pg_switch_wal(), pg_logical_emit_message(true, 'x', 'x')")
