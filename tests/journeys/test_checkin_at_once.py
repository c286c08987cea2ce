"""A phone with nothing installed at a door: the camera opens a page, one press checks in."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.points import a_point, code_of
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, Theme, Visit, visiting
from vungxanh.checkins.actions.points import decide_point
from vungxanh.checkins.models import Entrance, Point, PointCode, Scan
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
NAME = "Trường Tiểu học và Trung học cơ sở Trần Hưng Đạo (mẫu)"
COME = "Ghi nhận tôi đến đây"


def scanned(visit: Visit, point: Point) -> Page:
    """What the camera opens."""
    page = visit.open(f"/c/{point.code}#{PointCode.objects.get(point=point).payload}").page
    expect(page.locator("[data-vx-verdict]")).to_contain_text("Mã thật", timeout=PATIENCE_MS)
    return page


def look(visit: Visit, name: str) -> None:
    """Nothing sideways, no finding of axe, and a picture for people to look at."""
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"at-once-{name}")
    assert visit.too_wide() == []
    # The tabs float above what can be scrolled away from below them: axe looks at the whole page.
    width, height = visit.page.evaluate("[innerWidth, innerHeight]")
    visit.page.set_viewport_size({"width": width, "height": 2400})
    assert visit.violations() == []
    visit.page.set_viewport_size({"width": width, "height": height})


def test_one_press_after_the_camera_checks_in_and_another_out(browser: Browser, site: str) -> None:
    point = a_point(NAME, address="12 đường Mẫu", at=clock.now())
    Entrance.objects.create(point=point, number=3, label="Cổng sau")
    PointCode.objects.filter(point=point).update(entrance=3)
    with visiting(browser, site, viewport=PHONE) as visit:
        page = scanned(visit, point)
        button = page.get_by_role("button", name=COME)
        box = button.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"]
        assert box["height"] >= 48
        look(visit, "point")
        button.click()
        expect(page).to_have_url(re.compile("/bien-nhan/"), timeout=PATIENCE_MS)
        expect(page.get_by_role("status").filter(has_text="vào lúc")).to_contain_text(NAME)
        expect(page.get_by_text("mã thật, đã ký")).to_be_visible()
        look(visit, "receipt")
        assert Scan.objects.get().entrance == 3
        page.reload()
        assert Scan.objects.count() == 1
        page.get_by_role("button", name="Tôi rời đi").click()
        expect(page.get_by_role("heading", name="Đã ghi giờ rời đi")).to_be_visible()
        look(visit, "left")
    assert list(Scan.objects.order_by("at").values_list("direction", flat=True)) == [0, 1]


def test_without_javascript_a_family_checks_in_and_deletes_it(browser: Browser, site: str) -> None:
    point = a_point("Chợ mẫu", at=clock.now())
    with visiting(browser, site, viewport=PHONE, scripts=False) as visit:
        page = visit.page
        page.goto(f"{site}/c/{point.code}")
        page.get_by_label("Người đi cùng").select_option("2")
        page.get_by_role("button", name=COME).click()
        expect(page.get_by_text("2 người không có điện thoại")).to_be_visible()
        assert Scan.objects.count() == 3
        visit.picture("at-once-receipt-plain")
        page.get_by_role("button", name="Không phải nơi này? Xóa").click()
        expect(page.get_by_text("Đã xóa lượt này.")).to_be_visible()
    assert Scan.objects.count() == 0


def test_a_revoked_code_leaves_no_button_to_press(browser: Browser, site: str) -> None:
    point = a_point(NAME, at=clock.now())
    PointCode.objects.filter(point=point).update(revoked_at=clock.now(), revoked_by="staff:x")
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open(f"/c/{point.code}#{code_of(point).payload}").page
        told = page.locator("[data-vx-verdict]")
        expect(told).to_contain_text("Mã đã thu hồi", timeout=PATIENCE_MS)
        expect(page.get_by_role("button", name=COME)).to_be_hidden()
        look(visit, "revoked")


def test_a_suspended_point_says_whom_to_ask(browser: Browser, site: str) -> None:
    point = a_point(NAME, at=clock.now())
    decide_point(point=point, state=State.SUSPENDED, reason="Thử", by=SYSTEM, at=clock.now())
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open(f"/c/{point.code}").page
        expect(page.get_by_text("hỏi người trực")).to_be_visible()
        expect(page.get_by_role("button", name=COME)).to_have_count(0)
        look(visit, "suspended")


def test_after_ten_minutes_the_receipt_says_what_else_can_be_done(
    browser: Browser, site: str
) -> None:
    point = a_point("Chợ mẫu", at=clock.now())
    with visiting(browser, site, viewport=PHONE, theme="dark") as visit:
        page = scanned(visit, point)
        page.get_by_role("button", name=COME).click()
        expect(page.get_by_text("vào lúc")).to_be_visible()
        Scan.objects.update(received_at=clock.now() - timedelta(minutes=11))
        page.reload()
        expect(page.get_by_text("đã quá 10 phút")).to_be_visible()
        look(visit, "receipt-late-dark")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_fit_the_smallest_phone(browser: Browser, site: str, theme: Theme) -> None:
    point = a_point(NAME, address="Tổ 12, thôn Mẫu Rất Dài Tên", at=clock.now())
    with visiting(browser, site, viewport=SMALL_PHONE, theme=theme) as visit:
        page = scanned(visit, point)
        look(visit, f"point-320-{theme}")
        page.get_by_role("button", name=COME).click()
        expect(page.get_by_text("vào lúc")).to_be_visible()
        look(visit, f"receipt-320-{theme}")


@pytest.mark.parametrize(("theme", "size"), [("light", PHONE), ("dark", SMALL_PHONE)])
def test_the_guide_is_read_on_a_phone_and_on_paper(
    browser: Browser, site: str, theme: Theme, size: dict[str, int]
) -> None:
    with visiting(browser, site, viewport=size, theme=theme) as visit:
        page = visit.open("/huong-dan-vao/").page
        expect(page.get_by_role("heading", name="Không có điện thoại?")).to_be_visible()
        look(visit, f"guide-{theme}")
        assert len(visit.printed(f"at-once-guide-{theme}")) == 1
