"""The scanning pages on a phone: three taps to a receipt, kept first, sent after, taken back."""

import json
import re
from datetime import datetime

import pytest
from django.test import Client
from playwright.sync_api import Browser, Route, expect

from tests.factories.points import a_point, code_of
from tests.journeys.browser import SMALL_PHONE, Theme, Visit
from tests.journeys.scan_stage import (
    DETECTOR,
    Intake,
    begun,
    entered,
    knows_places,
    phone,
    shows,
)
from vungxanh.checkins.models import Point
from vungxanh.core import clock
from vungxanh.people.models import Device

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("revoked_listed"),
]
NAME = "Chợ mẫu Bến Sông"
# What another tab says when its queue moved.
DRAWN_ANEW = """
async () => {
  const line = document.querySelector("details[open]");
  new BroadcastChannel("vx-queue-visits").postMessage("changed");
  while (line.isConnected) await new Promise((done) => setTimeout(done, 20));
}
"""
REGISTERED_LONG_AGO = """
() => new Promise((done) => {
  const asked = indexedDB.open("vx-diary");
  asked.onsuccess = () => {
    const changing = asked.result.transaction("facts", "readwrite");
    changing.objectStore("facts").put(1, "registered");
    changing.oncomplete = () => (asked.result.close(), done());
  };
})
"""


@pytest.fixture
def point() -> Point:
    return a_point(NAME, address="12 đường Mẫu", at=clock.now())


@pytest.fixture
def intake() -> Intake:
    return Intake()


def url_of(point: Point, site: str) -> str:
    return f"{site}/c/{point.code}#{code_of(point).payload}"


def is_sound(visit: Visit, name: str) -> None:
    visit.picture(name)
    assert visit.too_wide() == []
    assert visit.violations() == []


