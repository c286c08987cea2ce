"""The session's database, and the promise that no connection leaves the machine."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator

import hypothesis
import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import home
from vungxanh.core.postgres import OWNER, Cluster, running

# How long an example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

pytest_plugins = ["tests.factories.people", "tests.factories.places"]

DATABASE = {"db", "transactional_db", "django_db_setup", "cluster", "live_server"}
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another PostgreSQL only the tests that ask a database are run again."""
    if "VUNGXANH_TEST_PG" not in os.environ:
        return
    left_out = [item for item in items if not _asks_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if _asks_the_database(item)]


def _asks_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not fixtures.isdisjoint(DATABASE)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster | None]:
    """The embedded server of the session; with a DATABASE_URL there is none."""
    if "DATABASE_URL" in os.environ:
        yield None
        return
    with running(Cluster(home.HOME, home.chosen_binaries(), QUICK)) as started:
        with psycopg.connect(started.conninfo(), autocommit=True) as connection:
            connection.execute(f"ALTER ROLE {OWNER} CREATEDB")
        yield started


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    cluster: Cluster | None, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """The server runs before pytest-django makes the test database."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A test that commits is followed by a flush, which the audit log would refuse."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditseal", "audit_auditday"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER audit_never_emptied")


def stays_here(address: object) -> bool:
    """Whether an address is of this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_to_leave(address: object) -> None:
    """Raise for an address of another machine."""
    if not stays_here(address):
        msg = f"a test tried to reach {address!r}"
        raise ConnectionRefusedError(msg)


@pytest.fixture(autouse=True, scope="session")
def no_connection_leaves() -> Iterator[None]:
    """Python's sockets reach this machine only."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex", "sendto"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


def _guarded(method: Callable[..., object]) -> Callable[..., object]:
    def guarded(self: socket.socket, *arguments: object) -> object:
        refuse_to_leave(arguments[-1])
        return method(self, *arguments)

    return guarded
