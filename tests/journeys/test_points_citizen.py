"""A citizen registers a control point on a cheap phone and looks after it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.register import a_device, sent_code
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, Theme, Visit, visiting
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.people import actions
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Residence

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
QUY_NHON = "vn-2025:21583"
NUMBER = "0912 000 001"  # an invented person's
REFUSED = "the server responded with a status of 4"


def an_owner_s_cookie() -> list[dict[str, str]]:
    """The cookie of a phone whose holder proved a number."""
    at = clock.now()
    device, token = a_device(at)
    by = viewer_of(device)
    actions.ask_code(device=device, phone=NUMBER, network="", by=by, at=at)
    home = Residence(QUY_NHON)
    actions.confirm_code(device=device, code=sent_code(), residence=home, by=by, at=at)
    return [{"name": COOKIE, "value": token}]


def is_sound(visit: Visit, name: str, at: str = "") -> None:
    """Nothing sideways, no finding of axe; a picture for the eye."""
    expect(visit.page).to_have_url(re.compile(re.escape(at) + "$"), timeout=PATIENCE_MS)
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"points-{name}")
    assert visit.too_wide() == []
    width = visit.page.evaluate("innerWidth")
    visit.page.set_viewport_size({"width": width, "height": 2600})
    assert visit.violations() == []
    visit.page.set_viewport_size({"width": width, "height": 740})


def onward(page: Page) -> None:
    """To the next question."""
    page.get_by_role("button", name="Tiếp").click()


def registered(visit: Visit, name: str) -> Page:
    """All questions answered, one at a time."""
    page = visit.open("/toi/diem/").page
    is_sound(visit, f"{name}-empty", "/toi/diem/")
    page.get_by_role("link", name="Đăng ký điểm mới").click()
    is_sound(visit, f"{name}-kind", "/loai/")
    page.get_by_label("Quán ăn, quán nước").check()
    onward(page)
    page.get_by_label("Tên điểm").fill("123")
    onward(page)
    expect(page.get_by_label("Tên điểm")).to_have_value("123")
    is_sound(visit, f"{name}-refused", "/ten/")
    page.get_by_label("Tên điểm").fill("Quán Mẫu Bến Sông")
    onward(page)
    page.get_by_role("searchbox").fill("quy nhon")
    page.get_by_role("radio", name="Phường Quy Nhơn Tỉnh Gia Lai").check(timeout=PATIENCE_MS)
    is_sound(visit, f"{name}-place", "/cho/")
    page.get_by_role("button", name="Chọn nơi này").click()
    page.get_by_label("Số nhà, đường, thôn, tổ").fill("12 đường Mẫu")
    is_sound(visit, f"{name}-address", f"/cho/?o={QUY_NHON.replace(':', '%3A')}")
    onward(page)
    page.get_by_label("Lối vào có mã riêng").fill("Cổng trước\nCổng sau")
    page.get_by_label("Phòng, khu có mã riêng").fill("Phòng lạnh")
    is_sound(visit, f"{name}-doors", "/cua/")
    onward(page)
    expect(page.get_by_label("Khách thường ở lại bao nhiêu phút?")).to_have_value("60")
    page.get_by_label("Giờ mở cửa").fill("T2-CN: 6h-22h")
    is_sound(visit, f"{name}-hours", "/gio/")
    onward(page)
    expect(page.get_by_label("Điện thoại liên hệ")).to_have_value("0912 000 001")
    is_sound(visit, f"{name}-contact", "/lien-he/")
    onward(page)
    is_sound(visit, f"{name}-review", "/xem-lai/")
    page.get_by_role("button", name="Đăng ký điểm này").click()
    expect(page.get_by_text("Đã đăng ký Quán Mẫu Bến Sông.")).to_be_visible(timeout=PATIENCE_MS)
    return page


def looked_after(visit: Visit, name: str) -> None:
    """Codes of doors, new codes, a change, closing and taking that back."""
    page, point = visit.page, Point.objects.get()
    at = f"/toi/diem/{point.code}/"
    is_sound(visit, f"{name}-point", at)
    page.get_by_role("link", name="Cổng sau").click()
    is_sound(visit, f"{name}-door", f"{at}ma/2/")
    page.get_by_role("link", name="Quay lại").click()
    page.get_by_role("link", name="Sửa thông tin, lối vào").click()
    is_sound(visit, f"{name}-change", f"{at}sua/")
    page.get_by_label("Phòng số 3").fill("Phòng có máy lạnh")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Phòng có máy lạnh")).to_be_visible()
    page.get_by_role("link", name="Đổi mã").click()
    is_sound(visit, f"{name}-rotate", f"{at}doi-ma/")
    page.get_by_role("button", name="Cấp mã mới").click()
    expect(page.get_by_text("Đã cấp 4 mã mới.")).to_be_visible(timeout=PATIENCE_MS)
    is_sound(visit, f"{name}-rotated", at)
    page.get_by_role("link", name="Đóng điểm").click()
    is_sound(visit, f"{name}-close", f"{at}dong/")
    page.get_by_role("button", name="Đóng điểm này").click()
    is_sound(visit, f"{name}-closed", at)
    page.get_by_role("button", name="Hoàn tác, mở lại điểm").click()
    expect(page.get_by_text("dùng được như trước")).to_be_visible(timeout=PATIENCE_MS)
    assert Point.objects.get().state == State.REGISTERED


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (320, "dark")])
def test_a_point_is_registered_and_looked_after_on_a_phone(
    browser: Browser, site: str, width: int, theme: Theme
) -> None:
    size = PHONE if width == 360 else SMALL_PHONE
    cookies = an_owner_s_cookie()
    with visiting(
        browser, site, viewport=size, theme=theme, cookies=cookies, tolerated=REFUSED
    ) as visit:
        registered(visit, f"{width}-{theme}")
        looked_after(visit, f"{width}-{theme}")


def test_a_point_is_registered_without_a_script(browser: Browser, site: str) -> None:
    cookies = an_owner_s_cookie()
    with visiting(browser, site, viewport=PHONE, cookies=cookies, scripts=False) as visit:
        page = visit.open("/toi/diem/moi/").page
        page.get_by_label("Trường học").check()
        onward(page)
        page.get_by_label("Tên điểm").fill("Trường Mẫu")
        onward(page)
        page.get_by_role("searchbox").fill("quy nhon")
        page.get_by_role("button", name="Tìm").click()
        page.get_by_role("radio", name="Phường Quy Nhơn Tỉnh Gia Lai").check()
        page.get_by_role("button", name="Chọn nơi này").click()
        for _ in range(4):
            onward(page)
        page.get_by_role("button", name="Đăng ký điểm này").click()
        expect(page.get_by_text("Đã đăng ký Trường Mẫu.")).to_be_visible(timeout=PATIENCE_MS)
    assert Point.objects.get().usual_stay_minutes == 240
