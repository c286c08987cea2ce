"""What helps at scanning: light, voice, reminder; and what storage that was cleared costs."""

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.points import a_point
from tests.journeys.scan_stage import (
    DETECTOR,
    Intake,
    begun,
    entered,
    knows_places,
    phone,
    shows,
)
from tests.journeys.test_scan_pages import NAME, is_sound, url_of
from vungxanh.checkins.models import Point
from vungxanh.core import clock

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("revoked_listed"),
]
TORCH = """
MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
MediaStreamTrack.prototype.applyConstraints = async ({ advanced }) => {
  globalThis.lit = advanced[0].torch;
};
"""
VOICE = """
globalThis.spoken = [];
Object.defineProperty(globalThis, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "en-GB" }, { lang: "vi-VN" }],
  speak: (said) => void globalThis.spoken.push([said.text, said.lang]),
  cancel() {},
} });
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
NOTICE = """
globalThis.Notification = class { static permission = "granted"; };
ServiceWorkerContainer.prototype.getRegistration = async () => ({
  showNotification: async (words) => void (globalThis.noticed = words),
});
"""


@pytest.fixture
def point() -> Point:
    return a_point(NAME, address="12 đường Mẫu", at=clock.now())


@pytest.fixture
def intake() -> Intake:
    return Intake()


def test_light_of_the_camera_is_turned_on_and_off(
    browser: Browser, site: str, intake: Intake
) -> None:
    with phone(browser, site, intake, script=DETECTOR + TORCH) as visit:
        page = begun(visit)
        light = page.get_by_role("button", name="Đèn")
        light.click()
        expect(light).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("globalThis.lit") is True
        is_sound(visit, "scan-light-360")
        light.click()
        expect(light).to_have_attribute("aria-pressed", "false")
        assert page.evaluate("globalThis.lit") is False


def test_camera_without_a_light_offers_none(browser: Browser, site: str, intake: Intake) -> None:
    with phone(browser, site, intake) as visit:
        expect(begun(visit).get_by_role("button", name="Đèn")).to_be_hidden()


def test_place_and_receipt_are_read_aloud_in_the_language_of_the_page(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake, script=DETECTOR + VOICE) as visit:
        page = begun(visit)
        page.get_by_text("Chữ to, đọc to, âm thanh").click()
        page.get_by_role("button", name="Đọc to").click()
        shows(page, url_of(point, site))
        page.wait_for_function(f"() => globalThis.spoken.at(-1)[0].includes('{NAME}')")
        entered(page)
        page.wait_for_function("() => globalThis.spoken.at(-1)[0].includes('vào lúc')")
        said = page.evaluate("globalThis.spoken")
    assert {language for _, language in said} == {"vi-VN"}
    assert NAME in said[-1][0]


def test_reminder_on_a_locked_screen_names_no_place(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake, script=DETECTOR + NOTICE) as visit:
        visit.page.clock.install(time=clock.now())
        with knows_places(visit):
            page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        # An answer after the jump would teach the page that its clock is wrong.
        expect(page.get_by_text("đã gửi")).to_be_visible()
        page.clock.fast_forward("31:00")
        page.wait_for_function("() => globalThis.noticed")
        said = page.evaluate("globalThis.noticed")
    assert said == "Bạn đã quét ra chưa? Mở Vùng Xanh để ghi giờ ra."


def test_storage_that_was_cleared_stops_nobody_from_scanning_on(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        page = begun(visit)
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("đã gửi")).to_be_visible()
        cleared = {"origin": site, "storageTypes": "indexeddb,local_storage"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", cleared)
        page.reload()
        page.get_by_role("button", name="Bắt đầu quét").click()
        expect(page.get_by_text("Đưa mã QR ở cửa vào khung")).to_be_visible()
        shows(page, url_of(point, site))
        entered(page)
        expect(page.get_by_text("đã gửi")).to_be_visible()
    assert intake.ways == [("in", point.code)] * 2


def test_phone_long_without_a_network_says_that_it_does_not_know_what_was_revoked_since(
    browser: Browser, site: str, point: Point, intake: Intake
) -> None:
    with phone(browser, site, intake) as visit:
        visit.page.clock.install(time=clock.now())
        page = begun(visit)
        visit.tolerated = "net::ERR"
        page.context.set_offline(True)
        page.clock.fast_forward(8 * 24 * 3600 * 1000)
        shows(page, url_of(point, site))
        expect(page.get_by_text("mã đã ký, danh sách thu hồi đã cũ").first).to_be_visible()
        is_sound(visit, "scan-old-list-360")
