"""A visitor with a phone goes from the country down to where a number comes from."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import PHONE, Visit, visiting

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]


def holds(visit: Visit, heading: str) -> Page:
    """The page with this heading fits the phone and has nothing against WCAG."""
    expect(visit.page.locator("h1")).to_contain_text(heading)
    assert visit.too_wide() == []
    assert visit.violations() == []
    return visit.page


def test_visitor_on_a_phone_finds_where_a_number_comes_from(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        visit.open("/")
        country = holds(visit, "Việt Nam")
        country.get_by_role("rowheader", name="Bình Định").get_by_role("link").click()
        province = holds(visit, "Tỉnh Bình Định")
        province.get_by_role("rowheader", name="TP. Quy Nhơn").get_by_role("link").click()
        district = holds(visit, "Thành phố Quy Nhơn")
        district.locator(".vx-source a").first.click()
        lineage = holds(visit, "Số này từ đâu?")
        expect(lineage.get_by_role("row", name="26/5/2021")).to_contain_text("75.878")
        lineage.get_by_role("link", name="Phụ lục công văn").first.click()
        table = holds(visit, "Bảng số liệu")
        expect(table.get_by_text("đã công bố", exact=True)).to_be_visible()
        expect(table.get_by_role("button", name="Rút bảng")).to_have_count(0)


def test_words_on_a_card_name_every_number(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open("/dia-ban/vn-2021:52/").page
        row = page.get_by_role("row", name="H. Vĩnh Thạnh")
        cells = row.locator("td:visible")
        labels = cells.evaluate_all("(cells) => cells.map((cell) => cell.dataset.label)")
        assert labels[:4] == ["Hạng", "Có số điện thoại", "Dân số 2019", "% dân số"]
        assert None not in labels
