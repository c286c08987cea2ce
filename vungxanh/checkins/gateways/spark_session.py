"""A session with a Spark cluster: the driver's own Java, and what it is told.

Spark's Python package is imported only here and only when a session is asked for. What the operator
set in `spark-defaults.conf` of SPARK_CONF_DIR holds; the few settings below stand above it.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vungxanh.checkins.gateways.spark_cluster import PAUSE_SECONDS, STOP_SECONDS, spark_home
from vungxanh.checkins.gateways.spark_refusals import (
    spark_failed,
    spark_unreachable,
    spark_without_workers,
)

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark.sql import SparkSession

ANSWER_SECONDS: Final = 5
SCHEME: Final = "spark://"

# Few, large batches; Python is kept between tasks, so that a store is opened once a core. Results
# may fill the driver's memory.
SETTINGS: Final = {
    "spark.app.name": "vungxanh tracing",
    "spark.driver.maxResultSize": "0",
    "spark.python.worker.reuse": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200000",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def session(
    master: str,
    *,
    configuration: Path | None = None,
    memory: str = "2g",
    patience_s: float = 60,
) -> Iterator["SparkSession"]:
    """A session at `spark://host:port` for the block; inside another at the same master, that one.

    `configuration` is the directory of `spark-defaults.conf` (else SPARK_CONF_DIR), `memory` the
    driver's, in Spark's words; the first worker must come within `patience_s`.
    Raises `tracing.spark_missing`, `tracing.java_missing`, `tracing.spark_unreachable`,
    `tracing.spark_without_workers`, `tracing.spark_failed`.
    """
    spark_home()
    running = _running(master)
    if running is not None:
        yield running
        return
    address = address_towards(master)
    with ExitStack() as ends:
        folder = ends.enter_context(tempfile.TemporaryDirectory(prefix="vungxanh-spark-driver-"))
        ends.enter_context(_quiet_interrupts())
        chosen = {
            **SETTINGS,
            "spark.master": master,
            "spark.driver.host": address,
            "spark.driver.bindAddress": address,
            "spark.driver.memory": memory,
            "spark.local.dir": folder,
            "spark.sql.warehouse.dir": f"{folder}/warehouse",
        }
        driver = Driver(Path(folder), address, configuration, patience_s)
        yield ends.enter_context(driver.session(chosen))


def address_towards(master: str) -> str:
    """This machine's address on the way to the first master that answers.

    Raises `tracing.spark_unreachable`.
    """
    for host, port in _masters(master):
        with suppress(OSError), closing(_connected(host, port)) as line:
            return str(line.getsockname()[0])
    raise spark_unreachable(master)


def _masters(master: str) -> Iterator[tuple[str, int]]:
    """Hosts and ports out of `spark://a:7077,b:7077`; none where it is nothing of the kind."""
    for each in master.removeprefix(SCHEME).split(",") if master.startswith(SCHEME) else []:
        host, _, port = each.rpartition(":")
        if host and port.isdecimal() and int(port) < 2**16:
            yield host, int(port)


def _connected(host: str, port: int) -> socket.socket:
    return socket.create_connection((host, port), timeout=ANSWER_SECONDS)


def _running(master: str) -> "SparkSession | None":
    """The session of this process at the same master, if there is one."""
    from pyspark.sql import SparkSession

    found = SparkSession.getActiveSession()
    return found if found is not None and found.sparkContext.master == master else None


@dataclass(frozen=True, slots=True)
class Driver:
    """The Java beside this process: its log and files in `folder`, its address for the workers."""

    folder: Path
    address: str
    configuration: Path | None
    patience_s: float

    @contextmanager
    def session(self, chosen: Mapping[str, str]) -> Iterator["SparkSession"]:
        """A session of this driver with those settings; its Java ends with the block."""
        with self._gateway(chosen) as gateway:
            try:
                yield self._begun(gateway, chosen)
            finally:
                _forget()

    @contextmanager
    def _gateway(self, chosen: Mapping[str, str]) -> Iterator["JavaGateway"]:
        """Java, with its words in a log and out of reach of the terminal's Ctrl-C."""
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway

        launched: Callable[..., JavaGateway] = launch_gateway
        settings = SparkConf(loadDefaults=False).setAll(list(chosen.items()))
        with self._log.open("wb") as log, _environment(self._variables()):
            output = {"stdout": log, "stderr": subprocess.STDOUT, "start_new_session": True}
            try:
                gateway = launched(settings, popen_kwargs=output)
            except PySparkException as failure:
                raise spark_failed(self._last_words()) from failure
        try:
            yield gateway
        finally:
            _end(gateway)

    def _begun(self, gateway: "JavaGateway", chosen: Mapping[str, str]) -> "SparkSession":
        """A session that the master let in and that has a worker."""
        from py4j.protocol import Py4JError
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession

        try:
            with _environment(self._variables()), unused_pandas():
                settings = SparkConf(_jvm=gateway.jvm).setAll(list(chosen.items()))
                with _own_interrupts():
                    context = SparkContext(conf=settings, gateway=gateway)
                started = SparkSession(context)
            self._await_worker(started, chosen["spark.master"])
        except Py4JError as failure:
            raise spark_unreachable(chosen["spark.master"]) from failure
        return started

    def _await_worker(self, started: "SparkSession", master: str) -> None:
        """Wait for the first executor: without any, a job would wait for ever."""
        until = time.monotonic() + self.patience_s
        context = started.sparkContext._jsc.sc()
        while len(context.statusTracker().getExecutorInfos()) < 2:  # the driver counts as one
            if context.isStopped():  # as it does when the master turns it away
                raise spark_unreachable(master)
            if time.monotonic() > until:
                raise spark_without_workers(master)
            time.sleep(PAUSE_SECONDS)

    def _variables(self) -> dict[str, str]:
        """What Spark reads from the environment; workers run the same Python at the same path."""
        own = {"SPARK_LOCAL_IP": self.address, "PYSPARK_PYTHON": sys.executable}
        if self.configuration is not None:
            own["SPARK_CONF_DIR"] = str(self.configuration)
        return own

    @property
    def _log(self) -> Path:
        return self.folder / "driver.log"

    def _last_words(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]