def test_three_taps_lead_from_the_three_lines_to_a_receipt(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        is_sound(visit, "scan-look-360")
        shows(page, url_of(point, site))
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        expect(page.get_by_text("mã thật, đã ký").first).to_be_visible()
        is_sound(visit, "scan-confirm-360")
        entered(page)
        expect(page.get_by_text("đã gửi")).to_be_visible()
        is_sound(visit, "scan-receipt-360")
    assert intake.ways == [("in", point.code)]
    assert Device.objects.get().platform == "web"


def test_first_page_says_what_is_kept_how_long_and_who_looked(
    browser: Browser, site: str, intake: Intake
) -> None:
    with phone(browser, site, intake, viewport=SMALL_PHONE) as visit:
        page = visit.open("/quet/").page
        expect(page.get_by_text("Giữ gì")).to_be_visible()
        expect(page.get_by_text("Trên máy này 21 ngày, trên máy chủ 30 ngày")).to_be_visible()
        is_sound(visit, "scan-start-320")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_part_is_sound_at_320_in_both_themes(
    browser: Browser, site: str, point: Point, intake: Intake, theme: Theme
) -> None:
    with phone(browser, site, intake, viewport=SMALL_PHONE, theme=theme) as visit:
        page = begun(visit)
        is_sound(visit, f"scan-look-320-{theme}")
        shows(page, url_of(point, site))
        is_sound(visit, f"scan-confirm-320-{theme}")
        entered(page)
        is_sound(visit, f"scan-receipt-320-{theme}")
        visit.open("/quet/nhat-ky/")
        expect(page.get_by_text(NAME)).to_be_visible()
        page.get_by_text("Thêm", exact=True).click()
        is_sound(visit, f"scan-diary-320-{theme}")


def test_out_ends_the_open_visit_and_the_same_place_is_not_entered_twice(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        page.get_by_role("link", name="Quét mã").click()
        expect(page.get_by_text("bạn đang ở đây, vào lúc")).to_be_visible()
        shows(page, url_of(point, site))
        expect(page.get_by_role("button", name="Tôi vào đây")).to_be_hidden()
        page.get_by_role("button", name="Tôi rời đi").first.click()
        expect(page.get_by_role("heading", name="Đã ghi giờ rời đi")).to_be_visible()
        expect(page.get_by_text("đã gửi")).to_be_visible()
    assert intake.ways == [("in", point.code), ("out", point.code)]


def test_people_without_a_phone_are_counted_in_and_out(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        for _ in range(2):
            page.get_by_role("button", name="Thêm người đi cùng").click()
        expect(page.get_by_label("Người đi cùng", exact=True)).to_have_text("2")
        expect(page.get_by_text("đã gửi")).to_be_visible()
        page.get_by_role("button", name="Tôi rời đi").click()
        expect(page.get_by_role("heading", name="Đã ghi giờ rời đi")).to_be_visible()
        expect(page.get_by_text("đã gửi")).to_be_visible()
    subjects = [one.get("subject") for one in intake.kept.values() if one["direction"] == "out"]
    companions = [{"kind": "companion", "value": f"+{n}"} for n in (1, 2)]
    assert sorted(map(str, subjects)) == sorted(map(str, [None, *companions]))
    assert [way for way, _ in intake.ways] == ["in"] * 3 + ["out"] * 3


def test_without_a_network_it_is_kept_and_sent_when_there_is_one(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    intake.is_away = True
    with phone(browser, site, intake, tolerated="net::ERR") as visit:
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_be_visible()
        assert intake.kept == {}
        intake.is_away = False
        page.reload()
        expect(page.get_by_text("bạn đang ở đây")).to_be_visible()
        visit.open("/quet/nhat-ky/")
        expect(page.get_by_text("vào")).not_to_have_count(0)
        expect(page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_have_count(0)
    assert intake.ways == [("in", point.code)]


def test_typed_code_leads_to_the_place_and_a_wrong_one_says_why(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        field = page.get_by_label("Không quét được? Nhập mã điểm in dưới mã QR")
        field.fill(point.code[:-1])
        page.get_by_role("button", name="Tìm nơi này").click()
        expect(page.get_by_text("Mã này thiếu hoặc sai một ký tự")).to_be_visible()
        expect(field).to_be_focused()
        is_sound(visit, "scan-typed-wrong-360")
        field.fill(f"{point.code[:4]} {point.code[4:]}".lower())
        page.get_by_role("button", name="Tìm nơi này").click()
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        expect(page.get_by_text("mã gõ tay")).to_be_visible()
        expect(page.get_by_text("So tên và mã điểm này với bảng trước mặt.")).to_be_visible()


@pytest.mark.parametrize("with_payload", [True, False], ids=["payload", "code"])
def test_link_leads_straight_to_the_place(
    browser: Browser, site: str, point: Point, intake: Intake, *, with_payload: bool
) -> None:
    with phone(browser, site, intake) as visit:
        begun(visit)
        page = visit.page
        page.goto("about:blank")
        behind = code_of(point).payload if with_payload else point.code
        visit.open(f"/quet/#{behind}")
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        assert "#" not in page.url


def test_codes_that_are_not_taken_say_what_they_are_and_the_camera_goes_on(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    payload = code_of(point).payload
    forged = payload[:-3] + ("AAA" if payload[-3:] != "AAA" else "BBB")
    said = {
        f"{site}/c/{point.code}#{forged[:-1]}A": "Mã giả hoặc bị sửa",
        f"https://elsewhere.example/c/{point.code}#{payload}": "Mã của trang khác",
        "https://example.com/thuc-don": "Không phải mã điểm",
        "VX1P.AAAAAAA": "Đây là mã của một người",
    }
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        for text, words in said.items():
            page.evaluate("(text) => void (globalThis.shown = text)", text)
            expect(page.get_by_role("heading", name=words)).to_be_visible()
        is_sound(visit, "scan-not-taken-360")
        page.evaluate("() => void (globalThis.shown = '')")
        expect(page.get_by_text("Đưa mã QR ở cửa vào khung")).to_be_visible()
    assert intake.kept == {}


def test_code_of_nobody_is_not_recorded(browser: Browser, site: str, intake: Intake) -> None:
    with phone(browser, site, intake, tolerated="404") as visit:
        page = begun(visit)
        page.get_by_label("Không quét được? Nhập mã điểm in dưới mã QR").fill("7K10-Q9XD-J")
        page.get_by_role("button", name="Tìm nơi này").click()
        expect(page.get_by_role("heading", name="Không có điểm nào mang mã này")).to_be_visible()


def test_visit_is_taken_back_from_the_receipt(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    removed: list[str] = []

    def remove(route: Route) -> None:
        removed.extend(json.loads(route.request.post_data or "{}")["ids"])
        route.fulfill(json={"removed": 1})

    with phone(browser, site, intake) as visit:
        page = begun(visit)
        page.context.route("**/api/v1/devices/me/visits/remove", remove)
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("đã gửi")).to_be_visible()
        page.get_by_role("button", name="Không phải nơi này? Hủy").click()
        expect(page.get_by_text("Đưa mã QR ở cửa vào khung")).to_be_visible()
        visit.open("/quet/nhat-ky/")
        expect(page.get_by_role("heading", name="Chưa có nơi nào")).to_be_visible()
    assert removed == list(intake.kept)


def test_diary_deletes_a_visit_and_asks_for_its_day(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        page.context.route(
            "**/api/v1/devices/me/visits/remove", lambda route: route.fulfill(json={"removed": 1})
        )
        shows(page, url_of(point, site))
        entered(page)
        visit.open("/quet/nhat-ky/")
        expect(page.get_by_text("chưa quét ra")).to_be_visible()
        page.get_by_text("Thêm", exact=True).click()
        page.evaluate(DRAWN_ANEW)
        remove = page.get_by_role("button", name="Xóa lượt này")
        expect(remove, "what was unfolded still is when the days are drawn anew").to_be_visible()
        remove.click()
        expect(page.get_by_role("heading", name="Chưa có nơi nào")).to_be_visible()
        is_sound(visit, "scan-diary-empty-360")


def test_what_the_server_does_not_take_is_said(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    intake.refuses = "time_out_of_range"
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("máy chủ không nhận: giờ quá xa")).to_be_visible()


def test_phone_that_was_removed_asks_again_before_it_sends(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake, tolerated="401") as visit:
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("đã gửi")).to_be_visible()
        intake.status = 401
        page.evaluate(REGISTERED_LONG_AGO)
        page.get_by_role("button", name="Tôi rời đi").click()
        expect(page.get_by_text("Máy này chưa đăng ký, hoặc đã bị gỡ.")).to_be_visible()
        intake.status = 200
        page.reload()
        page.get_by_role("button", name="Bắt đầu quét").click()
        expect(page.get_by_text("Đưa mã QR ở cửa vào khung")).to_be_visible()
        visit.open("/quet/nhat-ky/")
        expect(page.get_by_text("bạn quét ra")).to_be_visible()
        expect(page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_have_count(0)
    assert [way for way, _ in intake.ways] == ["in", "out"]


def test_page_says_what_is_the_matter_with_the_camera(
    browser: Browser, site: str, intake: Intake
) -> None:
    faults = {
        "NotAllowedError": "Trình duyệt chưa được dùng máy ảnh.",
        "NotFoundError": "Máy này không có máy ảnh.",
        "NotReadableError": "Ứng dụng khác đang dùng máy ảnh.",
    }
    for name, words in faults.items():
        broken = (
            "navigator.mediaDevices.getUserMedia = async () => "
            f"{{ throw new DOMException('', '{name}'); }};"
        )
        with phone(browser, site, intake, script=DETECTOR + broken) as visit:
            page = visit.open("/quet/").page
            page.get_by_role("button", name="Bắt đầu quét").click()
            expect(page.get_by_text(words)).to_be_visible()
            expect(page.get_by_label("Không quét được?")).to_be_visible()
            is_sound(visit, f"scan-camera-{name}-360")


def test_large_type_is_remembered_and_nothing_is_cut(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake, viewport=SMALL_PHONE) as visit:
        page = begun(visit)
        page.get_by_text("Chữ to, đọc to, âm thanh").click()
        page.get_by_role("button", name="Chữ to").click()
        is_sound(visit, "scan-look-large-320")
        page.reload()
        assert page.locator("html[data-vx-large]").count() == 1
        shows(page, url_of(point, site))
        entered(page)
        is_sound(visit, "scan-receipt-large-320")


def test_wrong_clock_is_told_and_the_servers_time_is_recorded(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        ahead = clock.now().timestamp() + 3600
        visit.page.clock.install(time=ahead)
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("đã gửi")).to_be_visible()
        expect(page.get_by_text("Đồng hồ của máy nhanh 60 phút.")).to_be_visible()
        is_sound(visit, "scan-clock-360")
    (kept,) = intake.kept.values()
    assert abs(clock.now().timestamp() - datetime.fromisoformat(str(kept["at"])).timestamp()) < 60


def test_browser_that_keeps_nothing_sends_at_once_and_says_so(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    forbidden = (
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };"
    )
    with phone(browser, site, intake, script=DETECTOR + forbidden) as visit:
        page = begun(visit)
        expect(page.get_by_text("Trình duyệt này không giữ được gì trên máy")).to_be_visible()
        shows(page, url_of(point, site))
        entered(page)
        assert [way for way, _ in intake.ways] == ["in"]
        intake.is_away = True
        visit.tolerated = "net::ERR"
        page.get_by_role("button", name="Tôi rời đi").click()
        expect(page.get_by_text("Chưa ghi được lượt này")).to_be_visible()
        is_sound(visit, "scan-passing-360")


def test_page_reminds_of_scanning_out_when_the_usual_stay_is_over(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        visit.page.clock.install(time=clock.now())
        with knows_places(visit):
            page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        # An answer after the jump would teach the page that its clock is wrong.
        expect(page.get_by_text("đã gửi")).to_be_visible()
        page.clock.fast_forward("31:00")
        expect(page.get_by_role("heading", name=f"Bạn còn ở {NAME} không?")).to_be_visible()
        is_sound(visit, "scan-remind-360")
        page.get_by_role("button", name="Tôi đã rời đi").click()
        expect(page.get_by_role("heading", name="Đã ghi giờ rời đi")).to_be_visible()


def test_without_scripts_the_page_leads_to_the_form_for_codes(site: str, client: Client) -> None:
    page = client.get("/quet/").content.decode()
    (words,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert "Trang này cần JavaScript" in words
    assert '<a href="/c/">' in words


def test_pages_are_english_where_that_was_chosen(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    english = [{"name": "vx_language", "value": "en"}]
    with phone(browser, site, intake, cookies=english) as visit:
        page = visit.open("/quet/").page
        page.get_by_role("button", name="Begin to scan").click()
        expect(page.get_by_text("Bring the QR code at the door into the frame")).to_be_visible()
        shows(page, url_of(point, site))
        page.get_by_role("button", name="I am going in").click()
        expect(page.get_by_role("heading", name="Checked in")).to_be_visible()
        is_sound(visit, "scan-receipt-en-360")
