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
from tests.factories.register import a_neighbour
from tests.journeys.browser import PATIENCE_MS, PHONE, Visit, visiting
from tests.journeys.keep_stage import open_camera, part, wait_until, with_camera
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
