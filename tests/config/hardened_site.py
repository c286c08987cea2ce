"""A real installation on this machine, for tests that knock at its sockets."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import psycopg

from bench.serving import free_port
from vungxanh.core.postgres import DATABASE, Cluster

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What a server said to one request."""

    status: int
    headers: Message
    said: str

    def getheader(self, name: str) -> str | None:
        """The value of a header; None where there is none."""
        value = self.headers.get(name)
        return None if value is None else str(value)


@dataclass(frozen=True)
class Site:
    """A server in a process of its own, and the file its standard error goes to."""

    home: Path
    port: int
    log: Path

    def ask(self, method: str, path: str, body: bytes | None = None, /, **headers: str) -> "Answer":
        """One request over a connection of its own; the answer is read whole."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as asked:
            asked.request(method, path, body, named)
            answer = asked.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))

    def raw(self, *pieces: bytes, pause: float = 0.0, listen: float = 10.0) -> bytes:
        """What the server says to bytes that no browser would send."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=listen) as line:
            for piece in pieces:
                line.sendall(piece)
                time.sleep(pause)
            return line.recv(65536)

    @contextmanager
    def without_table(self, table: str) -> Iterator[None]:
        """While the block runs, whatever asks for the table fails."""
        self.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        try:
            yield
        finally:
            self.execute(f"ALTER TABLE {table}_gone RENAME TO {table}")

    def execute(self, statement: str) -> None:
        """A statement as the owner of the database."""
        where = Cluster(self.home).conninfo(database=DATABASE)
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def serving(home: Path, **chosen: str) -> Iterator[Site]:
    """The server of a data directory while the block runs."""
    site = Site(home, free_port(), home / f"log-{len(list(home.glob('log-*')))}")
    with site.log.open("wb") as log:
        program = subprocess.Popen(
            [sys.executable, "-m", "vungxanh.config.cli", "serve"],
            env=environment(home, site.port) | chosen,
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_ready(site, program)
            yield site
        finally:
            program.terminate()
            program.wait(60)


def wait_until_ready(site: Site, program: "subprocess.Popen[bytes]") -> None:
    """Raise with what the server said, if it ends before."""
    ends_at = time.monotonic() + START_SECONDS
    while time.monotonic() < ends_at:
        if program.poll() is not None:
            raise RuntimeError(site.log.read_text("utf-8"))
        try:
            if site.ask("GET", "/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError(site.log.read_text("utf-8"))


def environment(home: Path, port: int) -> dict[str, str]:
    """What a program of this data directory is started with."""
    left_out = {"DATABASE_URL", "TLS", "VUNGXANH_HTTPS", "VUNGXANH_PROXIES"}
    clean = {name: value for name, value in os.environ.items() if name not in left_out}
    return clean | {
        "VUNGXANH_HOME": str(home),
        "VUNGXANH_LANG": "en",
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "vungxanh.config.settings",
    }
