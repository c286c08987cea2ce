"""The servers of the benchmark of intake: ours and the peers, each with one worker process."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import intake_cpu
from bench.harness import ROOT
from bench.homes import inside
from bench.intake_load import PATH, Answers
from bench.serving import free_port
from vungxanh.core.postgres import Cluster

PEERS: Final = "bench.intake_peer_serving"
THREADS: Final = "16"
READY_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Kind:
    """How a server is started, `{port}` in its words, and where it takes check-ins."""

    command: tuple[str, ...]
    path: str = PATH


OURS: Final = Kind(("vungxanh.config.cli", "serve", "--role", "intake"))
WSGI: Final = Kind(
    (
        *("granian", "--interface", "wsgi", "--factory", f"{PEERS}:wsgi", "--port", "{port}"),
        *("--workers", "1", "--blocking-threads", THREADS, "--backpressure", "256"),
        *("--http", "1", "--no-ws", "--log-level", "error"),
    )
)
NINJA: Final = Kind(
    (
        *("uvicorn", "--factory", f"{PEERS}:asgi", "--port", "{port}", "--loop", "uvloop"),
        *("--http", "httptools", "--log-level", "error", "--no-access-log", "--lifespan", "off"),
    ),
    "/ninja/visits",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs over a cluster."""

    port: int
    path: str
    program: subprocess.Popen[bytes]
    postmaster: int

    def wait(self) -> None:
        """Until it takes connections; an error where it has ended instead."""
        give_up_at = time.monotonic() + READY_SECONDS
        while not _listens(self.port):
            if self.program.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"not ready: {self.program.args!r}")
            time.sleep(0.05)

    def measured(self, load: Callable[[int, str], Answers]) -> "Spent":
        """What a load had answered, and what the server and PostgreSQL spent on it."""
        before = self._spent()
        answers = load(self.port, self.path)
        own, database = (now - then for now, then in zip(self._spent(), before, strict=True))
        return Spent(answers, own, database)

    def _spent(self) -> tuple[float, float]:
        return intake_cpu.seconds([self.program.pid]), intake_cpu.seconds([self.postmaster])


@dataclass(frozen=True, slots=True)
class Spent:
    """Answers, and seconds on a processor: the server's own and PostgreSQL's."""

    answers: Answers
    own: float
    database: float

    @property
    def cpu(self) -> float:
        """Both together."""
        return self.own + self.database


@contextmanager
def serving(kind: Kind, home: Path) -> Iterator[Server]:
    """A server that starts over the cluster of an installation and ends with the block."""
    port = free_port()
    command = [sys.executable, "-m", *(word.format(port=port) for word in kind.command)]
    environment = {**inside(home), "PORT": str(port)}
    program = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield Server(port, kind.path, program, postmaster(home))
    finally:
        program.terminate()
        program.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def postmaster(home: Path) -> int:
    """The process of the embedded server, from which all others of it come."""
    pid = (Cluster(home).data_directory / "postmaster.pid").read_text()
    return int(pid.splitlines()[0])
