"""A control point's whole story: registered, corrected, printed, read from its picture, refused."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Browser, Page, Route, expect

from tests.checkins.premises.test_premises_lists import HEAD
from tests.factories.points import QUY_NHON, a_point
from tests.factories.poster_pictures import from_afar, one_code
from tests.factories.qr_pictures import text_in_picture
from tests.journeys.browser import PATIENCE_MS, PHONE, ROOT, Visit, visiting
from tests.journeys.eras import at_desk, officer_of
from tests.journeys.test_people_story import proved
from tests.journeys.test_points_citizen import onward
from tests.journeys.test_points_door import look, verdict
from vungxanh.accounts.actions import load_purposes
from vungxanh.accounts.rules import Role
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import Kind, State
from vungxanh.checkins.values.verdicts import Checked, Known, Verdict, checked
from vungxanh.config.cli import root
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.documents.posters import Form
from vungxanh.protocol.places import revocations

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("published"),
]
GIA_LAI = "vn-2025:52"
SAID, CORRECTED = "Quán Mẫu Bến Sông", "Quán Mẫu Bến Sông 2"
PREMISES = (
    f"{CORRECTED}\tQuán ăn, quán nước\t12 đường Mẫu\tPhường Quy Nhơn\tGia Lai\t\t\t\n"
    "Chợ mẫu\tChợ\t1 Lê Lợi\tPhường Quy Nhơn\tGia Lai\t\t\t\n"
)
REFUSED = "the server responded with a status of 4"
SCRIPT = ROOT / "frontend" / "scripts" / "revocations.js"
EMPTY_PAGE = "http://localhost/"  # so that the browser lends its Ed25519; nothing answers there
ASK_THE_LIST = """
async ([payload, list, key]) => {
  const { readRevocations, isSigned } = await import("/revocations.js");
  const bytesOf = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const code = bytesOf(payload.replaceAll("-", "+").replaceAll("_", "/"));
  const issue = code.subarray(13, 18).reduce((number, byte) => number * 256 + byte, 0);
  const held = readRevocations(bytesOf(list));
  return [await isSigned(bytesOf(list), bytesOf(key)), held.holds(issue)];
}
"""


@dataclass(frozen=True, slots=True)
class Door:
    """What somebody at a door without a network holds: keys, and the newest list of revoked codes.

    The same picture is asked of the library, of the command and of the browser's reader.
    """

    browser: Browser
    site: str
    folder: Path

    def fetch(self, visit: Visit) -> None:
        """Take keys and the newest list along; the minute's job has just made it."""
        assert list_revoked(by=SYSTEM, at=clock.now()) is not None
        ask = visit.page.request.get
        self.list.write_bytes(ask(f"{self.site}/api/v1/points/revoked").body())
        self.keys.write_bytes(ask(f"{self.site}/api/v1/devices/code-keys").body())

    @property
    def list(self) -> Path:
        return self.folder / "revoked.vxrv"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    def says(self, url: str) -> tuple[Verdict, Any, Any]:
        """What the three say of what was read from a picture."""
        found = self._checked(url)
        assert found.is_covered
        document = self._by_command(url)
        assert document["verified"] is True
        return found.verdict, document["revoked"], self._in_browser(url)

    def _checked(self, url: str) -> Checked:
        keys = {bytes.fromhex(one): _public(key) for one, key in self._keys()}
        known = Known(keys, revocations.read(self.list.read_bytes(), keys), self.site)
        return checked(url, known, at=int(clock.now().timestamp()))

    def _by_command(self, url: str) -> dict[str, Any]:
        words = ["qr", "read", url, "--json", "--revoked", str(self.list)]
        keys = [word for one in self._keys() for word in ("--public-key", ",".join(one))]
        result = CliRunner().invoke(root, words + keys)
        assert (result.exit_code, result.stderr) == (0, "")
        document: dict[str, Any] = json.loads(result.stdout)
        return document

    def _in_browser(self, url: str) -> Any:
        ((_, key),) = self._keys()
        content = b64encode(self.list.read_bytes()).decode()
        context = self.browser.new_context(service_workers="block")
        context.route("**/*", _served)
        page = context.new_page()
        page.goto(EMPTY_PAGE)
        said = page.evaluate(ASK_THE_LIST, [url.partition("#")[2], content, key])
        context.close()
        return said

    def _keys(self) -> Sequence[tuple[str, str]]:
        """The ids and the keys in base64."""
        told = json.loads(self.keys.read_text())
        return [(one["id"], one["public_key"]) for one in told]


