"""The shell around every page: search by a key, offline by the service worker, kind refusals."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browser import PHONE, visiting

pytestmark = pytest.mark.slow
Cookies = list[dict[str, str]]
SAME_FOR_ALL = {
    "/ngoai-tuyen/",
    "/quet/",
    "/quet/nhat-ky/",
    "/truc/",
    "/huong-dan-vao/",
    "/khai/",
}
KEPT_PATHS = """
async () => {
  const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const lists = await Promise.all(opened.map((cache) => cache.keys()));
  return lists.flat().map((request) => new URL(request.url).pathname);
}
"""


@pytest.mark.usefixtures("published")
def test_slash_goes_to_the_search_and_a_name_without_marks_finds_the_place(
    browser: Browser, site: str
) -> None:
    with visiting(browser, site) as visit:
        page = visit.open("/dia-ban/vn-2021:52/").page
        page.keyboard.press("/")
        page.keyboard.type("quy nhon")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Quy Nhơn").first).to_be_visible()
        assert visit.violations() == []


def test_missing_page_is_kind_and_shows_no_number(browser: Browser, site: str) -> None:
    with visiting(browser, site, tolerated="404") as visit:
        page = visit.open("/khong-co/").page
        visit.picture("refusal-missing")
        expect(page.locator("h1")).to_have_text("Không có gì ở địa chỉ này")
        assert "404" not in page.locator("body").inner_text()
        assert visit.violations() == []


@pytest.mark.usefixtures("published")
def test_without_network_the_offline_page_answers(browser: Browser, site: str) -> None:
    with visiting(browser, site, worker=True, tolerated="ERR_INTERNET_DISCONNECTED") as visit:
        page = visit.open("/dia-ban/vn-2021:52/").page
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        expect(page.locator("[data-vx-offline]")).to_be_hidden()
        page.context.set_offline(True)
        expect(page.locator("[data-vx-offline]")).to_be_visible()
        page.goto(site + "/dia-ban/vn-2021:540/")
        expect(page.get_by_text("Chưa mở được trang này khi chưa có mạng")).to_be_visible()
        visit.picture("offline-shell")


@pytest.mark.usefixtures("published")
def test_worker_keeps_no_page_but_those_that_are_the_same_for_everybody(
    browser: Browser, site: str, signed_in: Cookies
) -> None:
    with visiting(browser, site, worker=True, cookies=signed_in) as visit:
        page = visit.open("/dia-ban/vn-2021:52/").page
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        visit.open("/dia-ban/vn-2021:52/")
        kept = page.evaluate(KEPT_PATHS)
        assert {path for path in kept if not path.startswith("/static/vx/")} == SAME_FOR_ALL


def test_sign_in_tells_what_is_wrong_and_keeps_what_was_typed(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE, tolerated="422") as visit:
        page = visit.open("/dang-nhap/").page
        page.get_by_label("Email").fill("ai@test.example")
        page.get_by_label("Mật khẩu").fill("không phải")
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        expect(page.get_by_role("alert")).to_be_focused()
        expect(page.get_by_label("Email")).to_have_value("ai@test.example")
        visit.picture("sign-in-refused-360")
        assert visit.too_wide() == []
        assert visit.violations() == []
