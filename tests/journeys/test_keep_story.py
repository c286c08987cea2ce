"""A morning at a market's gate, from the camera to the database, online and not."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.checkins.keeper.doors import Door, a_door
from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.factories.register import a_neighbour, sent_code
from tests.journeys.browser import PATIENCE_MS, PHONE, Visit, visiting
from tests.journeys.keep_stage import (
    DETECTOR,
    open_camera,
    part,
    show,
    wait_until,
    with_camera,
)
from vungxanh.accounts.actions.devices import revoke_device
from vungxanh.checkins.models import Point, Scan
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people.actions.personal_codes import print_card

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
OFFLINE = "Failed to load resource"
FRAMES_SHOWN, FRAMES_AWAY = 40, 100  # away long enough to be somebody who comes again
SIZE = (1280, 720)


def filmed(text: str, path: Path) -> Path:
    """A film in which a code is held before a camera, and taken away again."""
    code = qrcode.make(text, border=4).convert("L").resize((560, 560), Image.Resampling.NEAREST)
    shown, away = Image.new("L", SIZE, 200), Image.new("L", SIZE, 200)
    shown.paste(code, (360, 80))
    path.write_bytes(_jpeg(shown) * FRAMES_SHOWN + _jpeg(away) * FRAMES_AWAY)
    return path


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=85)
    return written.getvalue()


@pytest.fixture
def gate(officer: Colleague) -> Door:
    """A machine at the gate of a market."""
    point = a_point("Chợ mẫu", at=clock.now())
    Point.objects.filter(pk=point.pk).update(capacity=60)
    return a_door(Point.objects.get(pk=point.pk), officer, clock.now())


@pytest.fixture
def card() -> str:
    """The printed card of somebody without a phone."""
    person = a_neighbour("Người Mẫu Một", birth="1950")
    return print_card(person_id=person.pk, by=SYSTEM, at=clock.now()).text


@pytest.fixture
def keeper(browser: Browser, site: str, gate: Door, card: str, tmp_path: Path) -> Iterator[Visit]:
    """The machine's browser, its camera before the film."""
    film = filmed(card, tmp_path / "nguoi.mjpeg")
    token = [{"name": "vx_device", "value": gate.token}]
    with (
        with_camera(browser, f"--use-file-for-fake-video-capture={film}") as phone,
        visiting(
            phone, site, viewport=PHONE, cookies=token, worker=True, tolerated=OFFLINE
        ) as visit,
    ):
        yield visit


def decided(page: Page, word: str, button: str) -> None:
    """Wait for the sign, then choose."""
    expect(part(page, "sign")).to_contain_text(word, timeout=PATIENCE_MS)
    page.get_by_role("button", name=button).click()


def wait_for_scans(page: Page, gate: Door, n: int) -> list[Scan]:
    """What the database holds of the gate, once it is so much."""
    rows = Scan.objects.filter(point_id=gate.point.pk).order_by("id")
    wait_until(page, lambda: rows.count() >= n)
    assert rows.count() == n
    return list(rows)


def test_somebody_is_let_in_online_and_out_and_in_again_without_a_network(
    keeper: Visit, gate: Door
) -> None:
    page = keeper.open("/truc/").page
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chợ mẫu")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    open_camera(page)
    expect(part(page, "initials")).to_have_text("N. M. M.", timeout=PATIENCE_MS)
    expect(part(page, "year")).to_have_text("· 1950")
    keeper.picture("keep-story-online")
    assert keeper.violations() == []
    decided(page, "ĐƯỢC VÀO", "Cho vào")
    expect(part(page, "inside")).to_have_text("1")
    wait_for_scans(page, gate, 1)

    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chợ mẫu")
    page.get_by_role("button", name="Cho ra").click()
    page.get_by_role("button", name="Mở máy ảnh để quét").click()
    decided(page, "CHO RA", "Ghi lượt ra")
    page.get_by_role("button", name="Cho ra").click()
    decided(page, "MÃ THẬT", "Cho vào")
    expect(part(page, "waiting")).to_contain_text("2 lượt chờ gửi")
    keeper.picture("keep-story-offline")

    page.context.set_offline(False)
    expect(part(page, "waiting")).to_be_hidden(timeout=PATIENCE_MS)
    expect(part(page, "inside")).to_have_text("1", timeout=PATIENCE_MS)
    scans = wait_for_scans(page, gate, 3)
    assert [one.direction for one in scans] == [0, 1, 0]
    assert len({one.person_id for one in scans}) == 1


@pytest.fixture
def at_gate(browser: Browser, site: str, gate: Door) -> Iterator[Visit]:
    """The machine's browser, with a reader of its own that sees what the test holds before it."""
    token = [{"name": "vx_device", "value": gate.token}]
    with (
        with_camera(browser) as phone,
        visiting(phone, site, viewport=PHONE, cookies=token, tolerated=OFFLINE) as visit,
    ):
        visit.page.context.add_init_script(DETECTOR)
        open_camera(visit.open("/truc/").page)
        yield visit


def inside(page: Page, n: int) -> None:
    expect(part(page, "inside")).to_have_text(str(n), timeout=PATIENCE_MS)


def test_somebody_comes_by_their_number_with_a_companion_and_is_taken_back(
    at_gate: Visit, gate: Door
) -> None:
    page = at_gate.page
    page.get_by_role("button", name="Số máy").click()
    page.get_by_label("Số di động của người đến").fill("0912 000 001")
    page.get_by_role("button", name="Gửi mã tới số này").click()
    expect(part(page, "code-hint")).to_contain_text("5 phút", timeout=PATIENCE_MS)
    page.get_by_label("Mã người đến đọc cho bạn").fill(sent_code())
    page.get_by_role("button", name="Kiểm tra mã").click()
    expect(part(page, "sub")).to_contain_text("mã thật", timeout=PATIENCE_MS)
    at_gate.picture("keep-story-number")
    page.get_by_role("button", name="Thêm người đi cùng").click()
    page.get_by_role("button", name="Cho vào").click()
    wait_for_scans(page, gate, 2)
    inside(page, 2)
    page.get_by_role("button", name="Hủy lượt cuối").click()
    expect(part(page, "told")).to_contain_text("Đã hủy 2 lượt", timeout=PATIENCE_MS)
    inside(page, 0)
    assert Scan.objects.count() == 0


def test_all_leave_at_closing_and_come_back_and_a_revoked_machine_stops(
    at_gate: Visit, gate: Door, card: str, officer: Colleague
) -> None:
    page = at_gate.page
    show(page, card)
    decided(page, "ĐƯỢC VÀO", "Cho vào")
    wait_for_scans(page, gate, 1)
    page.get_by_text("Đóng cửa, cài đặt").click()
    page.get_by_role("button", name="Tất cả đã ra").click()
    expect(part(page, "left-words")).to_contain_text("1 người", timeout=PATIENCE_MS)
    inside(page, 0)
    page.get_by_role("button", name="Hoàn lại").click()
    inside(page, 1)
    revoke_device(device_id=gate.device_id, by=officer.viewer, at=clock.now())
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(part(page, "ended-words")).to_contain_text("đã bị thu hồi", timeout=PATIENCE_MS)
    assert at_gate.violations() == []
