"""From copied cells to a frozen PDF in few acts; the whole form by keyboard; a busy button."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.factories.people import Colleague
from tests.journeys.browser import visiting
from tests.journeys.desk import Hands, annex, as_copied
from tests.journeys.test_figures_journey import BRING, DAY, GOOD, REFUSED

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]
Cookies = list[dict[str, str]]
FEWEST = 9


@pytest.fixture
def officer_in(province_officer: Colleague) -> Cookies:
    """The session of the province's officer."""
    cookie = province_officer.client.cookies["vx_session"]
    return [{"name": cookie.key, "value": cookie.value}]


def test_pasted_cells_become_a_frozen_pdf_in_nine_acts(
    browser: Browser, site: str, officer_in: Cookies, tmp_path: Path
) -> None:
    with visiting(browser, site, cookies=officer_in) as visit:
        hands = Hands(visit.open("/dia-ban/vn-2021:52/").page)
        hands.follow("Nộp số liệu")
        hands.paste("Hoặc dán từ Excel", as_copied(GOOD))
        hands.write("Nguồn", "Phụ lục công văn thử")
        hands.press("Đọc và kiểm bảng")
        hands.press("Ghi 33 số vào hệ thống")
        hands.follow("Về trang Tỉnh Bình Định")
        hands.follow("Lập phụ lục chính thức")
        hands.press("Chốt bản số 1")
        printed = hands.fetch("Tải PDF", tmp_path)
        assert "ngày 27/5/2021" in printed
        assert "204.502" in printed
        assert len(hands.acts) <= FEWEST, hands.acts


def test_form_is_filled_and_sent_by_keyboard_alone(
    browser: Browser, site: str, officer_in: Cookies
) -> None:
    with visiting(browser, site, cookies=officer_in, tolerated=REFUSED) as visit:
        page = visit.open(BRING).page
        hands, keys = Hands(page), page.keyboard
        hands.tab_to("Hoặc dán từ Excel")
        keys.insert_text(as_copied(annex(DAY)[1:]))
        hands.tab_to("Nguồn")
        keys.type("Phụ lục công văn thử")
        hands.tab_to("Đọc và kiểm bảng")
        keys.press("Enter")
        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        keys.press("Tab")
        keys.press("Enter")
        keys.type(DAY)
        expect(page.get_by_label("Số liệu đến ngày")).to_have_value(DAY)
        expect(page.get_by_label("Hoặc dán từ Excel")).to_have_value(as_copied(annex(DAY)[1:]))
        hands.tab_to("Đọc và kiểm bảng")
        keys.press("Space")
        expect(page.get_by_text("Đây là bản nháp")).to_be_visible()


def test_sent_form_says_what_is_going_on_and_is_sent_once(
    browser: Browser, site: str, officer_in: Cookies
) -> None:
    sent: list[str] = []

    def answer(route: Route) -> None:
        sent.append(route.request.url)
        route.fulfill(status=204)  # no content: the browser stays where it is

    with visiting(browser, site, cookies=officer_in) as visit:
        page = visit.open(BRING).page
        page.route("**/so-lieu/nop/**", answer)
        page.get_by_label("Hoặc dán từ Excel").fill(as_copied(GOOD))
        button = page.locator("#main form button")
        button.click()
        expect(button).to_have_text("Đang đọc bảng…")
        expect(button).to_be_disabled()
        expect(button).to_have_attribute("aria-busy", "true")
        expect(page.locator("#vx-live")).to_have_text("Đang đọc bảng…")
        button.click(force=True)
        page.get_by_role("textbox", name="Nguồn").press("Enter")
        assert len(sent) == 1
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        expect(button).to_have_text("Đọc và kiểm bảng")
        expect(button).to_be_enabled()


def test_a_form_that_a_file_answers_may_be_sent_again_after_four_seconds(
    browser: Browser, site: str, officer_in: Cookies
) -> None:
    with visiting(browser, site, cookies=officer_in) as visit:
        page = visit.open(BRING).page
        page.route("**/so-lieu/nop/**", lambda route: route.fulfill(status=204))
        page.locator("#main form").evaluate("form => form.toggleAttribute('data-vx-file', true)")
        page.clock.install()
        button = page.locator("#main form button")
        button.click()
        page.clock.run_for(3_000)
        expect(button).to_be_disabled()
        page.clock.run_for(1_500)
        expect(button).to_be_enabled()
        expect(button).to_have_text("Đọc và kiểm bảng")
