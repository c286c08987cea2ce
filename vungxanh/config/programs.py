"""What every program of the product does before and after its own work."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import django

from vungxanh.config import paths
from vungxanh.config.database import ROLE, Role, is_embedded
from vungxanh.config.secret import make_secret_key
from vungxanh.core.postgres import Cluster, kept_up, running

SETTINGS = "vungxanh.config.settings"


@contextmanager
def installation(role: Role) -> Iterator[None]:
    """The database runs, its role is taken and Django is ready, while the block runs."""
    os.environ[ROLE] = role
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    paths.home().mkdir(mode=0o700, parents=True, exist_ok=True)
    make_secret_key(paths.keys())
    with database_running():
        django.setup()
        yield


@contextmanager
def database_running() -> Iterator[None]:
    """The embedded server while the block runs, also if it dies; somebody else keeps any other."""
    if not is_embedded():
        yield
        return
    with running(Cluster(paths.home())) as cluster, kept_up(cluster):
        yield


def end_on_signals() -> None:
    """SIGTERM ends the program as Ctrl-C does: by an exception, so that everything is closed."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def end_with_parent() -> None:
    """A child ends when its standard input does: its parent may have been killed."""
    threading.Thread(target=_wait_for_parent, name="parent", daemon=True).start()


def _wait_for_parent() -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    os.kill(os.getpid(), signal.SIGTERM)


def prepare_without_database() -> None:
    """Django for programs that read the code alone."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    django.setup()
