"""A Chromium that watches: policy, errors, weight, sideways scroll, axe's findings."""

import gzip
import os
import shutil
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Response,
    ViewportSize,
)

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "screenshots"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SYSTEM_CHROMIUM = "/usr/bin/chromium"
INSTALL = "apt-get install --no-install-recommends chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
    "--use-fake-device-for-media-stream",  # a camera that shows a pattern
]
DESKTOP = {"width": 1440, "height": 1000}
PHONE = {"width": 360, "height": 740}
SMALL_PHONE = {"width": 320, "height": 640}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KILO = 1000
PATIENCE_MS = 15_000  # for anything that a person waits for, on a busy machine
Theme = Literal["light", "dark"]

TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
RUN_AXE = """
async (standards) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: standards } });
  const places = (v) => v.nodes.map((n) => n.target.join(" ")).join(", ");
  return found.violations.map((v) => `${v.id}: ${places(v)}`);
}
"""
WIDER_THAN_PAGE = """
() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > page.clientWidth + 1)
    .slice(0, 5)
    .map((e) => `${e.tagName}.${e.className.baseVal ?? e.className}`);
}
"""
TO_THE_TOP = """
() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}
"""
FOCUSED = """
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const shown = (one) => one && getComputedStyle(one).outlineStyle !== "none";
  const area = e.querySelector?.(".vx-area");
  return {
    name: (e.getAttribute("aria-label") || e.innerText || e.value || e.id || e.tagName).trim(),
    visible: shown(e) || shown(e.closest(".vx-find")) ||
      (area !== null && getComputedStyle(area).strokeWidth === "3px"),
  };
}
"""


def chromium_path() -> str:
    """Chromium of the environment, else Debian's; the suite fails with the one command it needs."""
    chosen = os.environ.get("CHROMIUM", SYSTEM_CHROMIUM)
    if shutil.which(chosen) is None:
        pytest.fail(f"Chromium is missing. Run: {INSTALL}")
    return chosen


def launched(playwright: Playwright) -> Browser:
    """The browser, without any connection of its own."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)


def sized(viewport: dict[str, int]) -> ViewportSize:
    """A size as Playwright takes it."""
    return {"width": viewport["width"], "height": viewport["height"]}


@dataclass
class Visit:
    """One page under watch."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    tolerated: str = ""

    def open(self, path: str) -> "Visit":
        """Go there and wait for the fonts, so that pictures are final."""
        self.answers.clear()
        self.page.goto(self.base + path)
        self.page.evaluate("document.fonts.ready")
        return self

    def picture(self, name: str, *, whole: bool = True) -> Path:
        """A screenshot under screenshots/."""
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=whole)
        return path

    def printed(self, name: str) -> list[Path]:
        """The page on A4, each sheet as a picture."""
        SCREENSHOTS.mkdir(exist_ok=True)
        pdf = SCREENSHOTS / f"{name}.pdf"
        self.page.pdf(path=pdf, format="A4", print_background=False)
        return list(_sheets(pdf, name))

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(self.page.evaluate(RUN_AXE, STANDARDS))

    def too_wide(self) -> list[str]:
        """Elements that make the page scroll sideways."""
        return list(self.page.evaluate(WIDER_THAN_PAGE))

    def tabbed(self, limit: int = 200) -> list[dict[str, object]]:
        """Every stop of the Tab key from the top until it leaves the page."""
        self.page.evaluate(TO_THE_TOP)
        stops: list[dict[str, object]] = []
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(FOCUSED)
            if stop is None:
                break
            stops.append(stop)
        return stops

    def weight(self) -> Counter[str]:
        """Kilobytes of the first load by kind, as they travel."""
        kilobytes: Counter[str] = Counter()
        for answer in self.answers:
            body = answer.body() if answer.ok else b""
            kind = _kind(answer)
            packed = body if kind == "font" else gzip.compress(body, 9)
            kilobytes[kind] += len(packed) / KILO  # type: ignore[assignment]
        return kilobytes


@contextmanager
def visiting(
    browser: Browser,
    base: str,
    *,
    viewport: dict[str, int] | None = None,
    theme: Theme = "light",
    scripts: bool = True,
    worker: bool = False,
    tolerated: str = "",
    cookies: list[dict[str, str]] | None = None,
) -> Iterator[Visit]:
    """A fresh visitor; on leaving, the page must have complained of nothing but `tolerated`."""
    context = browser.new_context(
        viewport=sized(viewport or DESKTOP),
        color_scheme=theme,
        java_script_enabled=scripts,
        locale="vi-VN",
        reduced_motion="reduce",
        service_workers="allow" if worker else "block",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.set_default_navigation_timeout(2 * PATIENCE_MS)
    context.add_cookies([{"url": base, **cookie} for cookie in cookies or []])  # type: ignore[typeddict-item]
    with _closing(context):
        visit = Visit(context.new_page(), base, tolerated=tolerated)
        _watch(visit)
        yield visit
        assert visit.complaints == []


@contextmanager
def _closing(context: BrowserContext) -> Iterator[None]:
    try:
        yield
    finally:
        context.close()


def _watch(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(TELL_VIOLATIONS)
    page.on("pageerror", lambda error: visit.complaints.append(f"error: {error}"))
    page.on("response", lambda answer: visit.answers.append(answer))
    page.on("console", lambda said: _hear(visit, said))


def _hear(visit: Visit, said: ConsoleMessage) -> None:
    """Chromium reports each refused answer as an error; a journey may expect one."""
    is_expected = bool(visit.tolerated) and visit.tolerated in said.text
    if said.type == "error" and not is_expected:
        visit.complaints.append(said.text)


def _kind(answer: Response) -> str:
    if answer.url.split("?")[0].endswith(".svg"):
        return "icons"
    return answer.request.resource_type


def _sheets(pdf: Path, name: str) -> Iterator[Path]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            path = SCREENSHOTS / f"{name}-{number + 1}.png"
            path.write_bytes(_png(document[number].render(scale=1.5, rev_byteorder=True)))
            yield path
    finally:
        document.close()


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """An RGB bitmap as a PNG file (ISO 15948), rows unfiltered."""
    rows = bitmap.to_numpy()[:, :, :3]
    height, width, _ = rows.shape
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