@contextmanager
def unused_pandas() -> Iterator[None]:
    """Spark warns of a pandas newer than it knows; nothing here goes through pandas."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message="PySpark does not yet fully support pandas", category=FutureWarning
        )
        yield


@contextmanager
def _environment(own: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


@contextmanager
def _own_interrupts() -> Iterator[None]:
    """Spark takes Ctrl-C over, and then speaks to Java in the middle of speaking to Java.

    Given back, it ends the block; the session's end cancels the jobs.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _quiet_interrupts() -> Iterator[None]:
    log = logging.getLogger()
    log.addFilter(_is_no_interrupt)
    try:
        yield
    finally:
        log.removeFilter(_is_no_interrupt)


def _is_no_interrupt(record: logging.LogRecord) -> bool:
    """Spark's bridge to Java writes where Ctrl-C met it; who pressed the keys knows."""
    return not record.getMessage().startswith("KeyboardInterrupt")


def _forget() -> None:
    """Stop the session or what there is of one; the next shall not ask this one's Java."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    if SparkSession._instantiatedSession is not None:
        SparkSession._instantiatedSession.stop()
    elif SparkContext._active_spark_context is not None:
        SparkContext._active_spark_context.stop()
    SparkContext._gateway = None
    SparkContext._jvm = None


def _end(gateway: "JavaGateway") -> None:
    """End the driver's Java: it ends when its input does."""
    gateway.shutdown()
    gateway.proc.stdin.close()
    try:
        gateway.proc.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        gateway.proc.kill()
        gateway.proc.wait()
