"""Staff in a real browser: changing the user of a shared computer, inviting, looking after."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.people import QUY_NHON, Colleague
from tests.journeys.browser import PHONE, visiting
from tests.locations.organisations import added
from vungxanh.locations.values import UnitId

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]
# The person's name and address must stand nowhere of what the browser keeps.
KEPT = """
async () => {
  const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const lists = await Promise.all(opened.map((cache) => cache.keys()));
  const workers = await navigator.serviceWorker.getRegistrations();
  const bases = await indexedDB.databases();
  return {
    cached: lists.flat().map((request) => new URL(request.url).pathname),
    local: Object.keys(localStorage), tab: Object.keys(sessionStorage),
    bases: bases.map((one) => one.name), workers: workers.length,
  };
}
"""


def test_after_changing_the_user_nothing_of_the_first_is_left(
    browser: Browser, site: str, administrator: Colleague
) -> None:
    there = site.replace("127.0.0.1", "localhost")
    cookies = [{"name": "vx_session", "value": administrator.client.cookies["vx_session"].value}]
    with visiting(browser, there, worker=True, cookies=cookies) as visit:
        page = visit.open("/can-bo/").page
        expect(page).to_have_url(re.compile("/can-bo/$"))
        page.evaluate("localStorage.setItem('note', 'x'); sessionStorage.setItem('note', 'x')")
        visit.open(f"/can-bo/{administrator.staff.pk}/")
        page.get_by_role("button", name="Đổi người dùng").click()
        expect(page.get_by_label("Email công vụ")).to_be_focused()
        kept = page.evaluate(KEPT)
        assert (kept["local"], kept["tab"], kept["bases"]) == ([], [], [])
        assert [one for one in kept["cached"] if "can-bo" in one or "tai-khoan" in one] == []
        names = {cookie["name"] for cookie in page.context.cookies()}
        assert names <= {"vx_csrf"}
        page.go_back()
        expect(page.get_by_label("Email công vụ")).to_be_visible()
        assert administrator.email not in page.content()


def test_an_administrator_invites_and_the_person_makes_the_account(
    browser: Browser, site: str, administrator: Colleague
) -> None:
    added("Nhà mạng (mẫu)", kind="telecom", unit_id=UnitId(QUY_NHON))
    cookies = [{"name": "vx_session", "value": administrator.client.cookies["vx_session"].value}]
    with visiting(browser, site, cookies=cookies) as visit:
        page = visit.open("/can-bo/moi/").page
        page.get_by_label("Email công vụ").fill("moi@test.example")
        page.get_by_label("Đầu mối doanh nghiệp viễn thông").check()
        page.get_by_role("textbox", name="Đơn vị").fill("Thành phố Quy Nhơn")
        page.get_by_label("Làm việc cho tổ chức").fill("Nhà mạng (mẫu)")
        page.get_by_role("button", name="Xem trước").click()
        expect(page.get_by_role("heading", name="Người này sẽ làm được gì")).to_be_visible()
        assert visit.violations() == []
        visit.picture("staff-invite")
        page.get_by_role("button", name="Gửi lời mời").click()
        link = page.get_by_label("Đường dẫn mời").input_value()
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open(link.removeprefix(site)).page
        visit.picture("invitation-360")
        assert visit.too_wide() == []
        assert visit.violations() == []
        page.get_by_label("Họ tên").fill("Người mới (mẫu)")
        page.get_by_label("Mật khẩu", exact=True).fill("mười hai cây cầu tre")
        page.get_by_label("Nhập lại mật khẩu").fill("mười hai cây cầu tre")
        page.get_by_role("button", name="Lập tài khoản").click()
        expect(page).to_have_url(re.compile("/so-lieu/bao-cao/"))


@pytest.mark.parametrize("path", ["/can-bo/", "/tai-khoan/phien/", "/giup-dong-nghiep/"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_of_staff_fit_a_phone_and_are_accessible(
    path: str, theme: str, browser: Browser, site: str, administrator: Colleague
) -> None:
    cookies = [{"name": "vx_session", "value": administrator.client.cookies["vx_session"].value}]
    with visiting(browser, site, viewport=PHONE, theme=theme, cookies=cookies) as visit:  # type: ignore[arg-type]
        visit.open(path)
        visit.picture(f"staff{path.replace('/', '-')}{theme}-360")
        assert visit.too_wide() == []
        assert visit.violations() == []
