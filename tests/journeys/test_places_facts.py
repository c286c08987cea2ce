"""Dated facts of a place: population by year and source, area levels with their inputs."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.eras import Era, at_desk, in_both_eras, officer_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places_of_both_eras")]

HEAD = "mã\tnăm\tloại\tdân số\tnguồn\n"
COMMUNES = {"vn-2021": ("vn-2021:21583", "2021-10-20"), "vn-2025": ("vn-2025:21583", "2025-10-20")}

INPUTS = {
    "Ca mới tại cộng đồng trong tuần": "30",
    "Dân số": "20000",
    "Nguồn của dân số": "Niên giám thử",
    "Người từ 18 tuổi trở lên": "14000",
    "Trong đó đã tiêm ít nhất 1 liều": "13000",
}


def look(page: Page, table: str) -> None:
    """Paste a list of populations and have it read."""
    page.get_by_label("Hoặc dán từ Excel").fill(table)
    page.get_by_role("button", name="Đọc và kiểm bảng").click()


def fill(page: Page, said: dict[str, str]) -> None:
    """Write into fields, each by its label."""
    for label, text in said.items():
        field = page.get_by_label(label, exact=True)
        field.or_(page.get_by_label(f"{label} (không bắt buộc)", exact=True)).fill(text)


@in_both_eras
def test_population_is_brought_by_year_and_source_and_shown_with_its_day(
    browser: Browser, site: str, era: Era
) -> None:
    row = f"{era.province}\t2024\taverage\t1.512.345\tNiên giám thử 2024\n"
    with at_desk(browser, site, officer_of(era.province)) as visit:
        page = visit.open("/so-lieu/dan-so/nop/").page
        look(page, f"{HEAD}{row}{era.tree}:99999\t2024\taverage\t5\tA\n")
        expect(page.get_by_text("1 dòng cần sửa, chưa ghi được")).to_be_visible()
        expect(page.get_by_role("button", name="Ghi", exact=True)).to_have_count(0)
        assert visit.violations() == []

        visit.open("/so-lieu/dan-so/nop/")
        look(page, HEAD + row)
        page.get_by_role("button", name="Ghi", exact=True).click()
        expect(page.get_by_text("Đã ghi", exact=True)).to_be_visible()
        page.locator("#main tbody a[href*='/dan-so/']").click()
        told = page.get_by_role("region", name="2024").get_by_role("row").last
        expect(told).to_contain_text("1.512.345")
        expect(told).to_contain_text("01/7/2024")
        expect(told).to_contain_text("Niên giám thử 2024")
        expect(page.get_by_text("Chưa có mẫu số dân số")).to_be_visible()
        page.get_by_role("button", name="Dùng làm mẫu số").click()
        expect(told).to_contain_text("đã chọn")
        base = page.get_by_role("region", name="Tỷ lệ hiện chia cho số nào?")
        expect(base).to_contain_text("1.512.345 · số liệu đến 01/7/2024")
        assert visit.violations() == []


def test_level_told_by_the_criteria_of_its_day_is_kept_with_its_inputs(
    browser: Browser, site: str
) -> None:
    unit, day = COMMUNES["vn-2021"]
    with at_desk(browser, site, officer_of("vn-2021:52")) as visit:
        page = visit.open(f"/don-vi/{unit}/cap-do/").page
        fill(page, {"Từ ngày": day, **INPUTS})
        page.get_by_label("Bảo đảm khả năng điều trị").select_option("yes")
        page.get_by_role("button", name="Xem tiêu chí nói gì").click()
        expect(page.locator("#vx-told-card")).to_contain_text("quyết định cấp độ")
        assert visit.violations() == []
        page.get_by_role("button", name="Ghi theo tiêu chí").click()
        kept = page.get_by_role("region", name="Các lần ghi").first.locator("tbody tr")
        expect(kept).to_have_count(1)
        expect(kept).to_contain_text("30 ca / 20.000 dân (Niên giám thử)")


@in_both_eras
def test_level_by_decision_is_listed_and_stays_in_the_history_when_taken_back(
    browser: Browser, site: str, era: Era
) -> None:
    unit, day = COMMUNES[era.tree]
    decided = {"Từ ngày": day, "Cơ quan quyết định": "UBND tỉnh", **INPUTS}
    with at_desk(browser, site, officer_of(era.province)) as visit:
        page = visit.open(f"/don-vi/{unit}/cap-do/").page
        fill(page, decided)
        page.get_by_label("Cấp độ theo quyết định").select_option("4")
        page.get_by_role("button", name="Ghi theo quyết định").click()
        expect(page.get_by_role("alert")).to_contain_text("Số quyết định")
        assert visit.violations() == []
        page.get_by_label("Số quyết định").fill("12/QĐ")
        page.get_by_role("button", name="Ghi theo quyết định").click()
        kept = page.get_by_role("region", name="Các lần ghi").first.locator("tbody tr")
        expect(kept).to_contain_text("30 ca / 20.000 dân (Niên giám thử)")
        levels = f"/don-vi/{era.province}/cap-do-cac-xa/?ngay={day}"
        visit.open(levels)
        listed = page.locator("#main tbody tr").filter(has=page.locator(f"a[href*='/{unit}/']"))
        expect(listed).to_contain_text("Cấp 4")
        expect(listed).to_contain_text("12/QĐ, UBND tỉnh")
        assert visit.violations() == []
        visit.open(f"/don-vi/{unit}/cap-do/")
        kept.get_by_label("Lý do rút").fill("Ghi nhầm")
        kept.get_by_role("button", name="Rút").click()
        expect(kept).to_contain_text("đã rút")
        visit.open(levels)
        expect(page.get_by_text("Chưa đơn vị nào có cấp độ đến ngày này")).to_be_visible()
        expect(page.get_by_text("12/QĐ")).to_have_count(0)
