"""The bar in a browser: one line for everybody, opened by keyboard, touch and without scripts."""

import pytest
from django.conf import LazySettings
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import DESKTOP, PHONE, Theme, visiting
from vungxanh.core.access import OPEN
from vungxanh.core.navigation import Entry, Ways

pytestmark = pytest.mark.slow
Cookies = list[dict[str, str]]
PAGE = "/can-bo/"
NARROW = {"width": 1280, "height": 900}
LINE = 48  # pixels


def height(page: Page) -> float:
    """Of the bar, in pixels."""
    box = page.locator(".vx-top").bounding_box()
    assert box is not None
    return box["height"]


@pytest.mark.parametrize("viewport", [NARROW, DESKTOP], ids=["1280", "1440"])
def test_the_bar_of_the_administrator_is_one_line(
    browser: Browser, site: str, signed_in: Cookies, viewport: dict[str, int]
) -> None:
    with visiting(browser, site, viewport=viewport, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        assert height(page) == LINE
        assert visit.too_wide() == []
        visit.picture(f"navigation-{viewport['width']}", whole=False)


def test_the_bar_stays_one_line_with_menus_in_every_group(
    browser: Browser, site: str, signed_in: Cookies, settings: LazySettings
) -> None:
    groups = settings.NAVIGATION.groups
    entries = [
        Entry(page, label, OPEN, key)
        for key, label in groups
        for page in ("uptake-areas", "locations-organisations")
    ]
    settings.NAVIGATION = Ways(groups, entries)
    with visiting(browser, site, viewport=NARROW, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        expect(page.locator(".vx-nav summary")).to_have_count(len(groups))
        assert height(page) == LINE
        assert visit.too_wide() == []


def test_a_group_is_opened_left_and_closed_by_keyboard(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        house = page.locator(".vx-nav summary", has_text="Quản trị")
        log = page.get_by_role("link", name="Nhật ký", exact=True)
        house.press("Enter")
        expect(log).to_be_visible()
        house.press("Escape")
        expect(log).to_be_hidden()
        expect(house).to_be_focused()
        house.press("Enter")
        page.locator(".vx-nav details[open] a").last.focus()
        page.keyboard.press("Tab")
        expect(log).to_be_hidden()
        house.press("Enter")
        log.press("Enter")
        expect(page).to_have_url(f"{site}/nhat-ky/")


def test_the_page_and_its_group_are_marked(browser: Browser, site: str, signed_in: Cookies) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        nav = visit.open(PAGE).page.locator(".vx-nav")
        expect(nav.locator("summary[aria-current]")).to_have_text("Quản trị")
        expect(nav.locator("a[aria-current=page]")).to_have_text("Cán bộ")


def test_opening_one_group_closes_the_other(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        page.locator(".vx-nav summary", has_text="Quản trị").click()
        page.locator(".vx-nav summary", has_text="Địa bàn").click()
        expect(page.locator(".vx-nav details[open]")).to_have_count(1)
        expect(page.get_by_role("link", name="Tất cả địa bàn")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_open_group_meets_wcag(
    browser: Browser, site: str, signed_in: Cookies, theme: Theme
) -> None:
    with visiting(browser, site, theme=theme, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        page.locator(".vx-nav summary", has_text="Quản trị").click()
        visit.picture(f"navigation-open-{theme}", whole=False)
        assert visit.violations() == []


def test_on_a_phone_one_button_opens_everything_under_headings(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, viewport=PHONE, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        expect(page.locator(".vx-nav")).to_be_hidden()
        page.locator(".vx-nav-phone summary").click()
        visit.picture("navigation-360", whole=False)
        listed = page.locator(".vx-nav-phone")
        expect(listed.get_by_role("heading", name="Quản trị")).to_be_visible()
        expect(listed.get_by_role("link", name="Cán bộ")).to_have_attribute("aria-current", "page")
        low = [
            box["height"] for one in listed.get_by_role("link").all() if (box := one.bounding_box())
        ]
        assert low
        assert min(low) >= 44
        assert visit.too_wide() == []
        assert visit.violations() == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "360"])
def test_every_page_of_the_menu_is_reached_without_scripts(
    browser: Browser, site: str, signed_in: Cookies, viewport: dict[str, int]
) -> None:
    with visiting(browser, site, viewport=viewport, scripts=False, cookies=signed_in) as visit:
        visit.page.goto(site + PAGE)
        visit.page.locator(
            ".vx-nav-box summary:visible, .vx-nav-phone summary:visible"
        ).last.click()
        visit.page.get_by_role("link", name="Nhật ký", exact=True).click()
        expect(visit.page).to_have_url(f"{site}/nhat-ky/")


@pytest.mark.usefixtures("published")
def test_who_has_not_signed_in_finds_the_open_pages(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open("/dia-ban/").page
        page.locator(".vx-nav-phone summary").click()
        expect(
            page.locator(".vx-nav-phone").get_by_role("link", name="Tất cả địa bàn")
        ).to_be_visible()
        expect(page.locator(".vx-nav-phone").get_by_role("link", name="Nhật ký")).to_have_count(0)


def test_paper_shows_neither_bar_nor_menu(browser: Browser, site: str, signed_in: Cookies) -> None:
    with visiting(browser, site, cookies=signed_in) as visit:
        page = visit.open(PAGE).page
        page.locator(".vx-nav summary", has_text="Quản trị").click()
        page.emulate_media(media="print")
        expect(page.locator(".vx-top")).to_be_hidden()
        expect(page.get_by_role("link", name="Nhật ký", exact=True)).to_be_hidden()
