"""10,000 visits that waited on a phone, sent: Chromium, its sealed queue, our own server.

The modules are the product's own, unbuilt, from the same origin as the server; the peer sends the
same bodies from an array, with nothing kept, sealed or taken out: what the queue costs.
"""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from bench import homes
from bench.harness import ROOT, Row
from tests.faults.intake_site import Server, serving
from tests.journeys.browser import launched

LIMIT_S = 30
SCRIPTS = ROOT / "frontend" / "scripts"
SEED = "tests.journeys.scan_seed"
PATIENCE_MS = 300_000
FILL = """
async ([point, n]) => {
  const { Store } = await import("/scripts/diary/store.js");
  const { agree } = await import("/scripts/diary/device.js");
  const { queuesOf } = await import("/scripts/diary/visits.js");
  const { newId } = await import("/scripts/uuid7.js");
  const store = new Store();
  await agree(store);
  globalThis.visits = queuesOf(store).visits;
  const first = Date.now() - 20 * 24 * 3600_000;
  const items = [...Array(n).keys()].map((place) => {
    const at = first + place * 60_000;
    const direction = place % 2 ? "out" : "in";
    return { id: newId(at), point, direction, at: new Date(at).toISOString(), means: "scan" };
  });
  for (let from = 0; from < n; from += 500) await visits.add(items.slice(from, from + 500));
  globalThis.again = items;
  return visits.count();
}
"""
SEND = """
async () => {
  const from = performance.now();
  const told = await visits.flush();
  return [(performance.now() - from) / 1000, told.sent, told.problem, await visits.count()];
}
"""
PLAIN = """
async () => {
  const from = performance.now();
  for (let place = 0; place < again.length; place += 100) {
    const body = JSON.stringify({ visits: again.slice(place, place + 100) });
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch("/api/v1/visits", { method: "POST", headers, body });
    await answer.json();
  }
  return (performance.now() - from) / 1000;
}
"""


def run(full: bool) -> list[Row]:
    """Seconds until the server had answered for all; the small form sends 500."""
    n = 10_000 if full else 500
    with tempfile.TemporaryDirectory() as folder:
        home = homes.migrated(Path(folder))
        point = homes.run(home, SEED, "points").split('"code": "')[1][:9]
        server = Server(home)
        with serving(server), sync_playwright() as playwright:
            browser = launched(playwright)
            page = browser.new_context(service_workers="block").new_page()
            page.set_default_timeout(PATIENCE_MS)
            page.route("**/scripts/**", _module)
            page.goto(f"http://localhost:{server.port}/ngoai-tuyen/")
            seconds, plain = _measured(page, point, n)
            browser.close()
    note = f"{n:,} visits in bodies of 100, load {os.getloadavg()[0]:.1f}"
    limit = LIMIT_S if full else None
    return [
        Row("queued visits sent from Chromium", seconds, plain, plain / seconds, limit, "s", note)
    ]


def _module(route: Route) -> None:
    name = route.request.url.split("/scripts/")[1]
    route.fulfill(path=SCRIPTS / name, content_type="text/javascript")


def _measured(page: Page, point: str, n: int) -> tuple[float, float]:
    """Seconds of the queue and of plain bodies. Raises where not all was taken."""
    n_waiting = page.evaluate(FILL, [point, n])
    seconds, sent, problem, left = page.evaluate(SEND)
    if (n_waiting, sent, problem, left) != (n, n, "", 0):
        raise RuntimeError(f"sent {sent} of {n_waiting}, {left} left: {problem!r}")
    return float(seconds), float(page.evaluate(PLAIN))