GOOD = (Verdict.GENUINE, False, [True, "not_revoked"])
GONE = (Verdict.REVOKED, True, [True, "revoked"])


def _public(key: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(b64decode(key))


def _served(route: Route) -> None:
    """The reader alone; no other address is ever asked."""
    if route.request.url.endswith("/revocations.js"):
        route.fulfill(path=SCRIPT, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def brought(over: Visit) -> None:
    """The province takes in who must have a point."""
    page = over.open("/diem/co-so/nop/").page
    page.get_by_label("Tên danh sách").fill("Quán và chợ năm 2026 (mẫu)")
    page.get_by_label("Nơi gửi").fill("Sở mẫu")
    page.get_by_label("Căn cứ").fill("Công văn mẫu")
    page.get_by_label("Hoặc dán từ Excel").fill(HEAD + PREMISES)
    page.get_by_role("button", name="Đọc và kiểm danh sách").click()
    page.get_by_role("button", name="Nhận cả danh sách").click()
    expect(page.get_by_text("Đã nhận danh sách.")).to_be_visible(timeout=PATIENCE_MS)


def province_tells(over: Visit, points: int, of_premises: str) -> None:
    """The province's page and that of its premises tell the same numbers."""
    page = over.open(f"/dia-ban/{GIA_LAI}/").page
    expect(page.locator("#vx-dang-dem")).to_contain_text(f"{points} điểm kiểm soát")
    expect(page.locator("#vx-dang-dem")).to_contain_text(of_premises)
    registered, _, obliged = of_premises.split()[:3]
    over.open("/diem/co-so/")
    figure = page.locator(".vx-figure", has=page.get_by_role("heading", name="Đã có điểm"))
    expect(figure.locator(".vx-figure-value")).to_have_text(registered)
    expect(figure).to_contain_text(f"trong {obliged} cơ sở phải có")


def registered(visit: Visit) -> Page:
    """Every question answered on the phone; the page shows the point that it may be."""
    page = visit.open("/toi/diem/moi/").page
    page.get_by_label("Quán ăn, quán nước").check()
    onward(page)
    page.get_by_label("Tên điểm").fill(SAID)
    onward(page)
    page.get_by_role("searchbox").fill("quy nhon")
    page.get_by_role("radio", name="Phường Quy Nhơn Tỉnh Gia Lai").check(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Chọn nơi này").click()
    page.get_by_label("Số nhà, đường, thôn, tổ").fill("21 đường Mẫu")
    onward(page)
    page.get_by_label("Lối vào có mã riêng").fill("Cổng trước\nCổng sau")
    page.get_by_label("Phòng, khu có mã riêng").fill("Phòng lạnh")
    onward(page)
    page.get_by_label("Giờ mở cửa").fill("T2-CN: 6h-22h")
    page.get_by_label("Khách thường ở lại bao nhiêu phút?").fill("45")
    page.get_by_label("Sức chứa, số người").fill("60")
    onward(page)
    page.get_by_label("Tên người liên hệ").fill("Người Mẫu Một")
    expect(page.get_by_label("Điện thoại liên hệ")).to_have_value("0912 000 001")
    onward(page)
    expect(page.get_by_role("heading", name="Có phải điểm này không?")).to_be_visible()
    expect(page.get_by_role("link", name="QUAN MAU BEN SONG")).to_be_visible()
    look(visit, "points-story-alike")
    page.get_by_role("button", name="Không, đây là nơi khác. Đăng ký").click()
    expect(page.get_by_text(f"Đã đăng ký {SAID}.")).to_be_visible(timeout=PATIENCE_MS)
    return page


def approved(desk: Visit, point: Point) -> None:
    """The commune's officer sees what it may be one with, corrects, approves."""
    page = desk.open("/diem/").page
    page.get_by_role("link", name=SAID, exact=True).click()
    expect(page.get_by_text("Có thể trùng với điểm khác")).to_be_visible(timeout=PATIENCE_MS)
    look(desk, "points-story-officer")
    page.get_by_role("link", name="Sửa").click()
    page.get_by_label("Tên điểm").fill(CORRECTED)
    page.get_by_label("Số nhà, đường, thôn, tổ").fill("12 đường Mẫu")
    page.get_by_label("Lý do sửa").fill("Biển hiệu ghi số 2, số nhà 12")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name=CORRECTED)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Có thể trùng với điểm khác")).to_have_count(0)
    page.get_by_role("button", name="Duyệt điểm").click()
    expect(page.get_by_text("Đã duyệt").first).to_be_visible(timeout=PATIENCE_MS)
    point.refresh_from_db()
    assert (point.name, point.state) == (CORRECTED, State.APPROVED)
    assert (point.usual_stay_minutes, point.capacity) == (45, 60)


def read_from_paper(desk: Visit, point: Point, folder: Path) -> str:
    """The poster behind the officer's button, as a phone a metre away reads its first sheet."""
    page = desk.open(f"/diem/{point.pk}/").page
    link = page.get_by_role("link", name="In bảng mã").first.get_attribute("href")
    pdf = page.request.get(f"{desk.base}{link}").body()
    (folder / "poster.pdf").write_bytes(pdf)
    return text_in_picture(from_afar(one_code(pdf, Form.A4, scale=4.0)))


def opened(browser: Browser, site: str, url: str, words: str) -> None:
    """The plain camera opens what was read: the page names the point and says what the code is."""
    assert url.startswith(f"{site}/c/")
    with visiting(browser, site, viewport=PHONE) as visit:
        visit.open(url.removeprefix(site))
        verdict(visit.page, words)
        expect(visit.page.get_by_role("heading", name=CORRECTED)).to_be_visible()
        look(visit, f"points-story-{words}")


def joined(over: Visit) -> None:
    """The premises of the list and the point are found to be one place."""
    page = over.open("/diem/co-so/de-xuat/").page
    page.get_by_role("button", name="Nối 1 cặp chắc chắn").click()
    expect(page.get_by_text("Đã nối 1 cơ sở")).to_be_visible(timeout=PATIENCE_MS)


def rotated(desk: Visit, point: Point) -> None:
    page = desk.open(f"/diem/{point.pk}/").page
    page.get_by_role("button", name="Đổi mã, thôi mã cũ ngay").click()
    expect(page.get_by_text("Đã cấp 4 mã mới")).to_be_visible(timeout=PATIENCE_MS)


def closed(desk: Visit, point: Point) -> None:
    page = desk.open(f"/diem/{point.pk}/").page
    decision = page.locator("section", has=page.get_by_role("heading", name="Quyết định"))
    decision.get_by_label("Lý do").fill("Quán nghỉ hẳn")
    decision.get_by_role("button", name="Đóng điểm").click()
    expect(page.get_by_text("Đã đóng").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_point_is_registered_approved_printed_read_and_once_revoked_refused_everywhere(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    load_purposes(by=SYSTEM, at=clock.now())
    commune = officer_of(QUY_NHON, Role("commune_officer"))
    province = officer_of(GIA_LAI)
    a_point("QUAN MAU BEN SONG", kind=Kind.RESTAURANT, address="90 đường Khác", at=clock.now())
    door = Door(browser, site, tmp_path)
    with (
        at_desk(browser, site, province) as over,
        at_desk(browser, site, commune) as desk,
        visiting(browser, site, viewport=PHONE, tolerated=REFUSED) as phone,
    ):
        brought(over)
        province_tells(over, 1, "0 trong 2 cơ sở phải có điểm đã có")
        proved(phone)
        registered(phone)
        point = Point.objects.get(name=SAID)
        approved(desk, point)
        joined(over)
        province_tells(over, 2, "1 trong 2 cơ sở phải có điểm đã có")
        former = read_from_paper(desk, point, tmp_path)
        opened(browser, site, former, "Mã thật")
        door.fetch(phone)
        assert door.says(former) == GOOD
        rotated(desk, point)
        door.fetch(phone)
        newer = read_from_paper(desk, point, tmp_path)
        assert (door.says(former), door.says(newer)) == (GONE, GOOD)
        opened(browser, site, former, "Mã đã được thay")
        opened(browser, site, newer, "Mã thật")
        closed(desk, point)
        door.fetch(phone)
        assert (door.says(former), door.says(newer)) == (GONE, GONE)
        opened(browser, site, newer, "Mã đã thu hồi")
        province_tells(over, 1, "0 trong 2 cơ sở phải có điểm đã có")
