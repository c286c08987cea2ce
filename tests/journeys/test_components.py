"""The sheet of components in a browser: both themes, phone, paper, keyboard, weight."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import PHONE, SMALL_PHONE, Theme, visiting

pytestmark = pytest.mark.slow
SHEET = "/thanh-phan/"
Cookies = list[dict[str, str]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_components_meet_wcag_in_both_themes(
    browser: Browser, site: str, signed_in: Cookies, theme: Theme
) -> None:
    with visiting(browser, site, theme=theme, cookies=signed_in) as visit:
        visit.open(SHEET).picture(f"components-{theme}")
        assert visit.violations() == []


@pytest.mark.parametrize("viewport", [PHONE, SMALL_PHONE], ids=["360", "320"])
def test_components_never_scroll_sideways(
    browser: Browser, site: str, signed_in: Cookies, viewport: dict[str, int]
) -> None:
    with visiting(browser, site, viewport=viewport, cookies=signed_in) as visit:
        visit.open(SHEET).picture(f"components-{viewport['width']}")
        assert visit.too_wide() == []
        assert visit.violations() == []


def test_components_print_without_bar_and_buttons(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, theme="dark", cookies=signed_in) as visit:
        assert visit.open(SHEET).printed("components-print")
        visit.page.emulate_media(media="print")
        assert not visit.page.locator(".vx-top").is_visible()
        assert not visit.page.locator(".vx-btn").first.is_visible()
        ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


def test_every_stop_of_the_keyboard_is_seen_and_the_first_skips_to_the_content(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        stops = visit.open(SHEET).tabbed()
        assert stops[0]["name"] == "Đến nội dung chính"
        assert [stop["name"] for stop in stops if not stop["visible"]] == []
        assert "Giao việc" in {stop["name"] for stop in stops}


def test_theme_is_chosen_by_keyboard_and_remembered(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        page = visit.open(SHEET).page
        page.get_by_label("Ngôn ngữ và giao diện").press("Enter")
        page.get_by_role("button", name="Tối").press("Enter")
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        page.keyboard.press("Escape")
        assert not page.get_by_role("button", name="Tối").is_visible()
        visit.open(SHEET)
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_theme_and_language_change_without_scripts(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, scripts=False, cookies=signed_in) as visit:
        page = visit.page
        page.goto(site + SHEET)
        page.locator("summary[aria-label='Ngôn ngữ và giao diện']").click()
        page.get_by_role("button", name="Tối").click()
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        page.locator("summary[aria-label='Ngôn ngữ và giao diện']").click()
        page.get_by_role("button", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("h1").inner_text() == "Components and states"


def test_console_stays_within_its_weight(browser: Browser, site: str, signed_in: Cookies) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        kilobytes = visit.open(SHEET).weight()
        assert kilobytes["document"] <= 12
        assert sum(kilobytes.values()) <= 170


def test_phone_page_stays_within_its_weight(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        kilobytes = visit.open("/ngoai-tuyen/").weight()
        visit.picture("offline-360")
        assert visit.violations() == []
        assert kilobytes["document"] <= 5
        assert sum(kilobytes.values()) <= 115
