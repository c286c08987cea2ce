"""An official's day with figures: a fault is refused, a good table counts, a report is frozen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.people import Colleague
from tests.journeys.browser import Visit, visiting
from tests.journeys.desk import Hands, annex, as_copied, as_file
from vungxanh.uptake.models import Fact, Submission

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]

UNIT = "/dia-ban/vn-2021:52/"
BRING = "/so-lieu/nop/?dia-ban=vn-2021:52"
DAY = "27/5/2021"
# Vĩnh Thạnh has 15,930 smartphones; An Nhơn's new share, 12.88 %, is above Hoài Nhơn's 12.40 %.
FAULTY = annex(DAY, d546=16_830)
GOOD = annex(DAY, d549=22_638, d540=76_001)
REFUSED = "the server responded with a status of 4"


@pytest.fixture
def desk(browser: Browser, site: str, province_officer: Colleague) -> Iterator[Visit]:
    """The province's officer, before signing in."""
    with visiting(browser, site, tolerated=REFUSED) as visit:
        yield visit


def sit_down(visit: Visit, person: Colleague) -> None:
    """Somebody who has signed in with both steps opens the province's page."""
    cookie = person.client.cookies["vx_session"]
    visit.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visit.base}])
    visit.open(UNIT)


def bring(page: Page, rows: list[tuple[object, ...]], name: str) -> None:
    page.get_by_label("Tệp Excel, LibreOffice hoặc CSV").set_input_files(as_file(rows, name))  # type: ignore[arg-type]
    page.get_by_label("Nguồn", exact=True).fill("Phụ lục công văn thử")
    page.get_by_role("button", name="Đọc và kiểm bảng").click()


def district(page: Page, rank: int) -> str:
    """The name on a rank of the unit page."""
    return page.locator("#main tbody tr").nth(rank - 1).get_by_role("rowheader").inner_text()


def test_fault_is_refused_a_good_table_counts_and_its_annex_is_frozen(
    desk: Visit, province_officer: Colleague, tmp_path: Path
) -> None:
    sit_down(desk, province_officer)
    page, hands = desk.page, Hands(desk.page)
    expect(page.locator("h1")).to_contain_text("Tỉnh Bình Định")
    assert district(page, 3) == "TX. An Nhơn"

    desk.open(BRING)
    counted = Fact.objects.count()
    bring(page, FAULTY, "loi.xlsx")
    expect(page.get_by_role("alert")).to_contain_text("Chưa ghi được: 1 lỗi cần sửa")
    fault = page.locator("#main li", has_text="nhiều hơn số điện thoại thông minh (15.930)")
    expect(fault).to_contain_text("dòng 6, cột C")
    expect(page.get_by_role("button", name="Ghi")).to_have_count(0)
    assert desk.violations() == []
    assert Fact.objects.count() == counted

    hands.follow("Nộp lại")
    bring(page, GOOD, "tot.xlsx")
    expect(page.get_by_text("Đây là bản nháp")).to_be_visible()
    expect(page.get_by_role("row", name="Thị xã An Nhơn")).to_contain_text("22.638")
    assert desk.violations() == []
    hands.press("Ghi 33 số vào hệ thống")
    expect(page.get_by_text("đã ghi, chưa công bố")).to_be_visible()
    hands.press("Công bố cho mọi người xem")
    expect(page.get_by_text("đã công bố", exact=True)).to_be_visible()

    hands.follow("Về trang Tỉnh Bình Định")
    expect(page.locator("summary", has_text="Số liệu đến")).to_contain_text(DAY)
    assert district(page, 2) == "TX. An Nhơn"
    row = page.get_by_role("row", name="TX. An Nhơn")
    expect(row).to_contain_text("+1,14")
    expect(row.locator(".vx-spark")).to_be_visible()
    expect(page.get_by_text("202.379")).to_have_count(0)
    page.locator("summary", has_text="So với").click()
    hands.follow("Đặt hai ngày cạnh nhau")
    expect(page.get_by_role("row", name="TX. An Nhơn")).to_contain_text("lên")
    expect(page.get_by_role("row", name="TX. Hoài Nhơn")).to_contain_text("xuống")
    assert desk.violations() == []

    desk.open(f"{UNIT}?den=2021-05-27")
    hands.follow("Lập phụ lục chính thức")
    hands.press("Chốt bản số 1")
    expect(page.locator("h1")).to_contain_text("Bản chốt số 1")
    code = page.locator("a[href*='/doi-chieu/?ma=']").inner_text()
    printed = hands.fetch("Tải PDF", tmp_path)
    for figure in ("22.638", "12,88", "204.502", "13,75", code):
        assert figure in printed, figure
    assert desk.violations() == []

    desk.open("/doi-chieu/")
    hands.write("Mã kiểm", code)
    hands.press("Đối chiếu")
    expect(page.get_by_text("Chưa bị đính chính")).to_be_visible()
    assert desk.violations() == []


def test_officer_of_another_district_neither_sees_nor_alters_a_draft(
    browser: Browser, site: str, province_officer: Colleague, other_officer: Colleague
) -> None:
    form = {
        "unit": "vn-2021:52",
        "pasted": as_copied(GOOD),
        "source_title": "Phụ lục công văn thử",
        "source_kind": "letter",
    }
    assert province_officer.client.post("/so-lieu/nop/", form).status_code == 302
    draft = Submission.objects.get(state="draft")
    with visiting(browser, site, tolerated=REFUSED) as visit:
        sit_down(visit, other_officer)
        page = visit.open(f"/so-lieu/{draft.id}/").page
        expect(page.locator("h1")).to_have_text("Không có gì ở địa chỉ này")
        visit.open(BRING)
        bring(page, GOOD, "tot.xlsx")
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_label("Nguồn", exact=True)).to_have_value("Phụ lục công văn thử")
        visit.open(f"{UNIT}phu-luc/")
        expect(page.get_by_role("button", name="Chốt")).to_have_count(0)
        assert visit.violations() == []
    assert Submission.objects.get(id=draft.id).state == "draft"
    assert Submission.objects.filter(state="draft").count() == 1
