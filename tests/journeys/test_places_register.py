"""Organisations from a spreadsheet: faults by row, a preview, taken in, listed, taken back."""

from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.people import Colleague
from tests.journeys.desk import Row, as_file
from tests.journeys.eras import BEFORE, TODAY, Era, at_desk, in_both_eras, officer_of
from vungxanh.accounts.rules import Role
from vungxanh.locations.models.organisations import Organisation

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places_of_both_eras")]

HEADS = ("Tên cơ sở", "Loại", "Mã địa bàn", "Điện thoại", "Vĩ độ", "Kinh độ")
AS_OF = {"vn-2021": "1/8/2021", "vn-2025": "1/8/2025"}
POST = "Trạm Y tế Bến Sông (mẫu)"
HOSPITAL = "Bệnh viện Đồi Thông (mẫu)"


def rows(era: Era, *, second_unit: str) -> list[Row]:
    """A list of two facilities, the second of which is said to lie in `second_unit`."""
    return [
        HEADS,
        (POST, "Trạm y tế xã", era.unit, "0256 0000 101", "13,7750", "109,2330"),
        (HOSPITAL, "Bệnh viện tỉnh", second_unit, "0256 0000 102", "13,8900", "109,1100"),
    ]


def bring(page: Page, era: Era, table: list[Row], name: str) -> None:
    """Hand a list of the era's province in."""
    page.get_by_label("Địa bàn của danh sách").select_option(era.province)
    page.get_by_label("Tệp Excel, LibreOffice hoặc CSV").set_input_files(as_file(table, name))  # type: ignore[arg-type]
    page.get_by_label("Nguồn", exact=True).fill("Danh sách thử")
    page.get_by_label("Đúng đến ngày").fill(AS_OF[era.tree])
    page.get_by_role("button", name="Đọc và kiểm danh sách").click()


@pytest.fixture
def keeper() -> Colleague:
    """Who looks after the installation of today's province."""
    return officer_of("vn-2021:52", Role("admin"))


@in_both_eras
def test_list_with_a_fault_is_corrected_taken_in_listed_on_its_unit_and_taken_back(
    browser: Browser, site: str, keeper: Colleague, era: Era
) -> None:
    with at_desk(browser, site, keeper) as visit:
        page = visit.open("/to-chuc/nhap/").page
        bring(page, era, rows(era, second_unit=f"{era.tree}:99999"), "loi.xlsx")
        expect(page.get_by_role("alert")).to_contain_text("Chưa nhận được: 1 dòng có lỗi")
        fault = page.locator("tr.vx-row-bad")
        expect(fault).to_contain_text(HOSPITAL)
        expect(fault.get_by_role("cell").first).to_have_text("3")
        expect(fault).to_contain_text("Cột C:")
        expect(page.get_by_role("button", name="Nhận cả danh sách")).to_have_count(0)
        assert visit.violations() == []

        visit.open("/to-chuc/nhap/")
        bring(page, era, rows(era, second_unit=era.unit), "tot.xlsx")
        expect(page.get_by_text("Đây là bản nháp")).to_be_visible()
        assert Organisation.objects.count() == 0
        page.get_by_role("button", name="Nhận cả danh sách").click()
        expect(page.get_by_text("Đã nhận cả danh sách")).to_be_visible()
        address = page.url

        visit.open(f"/to-chuc/?dia-ban={era.unit}")
        expect(page.get_by_role("row", name=POST)).to_contain_text(era.name)
        expect(page.locator("#main tbody tr")).to_have_count(2)
        assert visit.violations() == []
        page.goto(address)
        page.get_by_role("button", name="Hoàn tác cả danh sách").click()
        expect(page.get_by_text("Đã hoàn tác 2 dòng")).to_be_visible()
        visit.open(f"/to-chuc/?dia-ban={era.unit}")
        expect(page.get_by_text("Không có tổ chức nào khớp")).to_be_visible()


def test_facility_nearest_to_a_commune_comes_first_and_is_called_by_one_touch(
    browser: Browser, site: str, keeper: Colleague
) -> None:
    with at_desk(browser, site, keeper) as visit:
        page = visit.open("/to-chuc/nhap/").page
        bring(page, TODAY, rows(TODAY, second_unit="vn-2025:21553"), "co-so.xlsx")
        page.get_by_role("button", name="Nhận cả danh sách").click()
        expect(page.get_by_text("Đã nhận cả danh sách")).to_be_visible()
        page = visit.open("/to-chuc/gan/").page
        page.get_by_label("Gần địa bàn").fill("phuong quy nhon, gia lai")
        page.get_by_role("button", name="Tìm cơ sở gần đây").click()
        expect(page.get_by_role("heading", name="Gần Phường Quy Nhơn")).to_be_visible()
        found = page.locator("#main tbody tr")
        expect(found.nth(0)).to_contain_text(POST)
        expect(found.nth(1)).to_contain_text(HOSPITAL)
        phone = found.nth(0).get_by_role("link", name="0256 0000 101")
        expect(phone).to_have_attribute("href", "tel:+842560000101")
        visit.picture("facilities-near")
        assert visit.violations() == []


def test_list_of_one_era_is_listed_on_the_province_of_the_other(
    browser: Browser, site: str, keeper: Colleague, tmp_path: Path
) -> None:
    with at_desk(browser, site, keeper) as visit:
        page = visit.open("/to-chuc/nhap/").page
        bring(page, BEFORE, rows(BEFORE, second_unit=BEFORE.unit), "co-so.xlsx")
        page.get_by_role("button", name="Nhận cả danh sách").click()
        expect(page.get_by_text("Đã nhận cả danh sách")).to_be_visible()
        page = visit.open(f"/to-chuc/?dia-ban={TODAY.province}").page
        expect(page.get_by_role("row", name=POST)).to_be_visible()
        with page.expect_download() as expected:
            page.get_by_role("link", name="XLSX", exact=True).click()
        expected.value.save_as(tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert {POST, HOSPITAL} <= {cell for line in sheet.values for cell in line}
