"""Deny by default: every URL stands in urls.toml with what it needs, and its door holds."""

import re
import tomllib
from pathlib import Path

import pytest
from django.test import Client

from tests.factories.people import Person
from vungxanh.checkins.api.visits import PATH as VISITS
from vungxanh.core.access import CITIZEN_START, OPEN, SELF, SIGN_IN_PATH, Entry, table
from vungxanh.declarations.api.declarations import PATH as DECLARE

LIST = Path(__file__).with_name("urls.toml")
EXAMPLES = {
    "uuid": "0196f0a0-0000-7000-8000-000000000000",
    "uuidstr": "0196f0a0-0000-7000-8000-000000000000",
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x",
}


def key(entry: Entry) -> str:
    """A page by its path, a call of the API by its methods and path."""
    return entry.path if entry.methods == "*" else f"{entry.methods} {entry.path}"


def listed() -> dict[str, str]:
    """What urls.toml says: address to need."""
    sections = tomllib.loads(LIST.read_text("utf-8"))
    return {address: needs for needs, addresses in sections.items() for address in addresses}


def example(path: str) -> str:
    """An address that the route would take."""
    return re.sub(
        r"<(?:(\w+):)?\w+>|{(?:(\w+):)?\w+}",
        lambda found: EXAMPLES[found[1] or found[2] or "str"],
        path,
    )


CLOSED = [entry for entry in table() if entry.needs not in {OPEN, None}]


def test_every_url_says_what_it_needs() -> None:
    assert [key(entry) for entry in table() if entry.needs is None] == []


def test_every_url_is_listed_with_what_it_needs() -> None:
    actual = {key(entry): entry.needs for entry in table()}
    assert actual | {f"POST {path}": "phone" for path in (VISITS, DECLARE)} == listed()


@pytest.mark.parametrize("entry", CLOSED, ids=key)
def test_closed_door_stays_shut_for_strangers(entry: Entry) -> None:
    method = "GET" if entry.methods == "*" else entry.methods.split(",")[0]
    reply = Client().generic(method, example(entry.path))
    is_api = entry.path.startswith("/api/")
    assert reply.status_code == (401 if is_api else 302)
    door = CITIZEN_START if entry.needs == SELF else SIGN_IN_PATH
    assert is_api or reply["Location"].startswith(door)


@pytest.mark.parametrize("entry", CLOSED, ids=key)
def test_door_asks_for_its_own_capability(entry: Entry, officer: Person) -> None:
    method = "GET" if entry.methods == "*" else entry.methods.split(",")[0]
    # Of a citizen's own phone staff are told what strangers are: it is not theirs.
    is_held = entry.needs in officer.viewer.capabilities | {"signed-in", SELF}
    reply = officer.client.generic(method, example(entry.path))
    assert (reply.status_code == 403) != is_held
    assert not re.search(r"\b403\b", reply.content.decode())
