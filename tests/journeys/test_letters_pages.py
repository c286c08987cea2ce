"""Pages of letters: WCAG in both themes, no sideways scroll, dressed, with icons."""

import pytest
from playwright.sync_api import Browser

from tests.directives.letters import BINH_DINH, LETTERS, blank_picture
from tests.factories.people import Colleague
from tests.journeys.browser import DESKTOP, PHONE, SMALL_PHONE, Theme, visiting
from tests.journeys.test_figures_pages import faults
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.directives import imports
from vungxanh.directives.actions import candidates, items
from vungxanh.directives.actions.items import Seen
from vungxanh.directives.models import ReceivedLetter

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places")]


def bring(content: bytes, name: str) -> ReceivedLetter:
    asked = imports.Asked(BINH_DINH, content, name, is_pasted=False)
    return imports.bring_in(asked=asked, by=SYSTEM, at=clock.now()).letter


@pytest.fixture
def addresses() -> tuple[str, ...]:
    """Every page of the room: five real letters, one touched, and a picture that failed."""
    real = [bring(path.read_bytes(), path.name) for path in sorted(LETTERS.glob("00*.txt"))]
    waiting = bring(blank_picture(), "cho.png")
    failed = bring(blank_picture(65), "hong.png")
    imports.read_picture(letter_id=failed.id, by=SYSTEM, at=clock.now())
    touched = real[1].id
    items.drop_item(letter_id=touched, seen=Seen("task-2", 0), by=SYSTEM, at=clock.now())
    items.confirm_item(letter_id=touched, seen=Seen("task-8", 0), by=SYSTEM, at=clock.now())
    candidates.keep_candidate(letter_id=touched, by=SYSTEM, at=clock.now())
    pages = [f"/van-ban/{letter.id}/" for letter in (*real, waiting, failed)]
    views = ("?xep=han", "?xep=don-vi", "?sua=task-9", "?sua=head-0", "lan-sua/")
    more = [f"/van-ban/{touched}/{view}" for view in views]
    return ("/van-ban/", "/van-ban/?tim=x", "/van-ban/nop/", "/van-ban/mau/", *pages, *more)


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (SMALL_PHONE, "dark")],
    ids=["light", "dark", "360", "320"],
)
def test_pages_of_letters_are_readable_by_anyone_on_any_screen(
    browser: Browser,
    site: str,
    province_officer: Colleague,
    addresses: tuple[str, ...],
    viewport: dict[str, int],
    theme: Theme,
) -> None:
    cookie = province_officer.client.cookies["vx_session"]
    cookies = [{"name": cookie.key, "value": cookie.value}]
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookies) as visit:
        found = [
            fault
            for address in addresses
            for fault in faults(visit, address, is_wide=viewport is DESKTOP)
        ]
    assert found == []
