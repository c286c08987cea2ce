"""Real figures of 2021 on their own page and on today's map, with what is uncertain said."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.figures import recorded
from tests.journeys.browser import PHONE, Visit, visiting
from tests.journeys.desk import Hands
from tests.journeys.eras import (
    BEFORE,
    FROM_THE_ANNEX,
    TODAY,
    Era,
    at_desk,
    counted_in_wards,
    in_both_eras,
    is_at,
    officer_of,
)
from vungxanh.locations.values import UnitId

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]

REBASED = "Quy đổi theo đơn vị hành chính mới (từ 1/7/2025)"
LATER = date(2025, 8, 1)
PAGES = ("", "so-sanh/", "nguon/bluezone_with_phone/", "nguon/population/", "dan-so/")


def switch(page: Page, era: Era) -> None:
    """Go to what the era's province is in the other one."""
    eras = page.get_by_role("navigation", name="Thời kỳ")
    expect(eras.locator("[aria-current]")).to_have_count(1)
    eras.get_by_role("link", name=era.other_province_name, exact=True).click()


def lost(visit: Visit, path: str, era: Era) -> list[str]:
    """A page from which the switch does not lead to the other era's province."""
    page = visit.open(f"/dia-ban/{era.province}/{path}").page
    switch(page, era)
    return [] if page.url.startswith(f"{visit.base}/dia-ban/{era.other_province}/") else [path]


def test_figures_of_2021_stand_on_todays_province_with_what_is_uncertain_said(
    browser: Browser, site: str
) -> None:
    with visiting(browser, site) as visit:
        page = visit.open(f"/dia-ban/{BEFORE.province}/").page
        expect(page.locator("#main")).to_contain_text(FROM_THE_ANNEX)
        expect(page.get_by_text("Số của thời kỳ khác")).to_have_count(0)
        switch(page, BEFORE)
        is_at(page, TODAY.province, TODAY.province_name)
        expect(page.locator(".vx-figures")).to_contain_text(FROM_THE_ANNEX)
        expect(page.locator(".vx-figures")).to_contain_text("thiếu Gia Lai (cũ)")
        note = page.get_by_role("note")
        expect(note).to_contain_text("cộng từ: Bình Định (cũ). Còn thiếu: Gia Lai (cũ)")
        expect(note).to_contain_text("không quy đổi được: H. An Lão (cũ)")
        visit.picture("figures-today")
        assert visit.violations() == []
        switch(page, TODAY)
        is_at(page, BEFORE.province, BEFORE.province_name)


def test_counts_of_old_wards_are_summed_on_the_ward_and_on_the_map_of_today(
    browser: Browser, site: str
) -> None:
    counted_in_wards()
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open(f"/dia-ban/{TODAY.province}/").page
        ward = page.locator("#main tbody tr", has_text="P. Quy Nhơn").first
        expect(ward).to_contain_text("8.008")
        expect(ward).to_contain_text("10,01")
        visit.picture("figures-today-360", whole=False)
        assert visit.too_wide() == []
        ward.get_by_role("link", name="P. Quy Nhơn").first.click()
        is_at(page, TODAY.unit, TODAY.name)
        expect(page.get_by_role("note")).to_contain_text("P. Đống Đa (cũ)")
        assert visit.too_wide() == []
        assert visit.violations() == []


@in_both_eras
def test_every_page_of_figures_leads_to_the_other_era(
    browser: Browser, site: str, era: Era
) -> None:
    with visiting(browser, site) as visit:
        assert [fault for path in PAGES for fault in lost(visit, path, era)] == []


def test_ranks_of_days_on_both_sides_of_the_reform_are_not_compared(
    browser: Browser, site: str
) -> None:
    counted_in_wards()
    pairs = (("bluezone_with_phone", 9_000), ("population", 80_000))
    new = [(TODAY.unit, element, n, LATER) for element, n in pairs]
    recorded(new, scope=UnitId(TODAY.province), source="Bảng thử 2025")
    with visiting(browser, site) as visit:
        address = f"/dia-ban/{TODAY.province}/so-sanh/?so=2021-05-26&den={LATER}"
        page = visit.open(address).page
        expect(page.locator("#main")).to_contain_text("Hạng hai ngày không so được với nhau")
        ward = page.get_by_role("row", name="P. Quy Nhơn").first
        expect(ward).to_contain_text("8.008")
        expect(ward).to_contain_text("9.000")
        assert ward.locator(".vx-rank-shift svg").count() == 0
        assert visit.violations() == []


@in_both_eras
def test_downloads_hold_what_the_page_shows(
    browser: Browser, site: str, era: Era, tmp_path: Path
) -> None:
    with visiting(browser, site) as visit:
        page = visit.open(f"/dia-ban/{era.province}/").page
        book = openpyxl.load_workbook(fetched(page, "XLSX", tmp_path))
        cells = [str(cell) for row in book.worksheets[0].values for cell in row]
        with fetched(page, "CSV", tmp_path).open(encoding="utf-8-sig", newline="") as lines:
            written = [cell for row in csv.reader(lines, delimiter=";") for cell in row]
        assert "202379" in cells
        assert "202379" in written
        heading = f"Bluezoner có số điện thoại theo đơn vị, {era.province_name}"
        assert cells[0] == written[0] == heading
        is_rebased = era is TODAY
        assert any(REBASED in cell for cell in cells) is is_rebased
        assert any(REBASED in cell for cell in written) is is_rebased


@pytest.mark.parametrize(
    ("era", "words"),
    [(BEFORE, ["202.379", "13,60"]), (TODAY, ["8.008", "10,01", REBASED])],
    ids=["vn-2021", "vn-2025"],
)
def test_frozen_annex_of_either_era_is_printed_with_its_sum(
    browser: Browser, site: str, era: Era, words: list[str], tmp_path: Path
) -> None:
    counted_in_wards()
    with at_desk(browser, site, officer_of(era.province)) as visit:
        hands = Hands(visit.open(f"/dia-ban/{era.province}/phu-luc/").page)
        hands.press("Chốt bản số 1")
        printed = hands.fetch("Tải PDF", tmp_path)
        assert [word for word in words if word not in printed] == []
        assert visit.violations() == []


def fetched(page: Page, name: str, into: Path) -> Path:
    """The file behind an item of the menu of downloads."""
    page.locator("summary", has_text="Xuất").click()
    with page.expect_download() as expected:
        page.get_by_role("link", name=name, exact=True).first.click()
    path = into / expected.value.suggested_filename
    expected.value.save_as(path)
    page.keyboard.press("Escape")
    return path
