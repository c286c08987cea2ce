"""From a frame of the camera to the sign at a door, in Chromium on the keeper's page.

The camera is a canvas of 1280 by 720 at 30 frames a second on which a person's code is drawn at a
noted time; the sign is timed when it has been painted. All lies between: the code is found and read
(by our worker: Chromium on Linux has no reader of its own), its signature checked, the reading
sealed, the server asked over loopback. Without a network the last is left out.
"""

import json
import os
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import qrcode
from playwright.sync_api import Page, sync_playwright

from bench import homes
from bench.harness import Row
from bench.intake_servers import serving
from bench.keeper import INSIDE, SERVER
from vungxanh.core.postgres import Cluster, find_binaries, running

LIMIT_MS: Final = 300.0
CHROMIUM: Final = "/usr/bin/chromium"
AWAY_MS: Final = 200
PATIENCE_MS: Final = 20_000
CAMERA: Final = """
const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
const context = canvas.getContext("2d");
let rows = [];
function draw() {
  context.fillStyle = "#c8c8c8";
  context.fillRect(0, 0, 1280, 720);
  const side = Math.floor(560 / (rows.length + 8));
  context.fillStyle = "#fff";
  if (rows.length) context.fillRect(360, 80, 560, 560);
  context.fillStyle = "#000";
  const [left, top] = [360 + side * 4, 80 + side * 4];
  rows.forEach((row, y) => row.forEach((dark, x) => {
    if (dark) context.fillRect(left + x * side, top + y * side, side, side);
  }));
}
setInterval(draw, 33);
navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
globalThis.show = (code) => {
  rows = code;
  draw();
};
globalThis.signAfter = (code) => new Promise((resolve) => {
  const place = document.querySelector('[data-vx-at="sign"]');
  const seen = new MutationObserver(() => {
    if (!place.firstElementChild) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  });
  seen.observe(place, { childList: true });
  const began = performance.now();
  globalThis.show(code);
});
"""
HAS_KEYS: Final = "JSON.parse(localStorage.getItem('vx-keep') ?? '{}').keys !== undefined"


def run(full: bool) -> list[Row]:
    """p95 with a network and without; the small form scans three people each."""
    n = 40 if full else 3
    with tempfile.TemporaryDirectory(prefix="vungxanh-sign-") as made:
        home = homes.migrated(Path(made))
        with running(Cluster(home, find_binaries())):
            doors = json.loads(homes.run(home, *INSIDE, "prepared", "200", "50", "1000"))
            cards = json.loads(homes.run(home, "bench.inside", "bench.sign_inside", "cards", "40"))
            with serving(SERVER, home) as server:
                server.wait()
                site = f"http://127.0.0.1:{server.port}"
                return _measured(site, doors["tokens"][0], cards[:n])


def _measured(site: str, token: str, cards: list[str]) -> list[Row]:
    codes = [_rows(text) for text in cards]
    with _at_door(site, token) as page:
        online = [_timed(page, code, "ĐƯỢC VÀO") for code in codes]
        page.context.set_offline(True)
        offline = [_timed(page, code, "MÃ THẬT") for code in codes]
    return [_row("with the server's answer", online), _row("without a network", offline)]


def _row(how: str, taken: list[float]) -> Row:
    p50, p95 = (statistics.quantiles(taken, n=100)[at - 1] for at in (50, 95))
    note = f"p50 {p50:.0f} ms, longest {max(taken):.0f} ms, {len(taken)} people"
    load = f"load {os.getloadavg()[0]:.1f}"
    return Row(f"frame to sign, {how}, p95", p95, None, None, LIMIT_MS, "ms", f"{note}; {load}")


def _rows(text: str) -> list[list[bool]]:
    """The modules of a code, as phones draw it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(one) for one in row] for row in code.get_matrix()]


@contextmanager
def _at_door(site: str, token: str) -> Iterator[Page]:
    """The keeper's page, its camera open and its keys there."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", CHROMIUM)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        context.add_cookies([{"name": "vx_device", "value": token, "url": site}])
        context.add_init_script(CAMERA)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{site}/truc/")
        page.locator('[data-vx-at="start"]').click()
        page.locator('[data-vx-at="video"]').wait_for()
        while not page.evaluate(HAS_KEYS):
            page.wait_for_timeout(50)
        try:
            yield page
        finally:
            browser.close()


def _timed(page: Page, code: list[list[bool]], word: str) -> float:
    """Milliseconds from the frame to the sign; then the person steps aside."""
    taken: Any = page.evaluate("code => globalThis.signAfter(code)", code)
    said = page.locator('[data-vx-at="sign"]').inner_text()
    if word not in said:
        raise RuntimeError(f"the page says {said!r}")
    page.evaluate("globalThis.show([])")
    page.locator('[data-vx-at="refuse"]').click()
    page.wait_for_timeout(AWAY_MS)
    return float(taken)
