"""The page of Bình Định on 26 May 2021 in a browser, open to anyone."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import PHONE, SMALL_PHONE, Theme, visiting

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]
UNIT = "/dia-ban/vn-2021:52/"
COUNTRY = "/dia-ban/vn-2021:vn/"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_unit_page_meets_wcag_in_both_themes(browser: Browser, site: str, theme: Theme) -> None:
    with visiting(browser, site, theme=theme) as visit:
        visit.open(UNIT).picture(f"unit-{theme}")
        assert visit.violations() == []


@pytest.mark.parametrize("viewport", [PHONE, SMALL_PHONE], ids=["360", "320"])
def test_unit_page_never_scrolls_sideways(
    browser: Browser, site: str, viewport: dict[str, int]
) -> None:
    with visiting(browser, site, viewport=viewport) as visit:
        visit.open(UNIT).picture(f"unit-{viewport['width']}")
        assert visit.too_wide() == []
        assert visit.violations() == []


def test_unit_page_prints_its_day_and_its_table(browser: Browser, site: str) -> None:
    with visiting(browser, site, theme="dark") as visit:
        assert visit.open(UNIT).printed("unit-print")
        visit.page.emulate_media(media="print")
        assert visit.page.locator("p.vx-print-only", has_text="26/5/2021").is_visible()
        assert visit.page.get_by_role("cell", name="202.379").first.is_visible()


def test_paper_keeps_the_doubts_and_every_finding(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        visit.open(UNIT).page.emulate_media(media="print")
        found = visit.page.locator("#vx-findings .vx-findings.vx-print-only > li")
        assert found.count() > 0
        assert found.last.is_visible()
        assert visit.page.locator("td .vx-doubt svg").first.is_visible()


def test_mark_of_a_doubt_leads_to_its_finding(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        page = visit.open(UNIT).page
        page.locator("td .vx-doubt").first.click()
        assert page.locator("#vx-findings li:target", has_text="Quy Nhơn").is_visible()


def test_findings_come_before_the_map_on_a_phone(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open(UNIT).page
        tops = [
            box["y"]
            for place in ("#vx-findings", "[aria-labelledby=vx-map-title]", ".vx-table-cards")
            if (box := page.locator(place).first.bounding_box())
        ]
        assert len(tops) == 3
        assert tops == sorted(tops)


def test_every_district_is_reached_by_keyboard(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        stops = visit.open(UNIT).tabbed()
        assert [stop["name"] for stop in stops if not stop["visible"]] == []
        assert {"TP. Quy Nhơn", "H. Hoài Ân"} <= {stop["name"] for stop in stops}


def test_headline_of_the_letter_is_among_its_faults(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        text = visit.open(UNIT).page.locator("#vx-findings").inner_text()
        assert "973.075" in text
        assert "202.379" in text


def test_country_shows_its_islands_as_labelled_insets(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        visit.open(COUNTRY).picture("country-light")
        assert visit.page.get_by_text("Hoàng Sa").first.is_visible()
        assert visit.page.get_by_text("Trường Sa").first.is_visible()
        assert visit.violations() == []


def test_unit_page_stays_within_its_weight(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        kilobytes = visit.open(UNIT).weight()
        assert kilobytes["document"] <= 12
        assert sum(kilobytes.values()) <= 170


def test_english_page_speaks_english(browser: Browser, site: str) -> None:
    with visiting(browser, site, cookies=[{"name": "vx_language", "value": "en"}]) as visit:
        visit.open(UNIT).picture("unit-english")
        assert visit.page.locator("html").get_attribute("lang") == "en"
        assert visit.page.get_by_role("cell", name="202,379").first.is_visible()
