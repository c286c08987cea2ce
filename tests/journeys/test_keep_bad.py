"""What goes wrong at a door is said, and what was read there is not lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import PATIENCE_MS, PHONE, Visit, visiting
from tests.journeys.keep_stage import (
    GREEN,
    DoorServer,
    open_camera,
    part,
    personal_code,
    show,
    stand_at_door,
    wait_for_visits,
    with_camera,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REFUSED = "Failed to load resource"
HOUR_MS = 3_600_000
NO_CAMERA = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "%s"));
"""
FULL = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...given) {
  if (this.name === "queue" && globalThis.isFull) throw new DOMException("", "QuotaExceededError");
  return put.apply(this, given);
};
"""


@pytest.fixture(scope="module")
def phones(browser: Browser) -> Iterator[Browser]:
    """Phones with a camera."""
    with with_camera(browser) as started:
        yield started


@contextmanager
def at_page(
    browser: Browser, site: str, server: DoorServer, *, before: str = ""
) -> Iterator[Visit]:
    """The keeper's page on a phone, as it opens."""
    with visiting(browser, site, viewport=PHONE, tolerated=REFUSED) as visit:
        stand_at_door(visit.page.context, server)
        if before:
            visit.page.add_init_script(before)
        yield visit.open("/truc/")


def let_in(visit: Visit) -> str:
    """Scan somebody and let them in; the code that was read."""
    code = personal_code()
    show(visit.page, code)
    visit.page.get_by_role("button", name="Cho vào").click()
    return code


def ended(visit: Visit, words: str) -> None:
    """Wait until the page has said why it stopped."""
    expect(part(visit.page, "ended")).to_be_visible(timeout=PATIENCE_MS)
    expect(part(visit.page, "ended-words")).to_contain_text(words)
    expect(part(visit.page, "work")).to_be_hidden()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("NotAllowedError", "Trình duyệt chưa được dùng máy ảnh"),
        ("NotFoundError", "Máy này không có máy ảnh"),
        ("NotReadableError", "Máy ảnh đang được chương trình khác dùng"),
    ],
)
def test_without_a_camera_the_page_says_what_to_do(
    phones: Browser, site: str, fault: str, words: str
) -> None:
    with at_page(phones, site, DoorServer(), before=NO_CAMERA % fault) as visit:
        visit.page.get_by_role("button", name="Mở máy ảnh để quét").click()
        expect(part(visit.page, "camera-words")).to_contain_text(words)
        expect(part(visit.page, "start")).to_be_visible()
        assert visit.violations() == []
        visit.picture(f"keep-{fault}")


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        ((401, {"code": "accounts.device_revoked", "message": "…"}), "đã bị thu hồi"),
        ((401, {"code": "accounts.device_lapsed", "message": "…"}), "quá 72 giờ"),
        ((401, {"code": "core.sign_in_needed", "message": "…"}), "chưa được ghi danh"),
        ((409, {"code": "checkins.gone", "message": "Điểm đã gộp."}), "Điểm đã gộp."),
    ],
)
def test_machine_that_may_not_work_says_why(
    phones: Browser, site: str, refusal: tuple[int, dict[str, str]], words: str
) -> None:
    with at_page(phones, site, DoorServer(refusal=refusal)) as visit:
        ended(visit, words)
        assert visit.violations() == []
        visit.picture(f"keep-ended-{refusal[1]['code']}")


def test_point_that_is_closed_takes_nobody_more(phones: Browser, site: str) -> None:
    with at_page(phones, site, DoorServer(is_living=False)) as visit:
        ended(visit, "Điểm này đã đóng hoặc đang tạm dừng")


def test_page_of_a_captive_portal_is_no_answer(phones: Browser, site: str) -> None:
    server = DoorServer(sign=GREEN)
    with at_page(phones, site, server) as visit:
        open_camera(visit.page)
        visit.page.context.route("**/api/v1/keeper/*", lambda route: route.fulfill(body="<p>Wi-Fi"))
        let_in(visit)
        expect(part(visit.page, "waiting")).to_contain_text("1 lượt chờ gửi")
        expect(part(visit.page, "offline")).to_be_visible()
        visit.page.context.unroute_all()
        stand_at_door(visit.page.context, server, detector=False)
        visit.page.evaluate("dispatchEvent(new Event('online'))")
        wait_for_visits(visit.page, server, 1)


def test_machine_that_is_revoked_at_work_stops_and_keeps_what_waits(
    phones: Browser, site: str
) -> None:
    server = DoorServer(sign=GREEN)
    with at_page(phones, site, server) as visit:
        open_camera(visit.page)
        server.is_away = True
        code = let_in(visit)
        expect(part(visit.page, "waiting")).to_contain_text("1 lượt chờ gửi")
        server.is_away = False
        server.refusal = (401, {"code": "accounts.device_revoked", "message": "…"})
        visit.page.evaluate("dispatchEvent(new Event('online'))")
        ended(visit, "đã bị thu hồi")
        expect(part(visit.page, "ended-waiting")).to_contain_text("1 lượt chờ gửi vẫn giữ")
        visit.picture("keep-revoked")
        server.refusal = None
        visit.open("/truc/")
        expect(part(visit.page, "work")).to_be_visible()
        sent = wait_for_visits(visit.page, server, 1)
    assert sent[0]["subject"]["value"] == code


