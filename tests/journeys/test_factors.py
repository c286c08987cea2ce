"""Second factors in a browser: an app, a passkey of Chromium's own virtual device, paper codes."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts.test_factors import code_at
from tests.factories.people import PASSWORD, Colleague

pytestmark = pytest.mark.slow


def by_name(site: str) -> str:
    """The site under a name: passkeys are bound to one."""
    return site.replace("127.0.0.1", "localhost")


def give_password(page: Page, site: str, person: Colleague) -> None:
    page.goto(f"{by_name(site)}/dang-nhap/?next=/tai-khoan/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def virtual_device(page: Page) -> None:
    """A device within Chromium that unlocks by itself."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def enrol_app(page: Page, site: str) -> str:
    """Enrol an authenticator app; returns the first recovery code that is shown."""
    page.goto(f"{by_name(site)}/tai-khoan/buoc-hai/")
    page.get_by_role("link", name="Thêm ứng dụng mã").click()
    secret = page.locator("[data-vx-secret]").inner_text().replace(" ", "")
    page.get_by_label("Mã ứng dụng đang hiện").fill(code_at(datetime.now(UTC), secret))
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Giữ lấy mã dự phòng")
    expect(page.locator(".vx-codes li")).to_have_count(10)
    return page.locator(".vx-codes code").first.inner_text()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Mã", exact=True).fill(code)
    page.get_by_role("button", name="Xác nhận").click()


def test_app_and_paper_codes(browser: Browser, site: str, officer: Colleague) -> None:
    page = browser.new_page()
    give_password(page, site, officer)
    on_paper = enrol_app(page, site)
    sign_out(page)
    give_password(page, site, officer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bước hai")
    give_code(page, "000000")
    expect(page.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    give_code(page, on_paper)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    sign_out(page)
    give_password(page, site, officer)
    give_code(page, on_paper)
    expect(page.get_by_role("alert")).to_contain_text("Mã chưa đúng")
    page.close()


def test_passkey_alone(browser: Browser, site: str, officer: Colleague) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    give_password(page, site, officer)
    virtual_device(page)
    page.goto(f"{by_name(site)}/tai-khoan/buoc-hai/khoa/")
    page.get_by_label("Tên khóa").fill("Máy của tôi")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.locator(".vx-codes li")).to_have_count(10)
    sign_out(page)
    page.goto(f"{by_name(site)}/dang-nhap/?next=/tai-khoan/")
    page.get_by_role("button", name="Đăng nhập bằng khóa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    assert not [text for text in said if "Content Security Policy" in text]
    page.close()


def test_passkey_after_the_password(browser: Browser, site: str, officer: Colleague) -> None:
    page = browser.new_page()
    give_password(page, site, officer)
    virtual_device(page)
    page.goto(f"{by_name(site)}/tai-khoan/buoc-hai/khoa/")
    page.get_by_label("Tên khóa").fill("Máy của tôi")
    page.get_by_role("button", name="Tạo khóa").click()
    expect(page.locator(".vx-codes li")).to_have_count(10)
    sign_out(page)
    give_password(page, site, officer)
    page.get_by_role("button", name="Dùng khóa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    page.close()


def test_without_javascript_an_app_signs_in(
    browser: Browser, site: str, officer: Colleague
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    give_password(page, site, officer)
    on_paper = enrol_app(page, site)
    sign_out(page)
    give_password(page, site, officer)
    expect(page.get_by_role("button", name="Dùng khóa")).to_be_hidden()
    give_code(page, on_paper)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    page.context.close()
