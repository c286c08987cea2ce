"""One officer's first day: invited, enrolled, sees the commune alone, breaks the glass, is seen."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.test_factors import code_at
from tests.directives.letters import brought
from tests.factories.people import AN_NHON, Colleague
from tests.journeys.browser import PHONE, Visit, visiting
from tests.journeys.test_factors import sign_out, virtual_device
from vungxanh.accounts.actions import load_purposes
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("published")]
EMAIL = "xa-tran-phu@test.example"
PASSPHRASE = "mười hai cây cầu tre"
REASON = "Ca bệnh ở Quy Nhơn đã đến An Nhơn sáng nay, cần đọc văn bản để tìm người tiếp xúc."


def by_name(site: str) -> str:
    """The site under a name: passkeys are bound to one."""
    return site.replace("127.0.0.1", "localhost")


def desk_of(person: Colleague) -> list[dict[str, str]]:
    """The cookie of somebody who is signed in."""
    return [{"name": "vx_session", "value": person.client.cookies["vx_session"].value}]


def invite(visit: Visit) -> str:
    """Invite the officer of a ward; the link that is shown once."""
    page = visit.open("/can-bo/moi/").page
    page.get_by_label("Email công vụ").fill(EMAIL)
    page.get_by_label("Cán bộ xã").check()
    page.get_by_role("textbox", name="Đơn vị").fill("vn-2021:21586")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Người này sẽ làm được gì")).to_be_visible()
    page.get_by_role("button", name="Gửi lời mời").click()
    return page.get_by_label("Đường dẫn mời").input_value()


def take_up(page: Page, link: str) -> None:
    """Make the account, and be led to the second step, which the role must have."""
    page.goto(link)
    page.get_by_label("Họ tên").fill("Cán bộ phường (mẫu)")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSPHRASE)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSPHRASE)
    page.get_by_role("button", name="Lập tài khoản").click()
    expect(page).to_have_url(re.compile("/tai-khoan/buoc-hai/"))


def enrol_app(page: Page) -> None:
    """An app that shows codes."""
    page.get_by_role("link", name="Thêm ứng dụng mã").click()
    secret = page.locator("[data-vx-secret]").inner_text().replace(" ", "")
    page.get_by_label("Mã ứng dụng đang hiện").fill(code_at(datetime.now(UTC), secret))
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.locator(".vx-codes li")).to_have_count(10)


def enrol_passkey(page: Page, site: str) -> None:
    """A passkey of Chromium's own device."""
    virtual_device(page)
    page.goto(f"{by_name(site)}/tai-khoan/buoc-hai/khoa/")
    page.get_by_label("Tên khóa").fill("Máy ở phường")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.get_by_text("Máy ở phường").first).to_be_visible()


def break_glass(page: Page, site: str) -> None:
    """Open An Nhơn for an hour, saying why."""
    page.goto(f"{by_name(site)}/mo-khan-cap/?tim=An+Nh%C6%A1n")
    page.get_by_label("Thị xã An Nhơn").first.check()
    page.get_by_label("Lý do").fill(REASON)
    page.get_by_label("Mục đích").select_option(index=1)
    page.get_by_label("1 giờ").check()
    page.get_by_role("button", name="Mở để xem").click()


def status_of(page: Page, path: str, site: str) -> int:
    """How the site answers a plain read."""
    answer = page.goto(by_name(site) + path)
    assert answer is not None
    return answer.status


def test_first_day_of_an_officer(
    browser: Browser,
    site: str,
    administrator: Colleague,
    province_officer: Colleague,
    other_officer: Colleague,
    auditor: Colleague,
) -> None:
    load_purposes(by=SYSTEM, at=clock.now())
    letter = f"/van-ban/{brought(other_officer.viewer, unit=AN_NHON).id}/"
    with visiting(browser, site, cookies=desk_of(administrator)) as visit:
        link = invite(visit)

    with visiting(browser, by_name(site), viewport=PHONE, tolerated="404") as visit:
        page = visit.page
        take_up(page, link.replace(site, by_name(site)))
        enrol_app(page)
        enrol_passkey(page, site)
        sign_out(page)
        page.goto(f"{by_name(site)}/dang-nhap/")
        page.get_by_role("button", name="Đăng nhập bằng khóa").click()
        expect(page).to_have_url(re.compile("/dia-ban/vn-2021:21586/"))
        assert status_of(page, letter, site) == 404
        break_glass(page, site)
        assert status_of(page, letter, site) == 200
        visit.picture("glass-letter-360")
        assert visit.too_wide() == []
        expect(page.get_by_text("Sửa thể thức")).to_have_count(0)

    with visiting(browser, site, cookies=desk_of(province_officer)) as visit:
        page = visit.open("/mo-khan-cap/xem-lai/").page
        expect(page.get_by_text(REASON)).to_be_visible()
        visit.picture("glass-review")
        page.get_by_role("textbox").first.fill("Đúng việc, đã gọi hỏi.")
        page.get_by_role("button", name="Hợp lý", exact=True).click()
        expect(page.get_by_text("Đúng việc, đã gọi hỏi.")).to_be_visible()

    with visiting(browser, site, cookies=desk_of(auditor)) as visit:
        page = visit.open("/nhat-ky/").page
        for event in ("accounts.glass_broken", "accounts.glass_seen", "accounts.glass_reviewed"):
            expect(page.get_by_text(event).first).to_be_visible()
        assert REASON not in page.content()
