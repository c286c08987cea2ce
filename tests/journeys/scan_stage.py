"""A phone with a camera that sees posters, for journeys over the scanning pages."""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.factories.poster_pictures import sheets
from tests.journeys.browser import PHONE, Theme, Visit, visiting
from vungxanh.documents.posters import Form, Poster, write_poster
from vungxanh.protocol.places import short_codes

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
FRAME = (1280, 720)
N_FRAMES = 30
# A browser's own reader of codes, which sees what the test holds before it.
DETECTOR = """
globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return globalThis.shown ? [{ rawValue: globalThis.shown }] : []; }
};
"""


def poster(name: str, code: str, url: str) -> Image.Image:
    """The printed poster of a point, as a picture."""
    shown = short_codes.shown(code)
    content = Poster(
        name=name,
        entrance="",
        address="Đường mẫu",
        code=shown,
        url=url,
        issued_on=dt.date(2026, 5, 26),
    )
    page = sheets(write_poster(content, Form.A4))[0]
    return Image.fromarray(page.render(scale=2.0).to_numpy()[:, :, :3])


def film(path: Path, picture: Image.Image) -> Path:
    """What the camera sees from now on: the poster upright in the middle, somewhat away."""
    width, height = FRAME
    scale = height * 1.3 / picture.height
    small = picture.convert("RGB").resize(
        (int(picture.width * scale), int(picture.height * scale)), Image.Resampling.LANCZOS
    )
    frame = Image.new("RGB", FRAME, (150, 150, 150))
    frame.paste(small, ((width - small.width) // 2, (height - small.height) // 2))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=92)
    path.write_bytes(jpeg.getvalue() * N_FRAMES)
    return path


@dataclass
class Intake:
    """What takes visits, beside a site that a test serves without it."""

    is_away: bool = False
    status: int = 200
    kept: dict[str, dict[str, object]] = field(default_factory=dict)
    refuses: str = ""

    def __call__(self, route: Route) -> None:
        """Answer one body of visits."""
        if self.is_away:
            route.abort()
            return
        if self.status != 200:
            route.fulfill(status=self.status, json={"code": "core.phone_needed"})
            return
        sent = json.loads(route.request.post_data or "{}")["visits"]
        new = [one for one in sent if one["id"] not in self.kept and not self.refuses]
        self.kept |= {one["id"]: one for one in new}
        refused = [{"id": one["id"], "code": self.refuses} for one in sent if self.refuses]
        told = {"stored": len(new), "duplicate": len(sent) - len(new) - len(refused)}
        route.fulfill(json={**told, "refused": refused})

    @property
    def ways(self) -> list[tuple[object, object]]:
        """The directions and points of what was kept, by their time."""
        found = sorted(self.kept.values(), key=lambda one: str(one["at"]))
        return [(one["direction"], one["point"]) for one in found]


@contextmanager
def phone(
    browser: Browser,
    site: str,
    intake: Intake,
    *,
    script: str = DETECTOR,
    viewport: dict[str, int] | None = None,
    theme: Theme = "light",
    tolerated: str = "",
    worker: bool = False,
    cookies: list[dict[str, str]] | None = None,
) -> Iterator[Visit]:
    """A citizen's phone; `script` runs before each page of it."""
    with visiting(
        browser,
        site,
        viewport=viewport or PHONE,
        theme=theme,
        tolerated=tolerated,
        worker=worker,
        cookies=cookies,
    ) as visit:
        visit.page.context.grant_permissions(["camera"])
        visit.page.context.route("**/api/v1/visits", intake)
        visit.page.add_init_script(script)
        yield visit


def begun(visit: Visit) -> Page:
    """The camera, after the three lines."""
    page = visit.open("/quet/").page
    page.get_by_role("button", name="Bắt đầu quét").click()
    expect(page.get_by_text("Đưa mã QR ở cửa vào khung")).to_be_visible()
    return page


@contextmanager
def knows_places(visit: Visit) -> Iterator[None]:
    """Whatever opens the page meanwhile, in the end it has the lists that it asks for by itself."""
    with visit.page.expect_response("**/api/v1/points/revoked") as answer:
        yield
    answer.value.finished()


def shows(page: Page, text: str) -> None:
    """Hold a text before the phone, and take it away once it was read."""
    page.evaluate("(text) => void (globalThis.shown = text)", text)
    expect(page.locator("[data-vx-at=confirm], [data-vx-at=verdict]").first).to_be_attached()
    page.wait_for_function(
        "() => ['confirm', 'verdict'].some((one) => "
        "!document.querySelector(`[data-vx-at=${one}]`).hidden)"
    )
    page.evaluate("() => void (globalThis.shown = '')")


def entered(page: Page) -> None:
    """In, at the place that is asked about."""
    page.get_by_role("button", name="Tôi vào đây").click()
    expect(page.get_by_role("heading", name="Đã ghi nhận lượt vào")).to_be_visible()
