"""A citizen declares on a phone of 360 pixels: offline, in three languages, with signs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import PHONE, SMALL_PHONE, Theme, visiting
from tests.journeys.declare_stage import Intake, answered, filled, phone
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.form_versions import load_forms
from vungxanh.declarations.models import Declaration

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("forms")]
KEPT = "Đã lưu trên máy, tự gửi khi có mạng"


@pytest.fixture
def forms(published: None) -> None:
    """The forms that are shipped, among the units of both eras."""
    load_forms(by=SYSTEM, at=clock.now())


def test_declared_without_a_network_it_is_sent_once_after_the_tab_was_closed(
    browser: Browser, site: str
) -> None:
    intake = Intake()
    with phone(browser, site, intake) as visit:
        page = visit.open("/khai/general/").page
        page.get_by_role("button", name="Bắt đầu khai").click()
        answered(page)
        page.get_by_role("button", name="Tiếp tục").click()
        page.context.set_offline(True)
        filled(page, "Tiếp tục", "Xem lại rồi gửi")
        visit.picture("declare-review-360")
        page.get_by_label("Tôi đồng ý").check()
        page.get_by_role("button", name="Gửi khai báo").click()
        expect(page.get_by_role("heading", name=KEPT)).to_be_visible()
        expect(page.get_by_role("link", name="Gọi cấp cứu 115")).to_be_visible()
        visit.picture("declare-kept-360")
        assert intake.kept == []
        page.close()
        page.context.set_offline(False)
        again = page.context.new_page()
        again.goto(f"{site}/khai/general/")
        expect(again.get_by_role("button", name="Giống lần trước")).to_be_visible()
        _until(lambda: len(intake.kept) == 1, again)
        again.reload()
        expect(again.get_by_role("button", name="Giống lần trước")).to_be_visible()
        again.wait_for_timeout(500)
    assert intake.told == ["stored"]
    assert Declaration.objects.count() == 1


def _until(is_so: Callable[[], bool], page: Page) -> None:
    """Wait for something that this process sees."""
    for _ in range(100):
        if is_so():
            break
        page.wait_for_timeout(100)
    assert is_so()


def test_page_and_questions_are_there_without_a_network(browser: Browser, site: str) -> None:
    with phone(browser, site, Intake(), worker=True) as visit:
        page = visit.open("/khai/general/").page
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_function("async () => Boolean(await caches.match('/khai/general/mau.json'))")
        page.context.set_offline(True)
        page.goto(f"{site}/khai/general/")
        page.get_by_role("button", name="Bắt đầu khai").click()
        expect(page.get_by_label("Họ và tên")).to_be_visible()
        expect(page.get_by_text("Chưa có mạng.")).to_be_visible()


def test_cough_and_fever_lead_to_advice_and_whom_to_call(browser: Browser, site: str) -> None:
    with phone(browser, site, Intake()) as visit:
        page = visit.open("/khai/general/").page
        page.get_by_role("button", name="Bắt đầu khai").click()
        filled(page, "Tiếp tục", "Xem lại rồi gửi", ("cough", "fever"))
        page.get_by_label("Tôi đồng ý").check()
        page.get_by_role("button", name="Gửi khai báo").click()
        page.wait_for_url("**/khai/xong/*/")
        expect(page.get_by_text("Bạn có dấu hiệu bệnh")).to_be_visible()
        expect(page.get_by_role("heading", name="Nên làm")).to_be_visible()
        expect(page.get_by_role("link", name="Cấp cứu: gọi 115")).to_be_visible()
        assert (visit.violations(), visit.too_wide()) == ([], [])
        visit.picture("declare-result-ill-360")


def test_last_page_leads_to_what_was_passed_over(browser: Browser, site: str) -> None:
    with phone(browser, site, Intake()) as visit:
        page = visit.open("/khai/general/").page
        page.get_by_role("button", name="Bắt đầu khai").click()
        answered(page)
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page.locator("[data-vx-question=name]")).to_have_count(0)
        passed_over = page.url
        page.evaluate("location.hash = '#99'")
        expect(page).not_to_have_url(passed_over)
        answered(page)
        page.get_by_role("button", name="Tiếp tục").click()
        expect(page).to_have_url(passed_over)


def test_entry_is_declared_in_english_and_in_chinese(browser: Browser, site: str) -> None:
    words = [
        ("English", "Start", "Continue", "Check and send", "I agree", "Send"),
        ("中文", "开始申报", "继续", "核对并提交", "我同意", "提交申报"),
    ]
    for language, start, onwards, review, agree, send in words:
        with phone(browser, site, Intake()) as visit:
            page = visit.open("/khai/entry/").page
            page.get_by_role("button", name=language).click()
            page.get_by_role("button", name=start, exact=True).click()
            visit.picture(f"declare-entry-{'en' if language == 'English' else 'zh'}-360")
            filled(page, onwards, review)
            assert (visit.violations(), visit.too_wide()) == ([], [])
            page.get_by_label(agree).check()
            page.get_by_role("button", name=send, exact=True).click()
            page.wait_for_url("**/khai/xong/*/")
    assert sorted(Declaration.objects.values_list("lang", flat=True)) == ["en", "zh"]


def test_page_of_signs_is_the_one_of_the_picture(browser: Browser, site: str) -> None:
    looks: list[tuple[dict[str, int], Theme]] = [
        (PHONE, "light"),
        (PHONE, "dark"),
        (SMALL_PHONE, "light"),
    ]
    for viewport, theme in looks:
        with phone(browser, site, Intake(), viewport=viewport, theme=theme) as visit:
            page = visit.open("/khai/general/").page
            assert (visit.violations(), visit.too_wide()) == ([], [])
            page.get_by_role("button", name="Bắt đầu khai").click()
            name = f"{theme}-{viewport['width']}"
            visit.picture(f"declare-you-{name}")
            assert (visit.violations(), visit.too_wide()) == ([], [])
            for _ in range(5):
                if page.locator("[data-vx-question=signs]").is_visible():
                    break
                answered(page)
                page.get_by_role("button", name="Tiếp tục").click()
            page.get_by_label("Ho", exact=True).check()
            expect(page.locator("[data-vx-question=signs_since]")).to_be_visible()
            visit.picture(f"declare-signs-{name}")
            page.get_by_role("button", name="Tiếp tục").click()
            expect(page.get_by_role("alert").first).to_be_focused()
            visit.picture(f"declare-faults-{name}")
            assert (visit.violations(), visit.too_wide()) == ([], [])


def test_whole_way_without_scripts(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE, scripts=False, tolerated="422") as visit:
        page = visit.open("/khai/general/").page
        page.get_by_role("link", name="Bắt đầu khai").click()
        for _ in range(12):
            if page.get_by_role("heading", name="Xem lại rồi gửi").is_visible():
                break
            answered(page, ("cough",))
            if page.locator("[data-vx-question=signs_since]").is_visible():
                visit.picture("declare-noscript-signs-360")
            page.get_by_role("button", name="Tiếp tục").last.click()
        visit.picture("declare-noscript-review-360")
        page.go_back()
        page.go_forward()
        page.get_by_label("Tôi đồng ý").check()
        page.get_by_role("button", name="Gửi khai báo").click()
        expect(page.get_by_text("Bạn có dấu hiệu bệnh")).to_be_visible()
        visit.picture("declare-noscript-result-360")
    assert Declaration.objects.count() == 1
