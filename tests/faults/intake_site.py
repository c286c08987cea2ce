"""An installation whose server may be killed and started again at the same address."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from bench import homes
from bench.serving import free_port
from tests.config.hardened_site import ROOT, Site, environment, wait_until_ready
from vungxanh.core.postgres import DATABASE, Cluster
from vungxanh.core.postgres.stale import orphans

CLI = (sys.executable, "-m", "vungxanh.config.cli")


@dataclass(frozen=True)
class Seed:
    """The codes of points and the tokens of phones."""

    points: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass
class Server:
    """`vungxanh serve` in a process of its own, at a port that it keeps."""

    home: Path
    chosen: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    port: int = field(default_factory=free_port)
    program: "subprocess.Popen[bytes] | None" = None

    @property
    def site(self) -> Site:
        """Where it is asked."""
        return Site(self.home, self.port, self.home / f"log-{self.port}")

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        site = self.site
        with site.log.open("ab") as log:
            self.program = subprocess.Popen(
                [*CLI, "serve", *self.arguments],
                env={**environment(self.home, self.port), **self.chosen},
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until_ready(site, self.program)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send it a signal, and wait until it has ended."""
        if self.program is not None:
            self.program.send_signal(number)
            self.program.wait(60)


@contextmanager
def serving(*servers: Server) -> Iterator[None]:
    """Servers that run, or are started again, while the block runs."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in servers:
            server.end()


def installed(home: Path, chosen: Mapping[str, str] | None = None) -> Seed:
    """An installation with points and phones, up to date; nothing of it runs afterwards."""
    given = {**environment(home, 0), **(chosen or {})}
    if chosen:
        subprocess.run([*CLI, "migrate"], env=given, cwd=ROOT, check=True)
    else:
        homes.migrated(home)
    seeding = [sys.executable, "-m", "tests.faults.intake_seed"]
    seeded = subprocess.run(seeding, env=given, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    told = json.loads(seeded.stdout)
    return Seed(tuple(told["points"]), tuple(told["phones"]))


def kill_postgres(home: Path) -> None:
    """SIGKILL to the postmaster and all its children."""
    signal_postgres(home, signal.SIGKILL)


def signal_postgres(home: Path, number: signal.Signals) -> None:
    """A signal to the postmaster and all its children."""
    for pid in orphans(Cluster(home).data_directory):
        try:
            os.kill(pid, number)
        except ProcessLookupError:  # a child that the one before has ended
            continue


def connect(home: Path) -> "psycopg.Connection[tuple[object, ...]]":
    """A connection of the superuser; each statement by itself."""
    return psycopg.connect(Cluster(home).conninfo(database=DATABASE), autocommit=True)
