"""The scanning page on a slow phone network, until its button can be pressed; fonts may come later.

A line of 400 kbit/s and 400 ms there and back stands between Chromium and our own server. The first
visit brings the shell; from the second on it comes from the phone. The peer is the first visit.
"""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from bench import homes
from bench.harness import Row
from bench.slow_network import SLOW_3G, slowly
from tests.faults.intake_site import Server, serving
from tests.journeys.browser import PHONE, launched, sized

LIMIT_MS = 1000
SHELL_S = 120_000
# When the first part of the page is there to be used, in milliseconds since it was asked for.
WATCH = """
globalThis.usable = new Promise((resolve) => {
  const look = () => {
    const part = document.querySelector("[data-vx-at=start]");
    const isDrawn = part && !part.hidden && document.styleSheets.length > 0;
    isDrawn ? resolve(performance.now()) : requestAnimationFrame(look);
  };
  look();
});
"""


def run(full: bool) -> list[Row]:
    """The median of visits with the shell on the phone; the small form makes one."""
    n = 9 if full else 1
    with tempfile.TemporaryDirectory() as folder:
        server = Server(homes.migrated(Path(folder)))
        with serving(server), slowly(SLOW_3G, server.port) as port, sync_playwright() as playwright:
            browser = launched(playwright)
            context = browser.new_context(viewport=sized(PHONE))
            first, again = _visits(context, f"http://localhost:{port}/quet/", n)
            browser.close()
    note = f"400 kbit/s, 400 ms; first visit {first:.0f} ms, load {os.getloadavg()[0]:.1f}"
    limit = LIMIT_MS if full else None
    return [Row("scanning page usable on slow 3G", again, first, first / again, limit, "ms", note)]


def _visits(context: BrowserContext, address: str, n: int) -> tuple[float, float]:
    page = context.new_page()
    page.set_default_timeout(SHELL_S)
    page.add_init_script(WATCH)
    first = _usable(page, address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    times = sorted(_usable(page, address) for _ in range(n))
    return first, times[n // 2]


def _usable(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    return float(page.evaluate("globalThis.usable"))
