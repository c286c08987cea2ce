"""A Spark of one's own on this machine: a master and its workers, on loopback only.

The processes are on a leash: each hangs on a pipe of this process, so they end with the block,
after an exception, and even when this process is killed. Nobody else can use them: a secret of the
run stands in a file that only this user reads.
"""

import http.client
import importlib.util
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from vungxanh.checkins.gateways.spark_refusals import java_missing, spark_failed, spark_missing

LOOPBACK: Final = "127.0.0.1"
OLDEST_JAVA: Final = 17  # of Spark 4
START_SECONDS: Final = 120
STOP_SECONDS: Final = 20
PAUSE_SECONDS: Final = 0.1

# The program runs until it ends, the pipe closes or TERM comes; then its whole group is ended.
LEASH: Final = """
trap : TERM
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
{ read -r _ <&3; kill -TERM 0; } &
while kill -0 "$program" 2>/dev/null; do wait "$program"; done
kill -KILL 0
"""

# Java that starts quickly and compiles little: the search itself is not Java's.
QUICK_JAVA: Final = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
# Ports are taken as given: a master that moved on to the next one would not be found.
SETTINGS: Final = {
    "spark.authenticate": "true",
    "spark.driver.extraJavaOptions": QUICK_JAVA,
    "spark.executor.extraJavaOptions": QUICK_JAVA,
    "spark.master.rest.enabled": "false",
    "spark.port.maxRetries": "0",
    "spark.ui.killEnabled": "false",
}
NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})


def spark_home() -> Path:
    """Where Spark's programs are; refused with what to install, Java included.

    Raises `tracing.spark_missing`, `tracing.java_missing`.
    """
    for package in ("pyspark", "pandas"):  # Spark's door to Arrow asks for pandas, unused here
        if importlib.util.find_spec(package) is None:
            raise spark_missing(package)
    found = java_version()
    if found is None or found < OLDEST_JAVA:
        raise java_missing("" if found is None else f"Java {found}")
    spec = importlib.util.find_spec("pyspark")
    if spec is None or spec.origin is None:
        raise spark_missing("pyspark")
    return Path(spec.origin).parent


def java_version() -> int | None:
    """The major version of the Java that Spark would take; None for none."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which(str(Path(home) / "bin" / "java") if home else "java")
    if java is None:
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(version[1]) if version else None


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Leashed:
    """A program of Spark, with everything it starts in one process group, and its log."""

    log: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def started(cls, log: Path, words: list[str], environment: dict[str, str]) -> "Leashed":
        """Start the program; its group lives until `end`, or until this process is gone."""
        with log.open("wb") as said:
            process = subprocess.Popen(
                ["/bin/sh", "-c", LEASH, log.stem, *words],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )
        return cls(log, process)

    def let_go(self) -> None:
        """Tell the program to end."""
        if self.process.stdin is not None:
            self.process.stdin.close()

    def end(self) -> None:
        """Wait until the group has ended; one that does not is killed."""
        self.let_go()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the whole group at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self) -> str:
        """The last line of the log."""
        return self.log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]


@dataclass(slots=True)
class LoopbackCluster:
    """A master and workers with `cores` and `memory` each; all they write stands in `folder`."""

    folder: Path
    cores: int
    memory: str
    settings: Mapping[str, str]
    port: int = field(default_factory=free_port)
    page: int = field(default_factory=free_port)
    members: list[Leashed] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where a session asks for this cluster."""
        return f"spark://{LOOPBACK}:{self.port}"

    @property
    def configuration(self) -> Path:
        """The directory of the settings without which a session is not let in."""
        return self.folder / "conf"

    @property
    def workers(self) -> list[Leashed]:
        """The workers, in the order of their start."""
        return self.members[1:]

    def start(self, workers: int) -> None:
        """Start the master, then so many workers, and wait until it knows them."""
        self._write_settings()
        words = ["--host", LOOPBACK, "--port", str(self.port), "--webui-port", str(self.page)]
        self._start("master", "org.apache.spark.deploy.master.Master", *words)
        self._await(lambda: self.alive_workers() is not None)
        for _ in range(workers):
            self._start_worker()
        self._await(lambda: self.alive_workers() == workers)

    def add_worker(self) -> None:
        """Start one worker more and wait until the master knows it."""
        wanted = (self.alive_workers() or 0) + 1
        self._start_worker()
        self._await(lambda: (self.alive_workers() or 0) >= wanted)

    def alive_workers(self) -> int | None:
        """How many the master counts; None while it does not answer."""
        connection = http.client.HTTPConnection(LOOPBACK, self.page, timeout=10)
        try:
            connection.request("GET", "/json/")
            return int(json.loads(connection.getresponse().read())["aliveworkers"])
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            connection.close()

    def stop(self) -> None:
        """End exactly the processes of this cluster, the master last."""
        for member in self.members:
            member.let_go()
        for member in reversed(self.members):
            member.end()

    def _write_settings(self) -> None:
        self.configuration.mkdir(mode=0o700)
        own = {
            "spark.authenticate.secret": secrets.token_hex(32),
            "spark.executor.memory": self.memory,
        }
        lines = (
            f"{name} {value}\n" for name, value in {**SETTINGS, **own, **self.settings}.items()
        )
        file = self.configuration / "spark-defaults.conf"
        file.touch(mode=0o600)
        file.write_text("".join(lines))

    def _start_worker(self) -> None:
        name = f"worker-{len(self.members)}"
        words = ["--host", LOOPBACK, "--webui-port", "0", "--work-dir", str(self.folder / name)]
        shares = ["--cores", str(self.cores), "--memory", self.memory]
        self._start(name, "org.apache.spark.deploy.worker.Worker", *words, *shares, self.url)

    def _start(self, name: str, *words: str) -> None:
        home = spark_home()
        kept = {key: value for key, value in os.environ.items() if not key.startswith("SPARK_")}
        own = {
            "SPARK_HOME": str(home),
            "SPARK_CONF_DIR": str(self.configuration),
            "SPARK_LOCAL_IP": LOOPBACK,
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
            "SPARK_DAEMON_MEMORY": "512m",
            "SPARK_DAEMON_JAVA_OPTS": QUICK_JAVA,
        }
        program = [str(home / "bin" / "spark-class"), *words]
        self.members.append(Leashed.started(self.folder / f"{name}.log", program, kept | own))

    def _await(self, is_there: Callable[[], bool]) -> None:
        """Wait for what was started last; refused with its last word if it ends or is late."""
        until = time.monotonic() + START_SECONDS
        newest = self.members[-1]
        while not is_there():
            if newest.process.poll() is not None or time.monotonic() > until:
                raise spark_failed(newest.last_words())
            time.sleep(PAUSE_SECONDS)


@contextmanager
def loopback_cluster(
    *,
    workers: int = 2,
    cores: int = 1,
    memory: str = "2g",
    settings: Mapping[str, str] = NO_SETTINGS,
) -> Iterator[LoopbackCluster]:
    """A cluster of this machine for the block; `memory` in Spark's words, of each worker.

    `settings` stand above `SETTINGS`: long work in Spark's own SQL wants full compilation, with
    empty `extraJavaOptions`.
    Raises `tracing.spark_missing`, `tracing.java_missing`, `tracing.spark_failed`.
    """
    spark_home()
    made = tempfile.TemporaryDirectory(prefix="vungxanh-spark-", ignore_cleanup_errors=True)
    with made as folder:
        cluster = LoopbackCluster(Path(folder), cores, memory, settings)
        try:
            cluster.start(workers)
            yield cluster
        finally:
            cluster.stop()
