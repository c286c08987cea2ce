"""Several programs, one embedded server: the first starts it, the last one out stops it.

Each program holds a shared lock on a file while it uses the server. The system drops the lock of a
program that was killed, so a server is never kept alive by a count that nobody corrects.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vungxanh.core.postgres.cluster import Cluster


@contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """The server of `cluster`, started if needed, while the block runs."""
    cluster.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    users = _open(cluster.home / "postgres.users")
    try:
        with alone(cluster):
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster.start()
        yield cluster
    finally:
        with alone(cluster):
            if _is_last(users):
                cluster.stop()
        os.close(users)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


@contextmanager
def alone(cluster: Cluster) -> Iterator[None]:
    """One program at a time starts or stops the server."""
    turn = _open(cluster.home / "postgres.turn")
    try:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
    finally:
        os.close(turn)


def _is_last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
