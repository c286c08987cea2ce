"""Pages of places of both eras: WCAG in both themes, no sideways scroll, weight, on paper."""

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.people import Colleague
from tests.journeys.browser import DESKTOP, PHONE, SMALL_PHONE, Theme, visiting
from tests.journeys.eras import BEFORE, TODAY, Era, counted_in_wards, in_both_eras
from tests.journeys.test_figures_pages import faults

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]

OF_AN_ERA = (
    "/tim/?q={0.typed}",
    "/don-vi/{0.province}/",
    "/don-vi/{0.unit}/",
    "/don-vi/{0.unit}/?ngay={0.day_without}",
    "/don-vi/{0.unit}/cap-do/",
    "/don-vi/{0.province}/cap-do-cac-xa/",
    "/dia-ban/{0.province}/",
    "/dia-ban/{0.province}/dan-so/",
    "/dia-ban/{0.unit}/",
    "/dia-ban/{0.province}/nguon/bluezone_with_phone/",
)
OF_BOTH = (
    "/tim/",
    "/tim/?q=Thung+Lung+Sao",
    "/to-chuc/",
    "/to-chuc/gan/",
    "/to-chuc/them/",
    "/to-chuc/nhap/",
    "/ranh-gioi/",
    "/so-lieu/dan-so/nop/",
)
ADDRESSES = [path.format(era) for path in OF_AN_ERA for era in (BEFORE, TODAY)] + list(OF_BOTH)


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (SMALL_PHONE, "dark")],
    ids=["light", "dark", "360", "320"],
)
def test_pages_of_places_are_readable_by_anyone_on_any_screen(
    browser: Browser,
    site: str,
    administrator: Colleague,
    viewport: dict[str, int],
    theme: Theme,
) -> None:
    cookie = administrator.client.cookies["vx_session"]
    cookies = [{"name": cookie.key, "value": cookie.value}]
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookies) as visit:
        found = [
            fault
            for address in ADDRESSES
            for fault in faults(visit, address, is_wide=viewport is DESKTOP)
        ]
    assert found == []


@in_both_eras
def test_paper_keeps_what_a_place_became_and_leaves_forms_out(
    browser: Browser, site: str, era: Era
) -> None:
    with visiting(browser, site, theme="dark") as visit:
        page = visit.open(f"/don-vi/{era.unit}/").page
        assert visit.printed(f"place-print-{era.tree}")
        page.emulate_media(media="print")
        expect(page.locator("#main table").get_by_text(era.kin, exact=True)).to_be_visible()
        expect(page.get_by_label("Xem vào ngày")).to_be_hidden()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"


def test_paper_keeps_the_doubts_about_figures_of_the_other_era(browser: Browser, site: str) -> None:
    counted_in_wards()
    with visiting(browser, site) as visit:
        page = visit.open(f"/dia-ban/{TODAY.province}/").page
        assert visit.printed("figures-print-today")
        page.emulate_media(media="print")
        expect(page.get_by_role("note")).to_contain_text("Còn thiếu: Gia Lai (cũ)")
        expect(page.get_by_role("note")).to_be_visible()


@pytest.mark.parametrize("path", ["/don-vi/{0.province}/", "/dia-ban/{0.province}/"])
@in_both_eras
def test_page_of_a_province_stays_within_its_weight(
    browser: Browser, site: str, era: Era, path: str
) -> None:
    with visiting(browser, site) as visit:
        kilobytes = visit.open(path.format(era)).weight()
        assert kilobytes["document"] <= 24
        assert sum(kilobytes.values()) <= 182


def test_english_page_of_a_place_speaks_english(browser: Browser, site: str) -> None:
    english = [{"name": "vx_language", "value": "en"}]
    with visiting(browser, site, cookies=english) as visit:
        page = visit.open("/tim/?q=quy+nhon").page
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("#main")).to_contain_text("5 wards and 1 commune")
        visit.picture("search-english")
