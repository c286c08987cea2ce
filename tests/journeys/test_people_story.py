"""One citizen's whole story on a cheap phone: proved, counted, looked at, taken along, deleted."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.factories.people import PROVINCE, employed
from tests.factories.register import sent_code
from tests.journeys.browser import PATIENCE_MS, PHONE, Theme, Visit, visiting
from tests.journeys.eras import at_desk, officer_of
from tests.journeys.test_citizen import is_sound
from vungxanh.accounts.actions import load_purposes
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.exports import FOLDER, PAGE
from vungxanh.people.models import ErasureProof, Person

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("published"),
]
SCREEN = ViewportSize(width=PHONE["width"], height=PHONE["height"])
QUY_NHON = "vn-2025:21583"
NUMBER = "0912 000 001"  # an invented person's
LOOKED_FOR = "Truy vết và báo cho người tiếp xúc"


def counted(desk: Visit) -> str:
    """What the commune's page counts this second."""
    desk.open(f"/dia-ban/{QUY_NHON}/")
    return desk.page.locator("#vx-dang-dem b").first.inner_text()


def proved(visit: Visit) -> None:
    """The number is proved, its commune chosen step by step from the province."""
    page = visit.open("/toi/bat-dau/").page
    page.get_by_role("button", name="Bắt đầu").click()
    page.get_by_role("link", name="Xác thực số điện thoại").click()
    page.get_by_label("Số điện thoại di động").fill(NUMBER)
    box = page.get_by_role("checkbox", name="Tôi đồng ý")
    expect(box).not_to_be_checked()
    is_sound(visit, "story-asked", "/toi/dien-thoai/")
    box.check()
    page.get_by_role("button", name="Nhắn mã cho tôi").click()
    page.get_by_text("Hoặc chọn từ tỉnh, thành phố").click()
    page.get_by_label("Tỉnh, thành phố").select_option(label="Tỉnh Gia Lai")
    page.get_by_role("button", name="Tiếp").click()
    page.get_by_label("Chọn tiếp").select_option(label="Phường Quy Nhơn")
    page.get_by_role("button", name="Tiếp").click()
    page.get_by_label("Mã 6 số trong tin nhắn").fill(sent_code())
    page.get_by_role("button", name="Xác thực").click()
    expect(page.get_by_role("heading", name="Đã xác thực")).to_be_visible(timeout=PATIENCE_MS)


def looked_at(desk: Visit) -> None:
    """An officer names a purpose, and only then sees the person."""
    page = desk.open(f"/nguoi/{Person.objects.get().pk}/").page
    page.get_by_label("Mục đích").select_option(label=LOOKED_FOR)
    page.get_by_role("button", name="Mở").click()
    expect(page.get_by_text("Phường Quy Nhơn").first).to_be_visible()


def read_back(visit: Visit, officer: str) -> None:
    """The citizen reads the office, the role and the purpose, not the name."""
    page = visit.open("/toi/ai-da-xem/").page
    expect(page.get_by_text(LOOKED_FOR)).to_be_visible()
    expect(page.get_by_text("Phường Quy Nhơn").first).to_be_visible()
    assert officer not in page.content()
    is_sound(visit, "story-looks", "/toi/ai-da-xem/")


def taken_along(visit: Visit, browser: Browser, into: Path) -> None:
    """The package is saved, and its page opens on the phone without a network."""
    page = visit.open("/toi/luu-giu/").page
    is_sound(visit, "story-kept", "/toi/luu-giu/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải về một bản").click()
    into.mkdir()
    saved = into / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    with ZipFile(BytesIO(saved.read_bytes())) as package:
        package.extractall(into)
    offline(browser, into / FOLDER / PAGE, "light")
    offline(browser, into / FOLDER / PAGE, "dark")


def offline(browser: Browser, path: Path, theme: Theme) -> None:
    context = browser.new_context(viewport=SCREEN, color_scheme=theme, offline=True)
    read = Visit(context.new_page(), "file://")
    read.page.goto(path.as_uri())
    expect(read.page.get_by_role("heading", level=1)).to_be_visible()
    expect(read.page.get_by_text(LOOKED_FOR).first).to_be_visible()
    expect(read.page.get_by_text("+84912000001").first).to_be_visible()
    read.picture(f"story-copy-{theme}")
    assert read.too_wide() == []
    assert read.violations() == []
    if theme == "light":
        read.printed("story-copy-printed")
    context.close()


def asked_to_delete(visit: Visit) -> None:
    page = visit.open("/toi/yeu-cau/").page
    page.get_by_label("Xóa dữ liệu của tôi").check()
    page.get_by_role("button", name="Gửi yêu cầu").click()
    expect(page.get_by_text("Đã gửi yêu cầu")).to_be_visible()
    is_sound(visit, "story-request", "/toi/yeu-cau/")


def acted_on(desk: Visit) -> None:
    """An officer opens what was asked and carries it out."""
    page = desk.open("/nguoi/yeu-cau/").page
    page.get_by_role("link", name="Xóa dữ liệu của tôi").first.click()
    page.get_by_label("Lời trả lời").fill("Đã xóa theo yêu cầu")
    desk.picture("story-officer")
    page.get_by_role("button", name="Xóa người này khỏi hệ thống").click()
    expect(page.get_by_text("Đã ghi.").first).to_be_visible()


def proof_is_empty(page: Page) -> None:
    """The proof tells of one person erased, and of nothing left in any table of any room."""
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("không còn gì")
    left = ErasureProof.objects.get().left or {}
    assert {"people_person", "people_phone", "messaging_message"} <= set(left)
    assert set(left.values()) == {0}


def test_a_citizen_is_counted_looked_at_takes_a_copy_and_is_erased_everywhere(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    load_purposes(by=SYSTEM, at=clock.now())
    officer = officer_of(QUY_NHON, Role("commune_officer"))
    auditor = employed("auditor", Role("auditor"), PROVINCE)
    with at_desk(browser, site, officer) as desk, visiting(browser, site, viewport=PHONE) as visit:
        assert counted(desk) == "0 người có số điện thoại"
        proved(visit)
        assert counted(desk) == "1 người có số điện thoại"
        looked_at(desk)
        read_back(visit, officer.viewer.name)
        taken_along(visit, browser, tmp_path / "copy")
        asked_to_delete(visit)
        acted_on(desk)
        assert Person.objects.count() == 0
        assert counted(desk) == "0 người có số điện thoại"
        visit.open("/toi/")
        expect(visit.page).to_have_url(site + "/toi/bat-dau/")
    with at_desk(browser, site, auditor) as desk:
        proof_is_empty(desk.open("/xoa/").page)
        desk.picture("story-proof")
