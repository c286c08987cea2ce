"""A day with a phone: posters before its camera, no network, a killed browser, two visits."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from playwright.sync_api import Error as PlaywrightError

from bench import homes
from tests.faults.intake_site import Server, connect, serving
from tests.journeys.browser import ARGUMENTS, PATIENCE_MS, PHONE, chromium_path, sized
from tests.journeys.scan_stage import CAMERA, film, poster
from vungxanh.checkins.values.scans import Direction

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scan-site")]
GRACE_S = 3.0
A_TAP_S = 20.0  # on a busy machine
SEED = "tests.journeys.scan_seed"
COOKIE_S = 60.0
IN, OUT = int(Direction.IN), int(Direction.OUT)
SENT = "SELECT direction FROM checkins_scan ORDER BY at, id"


@dataclass(frozen=True)
class Stage:
    """A running installation, its two points, and the film before the camera."""

    home: Path
    address: str
    points: tuple[dict[str, str], ...]
    film: Path

    def before_the_camera(self, place: int) -> None:
        """The printed poster of a point."""
        point = self.points[place]
        url = f"{self.address}/c/{point['code']}#{point['payload']}"
        film(self.film, poster(point["name"], point["code"], url))

    def stored(self) -> list[int]:
        """The directions of the scans that the server has."""
        with connect(self.home) as connection:
            return [int(str(way)) for (way,) in connection.execute(SENT).fetchall()]

    def visits(self) -> list[list[object]]:
        """What the server makes of them."""
        told: list[list[object]] = json.loads(homes.run(self.home, SEED, "visits"))
        return told


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The installation, served by `vungxanh serve` as it is."""
    home = homes.migrated(tmp_path_factory.mktemp("scan"))
    points = tuple(json.loads(homes.run(home, SEED, "points")))
    server = Server(home)
    with serving(server):
        yield Stage(home, f"http://localhost:{server.port}", points, home / "camera.mjpeg")


@contextmanager
def phone(playwright: Playwright, stage: Stage, profile: Path) -> Iterator[Page]:
    """The phone's browser with what it kept; it may have been killed in the block."""
    context = playwright.chromium.launch_persistent_context(
        profile,
        executable_path=chromium_path(),
        args=[*ARGUMENTS, *CAMERA, f"--use-file-for-fake-video-capture={stage.film}"],
        viewport=sized(PHONE),
        locale="vi-VN",
        permissions=["camera"],
    )
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context.pages[0]
    finally:
        _closed(context)


def _closed(context: BrowserContext) -> None:
    with suppress(PlaywrightError):
        context.close()


def killed(profile: Path) -> None:
    """SIGKILL to the browser's own process, as when the battery is taken out."""
    marker = f"--user-data-dir={profile}".encode()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if marker in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(entry.parent.name), signal.SIGKILL)


def has_cookie_on_disk(profile: Path) -> None:
    """Chromium writes cookies half a minute late; before that a killed one is a new phone."""
    ends_at = time.monotonic() + COOKIE_S
    while b"vx_phone" not in (profile / "Default" / "Cookies").read_bytes():
        assert time.monotonic() < ends_at
        time.sleep(0.5)


def begun(page: Page, stage: Stage) -> None:
    """The three lines, the one tap, and the shell kept for days without a network."""
    stage.before_the_camera(0)
    page.goto(f"{stage.address}/quet/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("button", name="Bắt đầu quét").click()


def leaves_the_first(page: Page, stage: Stage) -> None:
    """Out, by the code and not by the card of the open visit."""
    stage.before_the_camera(0)
    page.goto(f"{stage.address}/quet/")
    expect(page.get_by_role("heading", name="Đúng nơi này không?")).to_be_visible()
    page.get_by_role("button", name="Tôi rời đi").filter(visible=True).click()
    expect(page.get_by_role("heading", name="Đã ghi giờ rời đi")).to_be_visible()


def enters_unnamed(page: Page, stage: Stage) -> None:
    """In, at a place that the phone was never told the name of."""
    stage.before_the_camera(1)
    page.goto(f"{stage.address}/quet/")
    expect(page.get_by_text("Mã thật, chưa biết tên vì chưa có mạng.")).to_be_visible()
    page.get_by_role("button", name="Tôi vào đây").click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible()
    expect(page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_be_visible()


def test_in_then_offline_out_and_in_elsewhere_then_killed_makes_exactly_two_visits(
    playwright: Playwright, stage: Stage, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with phone(playwright, stage, profile) as page:
        begun(page, stage)
        began = time.time()
        page.get_by_role("button", name="Tôi vào đây").click()
        expect(page.get_by_text("đã gửi")).to_be_visible()
        assert stage.stored() == [IN]
        time.sleep(GRACE_S)
        page.context.set_offline(True)
        left = time.time()
        leaves_the_first(page, stage)
        time.sleep(GRACE_S)
        entered = time.time()
        enters_unnamed(page, stage)
        has_cookie_on_disk(profile)
        killed(profile)
    assert stage.stored() == [IN]
    with phone(playwright, stage, profile) as page:
        page.goto(f"{stage.address}/quet/nhat-ky/")
        expect(page.get_by_text("bạn quét ra")).to_be_visible()
        expect(page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_have_count(0)
        page.reload()
    assert stage.stored() == [IN, OUT, IN]
    first, second = stage.visits()
    assert (first[0], second[0]) == (stage.points[0]["name"], stage.points[1]["name"])
    assert (first[3], second[3] == "SCANNED") == ("SCANNED", False)
    assert (first[1], first[2]) == (
        pytest.approx(began, abs=A_TAP_S),
        pytest.approx(left, abs=A_TAP_S),
    )
    assert second[1] == pytest.approx(entered, abs=A_TAP_S)
