"""A running site and a browser for journeys."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.factories.people import Person
from tests.journeys.browser import launched
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.uptake.demo import load_published

KNOWN_AT = datetime(2021, 5, 27, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One for the session, there can be no other; its loop must not forbid tests the database."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as started:
        yield started
    patch.undo()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the session."""
    started = launched(playwright)
    yield started
    started.close()


@pytest.fixture
def site(live_server: LiveServer, settings: object) -> str:
    """The address of a running installation."""
    return live_server.url


@pytest.fixture
def published(transactional_db: None, places_of_both_eras: None) -> None:
    """What the demo publishes, Bình Định of 26 May 2021 first, among the units of both eras."""
    load_published(by=SYSTEM, at=KNOWN_AT)


@pytest.fixture
def revoked_listed(published: None) -> None:
    """The list of revoked codes as the minute's job has made it: phones ask for it."""
    assert list_revoked(by=SYSTEM, at=clock.now()) is not None


@pytest.fixture
def signed_in(administrator: Person) -> list[dict[str, str]]:
    """The session cookie of the administrator."""
    cookie = administrator.client.cookies["vx_session"]
    return [{"name": cookie.key, "value": cookie.value}]
