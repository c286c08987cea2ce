"""The worker process: seals the log each second, and runs the jobs of rooms' `jobs.py`."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from vungxanh.refusals import RefusalError

GRACE_SECONDS = 20
SEAL_EVERY_SECONDS = 1.0
_log = logging.getLogger(__name__)


def work() -> None:
    """Run jobs until a signal; the running one gets time to end. Needs a prepared Django."""
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app, connector_params

    worker = app.with_connector(PsycopgConnector(kwargs=connector_params()))
    with sealing():
        worker.run_worker(name="vungxanh", concurrency=4, shutdown_graceful_timeout=GRACE_SECONDS)


@contextmanager
def sealing(every_seconds: float = SEAL_EVERY_SECONDS) -> Iterator[None]:
    """Seal the log in a thread of its own while the block runs, and once more at its end.

    A thread, so that no job, however long, keeps the log waiting.
    """
    stop = threading.Event()
    sealer = threading.Thread(target=_seal_until, args=(stop, every_seconds), name="sealer")
    sealer.start()
    try:
        yield
    finally:
        stop.set()
        sealer.join()


def _seal_until(stop: threading.Event, every_seconds: float) -> None:
    try:
        while not stop.wait(every_seconds):
            seal_once()
        seal_once()
    finally:
        connection.close()


def seal_once() -> None:
    """One look; without a database or keys it says so and the next look tries again."""
    try:
        due()
    except (Error, RefusalError):
        _log.exception("the log could not be sealed; trying again")
        connection.close()


def due() -> int:
    """Seal what waits now; how many rows."""
    from vungxanh.audit.actions import seal_due
    from vungxanh.core import clock

    return seal_due(at=clock.now())
