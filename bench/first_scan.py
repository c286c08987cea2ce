"""A phone that was never here: from opening the page to the receipt, taps and a poster.

Chromium sees the product's own poster as its camera; our worker reads it. Taps follow at once, so
that what is measured is what the phone and the line take, not the person: the limit of ten seconds
has to hold both. The slow line is `slow_network.SLOW_3G`; the peer is the same without it.
"""

import json
import os
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import homes
from bench.harness import Row
from bench.slow_network import SLOW_3G, Line, slowly
from tests.faults.intake_site import Server, serving
from tests.journeys.browser import ARGUMENTS, PHONE, chromium_path, sized
from tests.journeys.scan_stage import CAMERA, film, poster

LIMIT_S = 10.0
PATIENCE_MS = 120_000
SEED = "tests.journeys.scan_seed"
QUICK = Line(one_way_s=0.0, bytes_per_s=1e9)


def run(full: bool) -> list[Row]:
    """The median of cold phones on a slow line and on a quick one; the small form takes one."""
    n = 5 if full else 1
    with tempfile.TemporaryDirectory() as folder:
        home = homes.migrated(Path(folder))
        point = json.loads(homes.run(home, SEED, "points"))[0]
        server = Server(home)
        with serving(server):
            slow = sorted(_seconds(server.port, point, home, SLOW_3G) for _ in range(n))[n // 2]
            quick = sorted(_seconds(server.port, point, home, QUICK) for _ in range(n))[n // 2]
    limit = LIMIT_S if full else None
    note = f"peer without the slow line; load {os.getloadavg()[0]:.1f}"
    name = "cold phone to receipt, slow 3G"
    return [Row(name, slow, quick, quick / slow, limit, "s", note)]


def _seconds(to_port: int, point: dict[str, str], home: Path, line: Line) -> float:
    with slowly(line, to_port) as port, sync_playwright() as playwright:
        site = f"http://localhost:{port}"
        url = f"{site}/c/{point['code']}#{point['payload']}"
        seen = film(home / "camera.mjpeg", poster(point["name"], point["code"], url))
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=[*ARGUMENTS, *CAMERA, f"--use-file-for-fake-video-capture={seen}"],
        )
        context = browser.new_context(viewport=sized(PHONE), permissions=["camera"])
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        taken = _taken(page, site)
        browser.close()
    return taken


def _taken(page: Page, site: str) -> float:
    began = time.perf_counter()
    page.goto(f"{site}/quet/", wait_until="commit")
    page.locator("[data-vx-at=begin]").click()
    page.locator("[data-vx-at=enter]").click()
    page.locator("[data-vx-at=result-at]").wait_for()
    return time.perf_counter() - began
