"""An officer brings premises and a table of points, and joins what belongs together."""

import pytest
from playwright.sync_api import Browser, expect

from tests.checkins.premises.test_point_tables import BAD, SHOP
from tests.checkins.premises.test_point_tables import HEAD as POINTS_HEAD
from tests.checkins.premises.test_premises_lists import HEAD
from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, visiting
from vungxanh.accounts.rules import Role
from vungxanh.checkins.models import Point, Premises

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
MARKET = "Chợ mẫu\tChợ\t1 Lê Lợi\tPhường Quy Nhơn\tGia Lai\t\t\t\n"


@pytest.fixture
def commune_officer(transactional_db: None, places_of_both_eras: None) -> Colleague:
    """The officer of today's ward of Quy Nhơn."""
    return employed("commune", Role("commune_officer"), QUY_NHON)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "360"])
def test_premises_are_brought_and_joined_to_points_of_a_table(
    browser: Browser, site: str, commune_officer: Colleague, viewport: dict[str, int]
) -> None:
    cookie = commune_officer.client.cookies["vx_session"]
    cookies = [{"name": cookie.key, "value": cookie.value}]
    with visiting(browser, site, viewport=viewport, cookies=cookies) as visit:
        page = visit.open("/diem/co-so/nop/").page
        page.get_by_label("Tên danh sách").fill("Chợ năm 2026 (mẫu)")
        page.get_by_label("Nơi gửi").fill("Sở mẫu")
        page.get_by_label("Căn cứ").fill("Công văn mẫu")
        page.get_by_label("Hoặc dán từ Excel").fill(HEAD + MARKET)
        page.get_by_role("button", name="Đọc và kiểm danh sách").click()
        page.get_by_role("button", name="Nhận cả danh sách").click()
        expect(page.get_by_text("Đã nhận danh sách.")).to_be_visible(timeout=PATIENCE_MS)
        visit.open("/diem/bang/")
        page.get_by_label("Hoặc dán từ Excel").fill(POINTS_HEAD + SHOP + BAD)
        page.get_by_role("button", name="Đọc và kiểm bảng").click()
        expect(page.get_by_text("1 trong 2 dòng có lỗi")).to_be_visible(timeout=PATIENCE_MS)
        page.get_by_label("Chỉ nhận các dòng không lỗi").check()
        page.get_by_role("button", name="Nhận bảng").click()
        expect(page.get_by_role("button", name="Hoàn tác cả bảng")).to_be_visible(
            timeout=PATIENCE_MS
        )
        visit.open("/diem/co-so/de-xuat/")
        page.get_by_role("button", name="Nối 1 cặp chắc chắn").click()
        expect(page.get_by_text("Đã nối 1 cơ sở")).to_be_visible(timeout=PATIENCE_MS)
        visit.open("/diem/co-so/")
        expect(page.get_by_text("Mọi cơ sở phải có điểm đều đã có")).to_be_visible()
    assert Point.objects.get().premises == Premises.objects.get()