def test_right_lapses_72_hours_after_the_last_contact_without_a_network(
    phones: Browser, site: str
) -> None:
    server = DoorServer(sign=GREEN)
    with visiting(phones, site, viewport=PHONE, tolerated=REFUSED) as visit:
        stand_at_door(visit.page.context, server)
        visit.page.clock.install()
        visit.open("/truc/")
        expect(part(visit.page, "work")).to_be_visible()
        server.is_away = True
        visit.page.clock.fast_forward(71 * HOUR_MS)
        expect(part(visit.page, "work")).to_be_visible()
        visit.page.clock.fast_forward(HOUR_MS + 60_000)
        ended(visit, "quá 72 giờ")


def test_storage_that_is_full_is_said_and_the_visit_goes_straight_to_the_server(
    phones: Browser, site: str
) -> None:
    server = DoorServer(sign=GREEN)
    with at_page(phones, site, server, before=FULL) as visit:
        open_camera(visit.page)
        visit.page.evaluate("globalThis.isFull = true")
        code = let_in(visit)
        expect(part(visit.page, "told")).to_contain_text("Đã ghi 1 lượt vào")
        assert [one["subject"]["value"] for one in server.visits.values()] == [code]
        server.is_away = True
        let_in(visit)
        expect(part(visit.page, "sign")).to_contain_text("CHƯA GHI ĐƯỢC")
        expect(part(visit.page, "sign")).to_contain_text("Máy hết chỗ lưu")
        expect(part(visit.page, "inside")).to_have_text("49")
        assert visit.violations() == []
        visit.picture("keep-full")


def test_machine_without_a_key_to_seal_to_writes_nobody_down(phones: Browser, site: str) -> None:
    server = DoorServer(sign=GREEN, key_lives_days=-1)
    with at_page(phones, site, server) as visit:
        open_camera(visit.page)
        expect(part(visit.page, "no-key")).to_be_visible()
        let_in(visit)
        expect(part(visit.page, "sign")).to_contain_text("CHƯA GHI ĐƯỢC")
        visit.picture("keep-no-key")
    assert (server.visits, server.looks) == ({}, [])


def test_one_tab_keeps_the_door_and_another_may_take_it_over(phones: Browser, site: str) -> None:
    with at_page(phones, site, DoorServer()) as visit:
        expect(part(visit.page, "work")).to_be_visible()
        other = visit.page.context.new_page()
        other.goto(f"{site}/truc/")
        expect(part(other, "elsewhere")).to_be_visible()
        other.get_by_role("button", name="Trực ở thẻ này").click()
        expect(part(other, "work")).to_be_visible()
        expect(part(visit.page, "elsewhere")).to_be_visible()
        assert visit.violations() == []


def test_clock_that_is_wrong_is_said_and_visits_carry_the_servers_time(
    phones: Browser, site: str
) -> None:
    server = DoorServer(sign=GREEN, clock_ahead_minutes=-45)
    with at_page(phones, site, server) as visit:
        expect(part(visit.page, "clock-words")).to_contain_text("nhanh 45 phút")
        open_camera(visit.page)
        let_in(visit)
        (sent,) = wait_for_visits(visit.page, server, 1)
        visit.picture("keep-clock")
    assert server.is_at_its_time(sent)


def test_what_the_server_refuses_is_said_with_its_reason(phones: Browser, site: str) -> None:
    server = DoorServer(sign=GREEN, refuses="sealed_key_gone")
    with at_page(phones, site, server) as visit:
        open_camera(visit.page)
        let_in(visit)
        expect(part(visit.page, "refused-words")).to_contain_text("1 lượt (sealed_key_gone)")
        expect(part(visit.page, "inside")).to_have_text("48")
        assert visit.violations() == []
        visit.page.get_by_role("button", name="Đã biết, bỏ khỏi máy").click()
        expect(part(visit.page, "refused")).to_be_hidden()


def test_person_who_was_shown_too_early_is_read_when_the_keeper_is_ready(
    phones: Browser, site: str
) -> None:
    server = DoorServer(sign=GREEN)
    with at_page(phones, site, server) as visit:
        open_camera(visit.page)
        show(visit.page, personal_code())
        expect(part(visit.page, "found")).to_be_visible()
        code = personal_code()
        show(visit.page, code)
        visit.page.wait_for_timeout(500)
        visit.page.get_by_role("button", name="Cho vào").click()
        visit.page.get_by_role("button", name="Cho vào").click()
        sent = wait_for_visits(visit.page, server, 2)
    assert sent[1]["subject"]["value"] == code
