"""Asking who may see a page costs two queries at most, on every page of the URL table."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import unwrap
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.factories import places
from tests.factories.resource import registered
from tests.security.doors import Door, door, entries
from tests.security.objects import accounts, things
from tests.security.scene import people
from tests.security.standing import NOON
from vungxanh.core.clock import frozen_at

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MOST = 2
MIDDLEWARE = "vungxanh/accounts/middleware.py"
# Where it is decided whether a thing may be read; none of them asks the database anything.
DECIDING = (
    "vungxanh/accounts/queries/authorising.py",
    "vungxanh/accounts/queries/reading.py",
    "vungxanh/accounts/queries/areas.py",
    "vungxanh/accounts/values/areas.py",
)


def is_of_the_check(sql: str) -> bool:
    """Whether a query that is being made asks for the session, or who is looking and what at."""
    if sql.startswith('SELECT "django_session".'):
        return True
    for frame in traceback.extract_stack():
        if frame.filename.endswith(MIDDLEWARE) and frame.name != "__call__":
            return True
        if frame.filename.endswith(DECIDING):
            return True
    return False


@contextmanager
def counting() -> Iterator[list[str]]:
    """The queries of the check that are made meanwhile."""
    made: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if is_of_the_check(sql):
            made.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield made


def asked(address: str, client: Client) -> list[str]:
    """The queries of the check when a browser reads an address."""
    with counting() as made:
        b"".join(client.get(address))  # a file that is handed out is closed when it was read
    return made


@pytest.fixture
def doors_and_owner(db: None) -> Iterator[tuple[list[Door], Client]]:
    """Every URL that is read, each with a real thing, and who may do everything there."""
    with frozen_at(NOON), registered(accounts.LISTED):
        unwrap(places.places_of_both_eras)(unwrap(places.places)(None))
        found = people()
        made = things(found.owner)
        doors = [door(entry, made) for entry in entries()]
        yield [one for one in doors if "GET" in one.methods], found.owner.client


def test_the_check_asks_at_most_two_queries_on_any_page(
    doors_and_owner: tuple[list[Door], Client],
) -> None:
    doors, owner = doors_and_owner
    cost = {one.real: asked(one.real, owner) for one in doors if one.real != "/dang-xuat/"}
    dear = {address: made for address, made in cost.items() if len(made) > MOST}
    assert dear == {}
    assert len(cost) > 100
    assert max(map(len, cost.values())) == MOST  # the queries of the check are recognised at all


def test_strangers_cost_no_query(doors_and_owner: tuple[list[Door], Client]) -> None:
    doors, _ = doors_and_owner
    cost = {one.real: asked(one.real, Client()) for one in doors}
    assert {address: made for address, made in cost.items() if made} == {}
