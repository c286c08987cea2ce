"""An embedded server that died is started again while a program uses it.

Of a server of somebody else's its own keeper takes care; of ours there is none but its users.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from vungxanh.core.postgres.cluster import Cluster
from vungxanh.core.postgres.errors import PostgresError
from vungxanh.core.postgres.sharing import alone
from vungxanh.core.postgres.stale import live_postmaster

LOOK_SECONDS = 1.0
AGAIN_SECONDS = 5.0  # after a start that failed: a full disk does not empty itself in a second
_log = logging.getLogger(__name__)


@contextmanager
def kept_up(cluster: Cluster) -> Iterator[None]:
    """Start the server again whenever its process is gone, while the block runs."""
    stop = threading.Event()
    keeper = threading.Thread(
        target=_keep_until, args=(stop, cluster), name="postgres", daemon=True
    )
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep_until(stop: threading.Event, cluster: Cluster) -> None:
    pause = LOOK_SECONDS
    while not stop.wait(pause):
        pause = LOOK_SECONDS if _looked_after(cluster) else AGAIN_SECONDS


def _looked_after(cluster: Cluster) -> bool:
    """Whether the server's process is there, if need be by starting it."""
    if live_postmaster(cluster.data_directory) is not None:
        return True
    _log.warning("PostgreSQL is gone; starting it again")
    try:
        with alone(cluster):
            cluster.start()
    except (PostgresError, psycopg.Error, OSError) as fault:
        _log.warning("PostgreSQL could not be started: %s", fault)
        return False
    return True
