"""The devices of a point, from the owner's phone to the one at the door."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON, a_point
from tests.journeys import test_points_desk as desk
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, Visit, visiting
from tests.journeys.test_points_citizen import an_owner_s_cookie, is_sound
from vungxanh.accounts.rules import Role
from vungxanh.checkins.actions.keeping import name_keeper
from vungxanh.checkins.models import Entrance, Point
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.models import Device

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
TOLERATED = "401 (Unauthorized)"


def a_point_of(cookie: list[dict[str, str]]) -> Point:
    """A market with a back gate, of whoever holds the phone."""
    row = a_point("Chợ mẫu Đầm")
    Entrance.objects.create(point=row, number=1, label="Cổng sau")
    row.owner_id = Device.objects.get(pk=cookie[0]["value"].split("_")[1]).person_id
    row.save()
    return row


@pytest.fixture(params=[(PHONE, "light"), (SMALL_PHONE, "dark")], ids=["light", "dark"])
def owner(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    viewport, theme = request.param
    cookie = an_owner_s_cookie()
    a_point_of(cookie)
    with visiting(
        browser, site, viewport=viewport, theme=theme, cookies=cookie, tolerated=TOLERATED
    ) as visit:
        yield visit


def test_the_owner_adds_a_device_and_takes_it_away(owner: Visit) -> None:
    code = Point.objects.get().code
    page = owner.open(f"/toi/diem/{code}/").page
    page.get_by_role("link", name="Máy trực").click()
    is_sound(owner, "devices-none", f"/toi/diem/{code}/may/")
    page.get_by_label("Tên máy").fill("Điện thoại bảo vệ cổng sau")
    page.get_by_label("Cổng sau").check()
    page.get_by_role("button", name="Tạo mã cho máy").click()
    expect(page.locator("[data-vx-code]")).to_have_text(re.compile("^([A-Z2-7]{4} ?){6}$"))
    is_sound(owner, "devices-link", f"/toi/diem/{code}/may/")
    page.get_by_role("link", name="Xong").click()
    expect(page.get_by_text("Chờ ghi danh")).to_be_visible(timeout=PATIENCE_MS)
    is_sound(owner, "devices-one", f"/toi/diem/{code}/may/")
    page.get_by_role("button", name="Gỡ máy Điện thoại bảo vệ cổng sau").click()
    expect(page.get_by_text("Đã gỡ máy.")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Đã thu hồi")).to_be_visible()


def test_the_owner_keeps_the_point_with_the_phone_at_hand(owner: Visit) -> None:
    code = Point.objects.get().code
    page = owner.open(f"/toi/diem/{code}/may/").page
    page.get_by_role("button", name="Dùng máy này để trực").click()
    expect(page).to_have_url(re.compile("/truc/$"), timeout=PATIENCE_MS)
    assert "vx_device" not in str(page.evaluate("document.cookie"))


@desk.WIDTHS
def test_an_account_gives_its_point_a_device_and_sees_its_day(
    browser: Browser, site: str, viewport: dict[str, int]
) -> None:
    account: Colleague = employed("owner", Role("point_owner"), QUY_NHON)
    point = a_point("Chợ mẫu Đầm")
    Entrance.objects.create(point=point, number=1, label="Cổng sau")
    name_keeper(point=point, who=account.email, by=SYSTEM, at=clock.now())
    cookies = desk.cookies(account)
    with visiting(browser, site, viewport=viewport, cookies=cookies) as visit:
        page = visit.open("/diem/cua-toi/").page
        page.get_by_role("link", name="Hôm nay, máy trực").click()
        expect(page.get_by_text("Chưa có máy nào trực")).to_be_visible()
        desk.is_sound(visit, "own-point", viewport)
        page.get_by_label("Tên máy").fill("Điện thoại cổng sau")
        page.get_by_label("Đứng ở").select_option("Cổng sau")
        page.get_by_role("button", name="Tạo mã cho máy").click()
        expect(page.get_by_role("img", name="Mã QR ghi danh")).to_be_visible()
        desk.is_sound(visit, "own-device-link", viewport)
        page.get_by_role("link", name="Xong").click()
        expect(page.get_by_text("Điện thoại cổng sau").first).to_be_visible()
        desk.is_sound(visit, "own-devices", viewport)
        page.get_by_role("button", name="Gỡ máy").click()
        expect(page.get_by_text("Đã gỡ máy.")).to_be_visible(timeout=PATIENCE_MS)
