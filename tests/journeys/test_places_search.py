"""Any unit of either era is found by name, says what it is now or was, and leads to the other."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.browser import PHONE, Visit, visiting
from tests.journeys.eras import REFUSED, Era, in_both_eras, is_at

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places_of_both_eras")]
BEGIN = "/to-chuc/"
NEW_QUY_NHON = ("", " Bắc", " Đông", " Nam", " Tây")


def row(page: Page, unit: str) -> Locator:
    """The line of a unit in what was found."""
    return page.locator("#main tbody tr").filter(has=page.get_by_text(unit, exact=True))


def walk_to(page: Page, name: str, *, within: str = "#main", limit: int = 60) -> None:
    """Press Tab until the link has the focus, shown by a line around it; open it by Enter."""
    link = page.locator(within).get_by_role("link", name=name, exact=True).first
    expect(link).to_be_visible()
    for _ in range(limit):
        page.keyboard.press("Tab")
        if link.evaluate("(one) => one === document.activeElement"):
            break
    expect(link).to_be_focused()
    assert link.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none"
    page.keyboard.press("Enter")


def near(visit: Visit, text: str) -> Page:
    """The answer to an address that is written where facilities are looked for."""
    page = visit.open("/to-chuc/gan/").page
    page.get_by_label("Gần địa bàn").fill(text)
    page.get_by_role("button", name="Tìm cơ sở gần đây").click()
    return page


@in_both_eras
def test_place_typed_without_marks_leads_by_keyboard_to_what_it_is_in_the_other_era_and_back(
    browser: Browser, site: str, era: Era
) -> None:
    with visiting(browser, site) as visit:
        page = visit.open(BEGIN).page
        page.keyboard.press("/")
        page.keyboard.type(era.typed)
        page.keyboard.press("Enter")
        expect(row(page, era.unit)).to_contain_text(era.name)
        assert visit.violations() == []
        walk_to(page, era.name)
        is_at(page, era.unit, era.name)
        expect(page.locator("#main")).to_contain_text(era.passing)
        walk_to(page, era.kin)
        expect(page.locator("h1")).to_contain_text(era.kin)
        page.go_back()
        is_at(page, era.unit, era.name)
        walk_to(page, "Số liệu")
        expect(page.get_by_role("navigation", name="Thời kỳ")).to_contain_text(era.kin)
        walk_to(page, era.kin, within="#vx-eras")
        expect(page.locator("h1")).to_contain_text(era.kin)
        page.go_back()
        is_at(page, era.unit, era.name)


def test_quy_nhon_is_now_five_wards_and_a_commune(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open("/tim/?q=quy+nhon").page
        found = row(page, "vn-2021:540")
        expect(found).to_contain_text("5 phường và 1 xã")
        now = found.locator("td[data-label='Nay là']").get_by_role("link")
        names = ["X. Nhơn Châu", *(f"P. Quy Nhơn{side}" for side in NEW_QUY_NHON)]
        assert now.all_inner_texts() == names
        visit.picture("search-quy-nhon-360")
        assert visit.too_wide() == []
        assert visit.violations() == []
        now.nth(1).click()
        is_at(page, "vn-2025:21583", "Phường Quy Nhơn")


@in_both_eras
def test_without_scripts_the_other_era_is_as_near(browser: Browser, site: str, era: Era) -> None:
    with visiting(browser, site, scripts=False) as visit:
        page = visit.page
        page.goto(f"{site}/tim/")
        page.get_by_label("Tên địa bàn").fill(era.typed)
        page.get_by_role("button", name="Tìm địa bàn").click()
        row(page, era.unit).get_by_role("link", name=era.name, exact=True).click()
        is_at(page, era.unit, era.name)
        page.locator("#main").get_by_role("link", name=era.kin, exact=True).click()
        expect(page.locator("h1")).to_contain_text(era.kin)
        page.go_back()
        page.get_by_role("link", name="Số liệu", exact=True).click()
        page.locator("#vx-eras").get_by_role("link", name=era.kin, exact=True).click()
        expect(page.locator("h1")).to_contain_text(era.kin)


@in_both_eras
def test_unit_that_did_not_stand_on_a_day_says_so_and_what_lay_above_then(
    browser: Browser, site: str, era: Era
) -> None:
    with visiting(browser, site) as visit:
        page = visit.open(f"/don-vi/{era.unit}/").page
        page.get_by_label("Xem vào ngày").fill(era.day_without)
        page.get_by_role("button", name="Xem", exact=True).click()
        expect(page.locator("#main .vx-state-warn")).to_contain_text(era.said_then)
        above = page.locator("#main dl").get_by_role("link")
        expect(above).to_have_count(1)
        assert era.tree not in str(above.get_attribute("href"))
        assert visit.violations() == []


def test_namesakes_of_two_provinces_are_shown_with_what_lies_above_them(
    browser: Browser, site: str
) -> None:
    with visiting(browser, site) as visit:
        page = visit.open(f"/tim/?{urlencode({'q': 'huyện An Lão'})}").page
        expect(row(page, "vn-2021:313")).to_contain_text("Hải Phòng")
        expect(row(page, "vn-2021:542")).to_contain_text("Bình Định")
        expect(page.locator("#main [role=status]")).to_contain_text("có thể là")
        assert visit.violations() == []


def test_name_that_nothing_bears_is_said_to_be_unknown(browser: Browser, site: str) -> None:
    with visiting(browser, site) as visit:
        page = visit.open("/tim/?q=Thung+Lung+Sao").page
        expect(page.locator("#main [role=status]")).to_contain_text("Chưa thấy địa bàn nào tên")
        expect(page.get_by_label("Tên địa bàn")).to_have_value("Thung Lung Sao")
        assert visit.violations() == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Thung Lũng Sao", "Không có “Thung Lũng Sao”"),
        ("Bình Định", "Xã Bình Định, Hưng Yên [vn-2025:13186], Phường Bình Định, Gia Lai"),
        ("xã Nhơn Hội, huyện An Lão, Bình Định", "không khớp nhau"),
    ],
    ids=["unknown", "ambiguous", "contradictory"],
)
def test_address_that_names_no_one_place_is_refused_and_kept_as_it_was_written(
    browser: Browser, site: str, written: str, said: str
) -> None:
    with visiting(browser, site, tolerated=REFUSED) as visit:
        page = near(visit, written)
        field = page.get_by_label("Gần địa bàn")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_value(written)
        expect(page.get_by_role("alert")).to_contain_text(said)
        expect(page.locator("#main table")).to_have_count(0)
        assert visit.violations() == []
