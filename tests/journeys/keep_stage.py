"""A door for the keeper's page: a phone with a camera, a server that opens boxes, codes."""

import base64
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.journeys.browser import ARGUMENTS, PATIENCE_MS, chromium_path
from tests.protocol.personal.samples import KEY, KEY_ID
from vungxanh.checkins.gateways import sealed_visits
from vungxanh.checkins.rules.door_keys import bound_to, signed_bytes
from vungxanh.protocol.personal import own
from vungxanh.protocol.personal.own import Kind

CODE = "7K2M9QX4A"
PLACE = "Chợ mẫu"
DOOR_KEY = "00000007"
CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# A browser's own reader of codes, which sees what the test holds before it.
DETECTOR = """
globalThis.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return globalThis.shown ? [{ rawValue: globalThis.shown }] : []; }
};
"""
CHIP_CARD = "052185000001|123456789|Người Mẫu Một|20031985|Nữ|Số 1, phường Mẫu, Quy Nhơn|01052021"


def url_text(content: bytes) -> str:
    """Bytes as they stand in JSON."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    """Bytes as they stood in JSON."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def personal_code(kind: Kind = Kind.SCREEN, *, ago_s: int = 5, key: Ed25519PrivateKey = KEY) -> str:
    """A code that a phone shows, made some seconds ago."""
    begun = int(time.time()) - ago_s
    lives = {Kind.SCREEN: 60, Kind.ONE_TIME: 900, Kind.CARD: 365 * 86_400}[kind]
    return own.write(
        kind,
        os.urandom(own.HANDLE_SIZE),
        valid_from=begun,
        valid_until=begun + lives,
        key_id=KEY_ID,
        private_key=key,
    )


@dataclass
class DoorServer:
    """What the server does at a door: opens boxes, answers with a sign, counts who is inside."""

    inside: int = 48
    sign: dict[str, Any] = field(default_factory=lambda: dict(NOBODY_KNOWN))
    refusal: tuple[int, dict[str, str]] | None = None
    is_away: bool = False
    loses_answers: bool = False
    valid_seconds: int = 72 * 3600
    key_lives_days: int = 90
    clock_ahead_minutes: int = 0
    refuses: str = ""
    is_living: bool = True
    must_declare: bool = False
    looks: list[dict[str, Any]] = field(default_factory=list)
    visits: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Make the pair that doors seal to."""
        self.public, self.private = sealed_visits.new_pair()

    def __call__(self, route: Route) -> None:
        """Answer one call below /api/v1/keeper/ or for the keys of codes."""
        name = route.request.url.split("/api/v1/")[1]
        self.asked.append(name)
        if self.is_away:
            route.abort()
            return
        if self.refusal and name.startswith("keeper/"):
            status, said = self.refusal
            route.fulfill(status=status, json=said)
            return
        body = json.loads(route.request.post_data or "{}")
        date = format_datetime(self.now(), usegmt=True)
        headers = {"VX-Valid-Seconds": str(self.valid_seconds), "Date": date}
        answer = self.answers()[name](body)
        if self.loses_answers:
            route.abort()
            return
        route.fulfill(json=answer, headers=headers)

    def answers(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """Each call and what answers it."""
        return {
            "points/keys": lambda _: {"keys": [{"id": KEY_ID.hex(), "public": public_text()}]},
            "keeper/me": lambda _: self.me(),
            "keeper/keys": lambda _: {"keys": [self.door_key()]},
            "keeper/inside": lambda _: {
                "inside": self.inside,
                "capacity": 60,
                "as_of": self.said_now(),
            },
            "keeper/look": self.look,
            "keeper/visits": self.keep,
            "keeper/back": self.back,
            "keeper/leave": lambda _: {"left": self.moved(0), "undo_seconds": 600, "inside": 0},
            "keeper/leave/undo": lambda _: {"back": self.moved(48), "inside": 48},
            "keeper/phone": lambda _: {"asked": str(UUID(int=7)), "seconds": 300},
            "keeper/phone/confirm": lambda _: {
                "subject": {"kind": "vungxanh.person", "value": personal_code(Kind.ONE_TIME)}
            },
        }

    def now(self) -> datetime:
        """The present, by the server's clock."""
        return datetime.now(UTC) + timedelta(minutes=self.clock_ahead_minutes)

    def said_now(self) -> str:
        """The present, as it is written."""
        return self.now().isoformat(timespec="seconds")

    def is_at_its_time(self, visit: dict[str, Any]) -> bool:
        """Whether a visit carries the time of the server's clock, to a minute."""
        return abs(datetime.fromisoformat(visit["at"]) - self.now()) < timedelta(minutes=1)

    def moved(self, inside: int) -> int:
        """How many went when the number inside was set."""
        n, self.inside = abs(self.inside - inside), inside
        return n

    def me(self) -> dict[str, Any]:
        """Which point this machine keeps."""
        point = {
            "code": CODE,
            "shown": "7K2M-9QX4-A",
            "name": PLACE,
            "entrance": 1,
            "entrance_label": "cổng 1",
            "capacity": 60,
            "warn_at": 54,
            "usual_stay_s": 3600,
            "is_living": self.is_living,
            "must_declare": self.must_declare,
        }
        device = {"id": str(UUID(int=3)), "name": "Máy của điểm, số 03"}
        told = {"valid_seconds": self.valid_seconds, "inside": self.inside, "now": self.said_now()}
        return {"point": point, "device": device} | told

    def door_key(self) -> dict[str, str]:
        """The key to seal to, signed by the key of codes."""
        until = self.now().replace(microsecond=0) + timedelta(days=self.key_lives_days)
        return {
            "id": DOOR_KEY,
            "public": url_text(self.public),
            "from": (self.now() - timedelta(days=1)).isoformat(),
            "until": until.isoformat(),
            "signed_by": KEY_ID.hex(),
            "signature": url_text(KEY.sign(signed_bytes(DOOR_KEY, self.public, until))),
        }

    def opened(self, item: dict[str, str]) -> dict[str, Any]:
        """What a box holds."""
        info = bound_to(UUID(item["id"]).bytes, CODE)
        content = sealed_visits.opened(bytes_of(item["box"]), self.private, info)
        assert content is not None
        found: dict[str, Any] = json.loads(content)
        return found

    def look(self, body: dict[str, Any]) -> dict[str, Any]:
        """The sign about somebody."""
        self.looks.append(self.opened(body["sealed"]))
        return {**self.sign, "inside": self.inside, "capacity": 60}

    def keep(self, body: dict[str, Any]) -> dict[str, Any]:
        """Keep each box once."""
        new = {one["id"]: self.opened(one) for one in body["sealed"]}
        if self.refuses:
            refused = [{"id": one, "code": self.refuses} for one in new]
            return {"stored": 0, "duplicate": 0, "refused": refused, "inside": self.inside}
        known = set(new) & set(self.visits)
        for number in set(new) - known:
            self.inside += 1 if new[number]["direction"] == "in" else -1
        self.visits |= new
        stored = len(new) - len(known)
        return {
            "stored": stored,
            "duplicate": len(known),
            "refused": [],
            "inside": self.inside,
        }

    def back(self, body: dict[str, Any]) -> dict[str, Any]:
        """Take visits back."""
        gone = [self.visits.pop(one, None) for one in body["ids"]]
        removed = len([one for one in gone if one])
        self.inside -= removed
        return {"removed": removed, "inside": self.inside}


NOBODY_KNOWN: dict[str, Any] = {
    "sign": "unknown",
    "words": "",
    "initials": "",
    "year": None,
    "card": "none",
    "oddness": [],
}
GREEN: dict[str, Any] = {
    "sign": "in",
    "words": "thẻ xanh · đã khai báo hôm nay",
    "initials": "N. V. A.",
    "year": 1986,
    "card": "green",
    "oddness": [],
}
RED = GREEN | {"sign": "not_yet", "words": "Chưa khai báo y tế hôm nay", "card": "none"}


def public_text() -> str:
    """The key that checks codes, as phones get it."""
    return url_text(KEY.public_key().public_bytes_raw())


@contextmanager
def with_camera(browser: Browser, *flags: str) -> Iterator[Browser]:
    """Another Chromium of the same kind that has a camera, and lets every page use it."""
    started = browser.browser_type.launch(
        executable_path=chromium_path(), args=[*ARGUMENTS, *CAMERA, *flags]
    )
    try:
        yield started
    finally:
        started.close()


def stand_at_door(context: BrowserContext, server: DoorServer, *, detector: bool = True) -> None:
    """Let the context's calls be answered by `server`, and its camera see what `show` holds."""
    for calls in ("keeper/**", "points/keys"):
        context.route(f"**/api/v1/{calls}", server)
    if detector:
        context.add_init_script(DETECTOR)


def show(page: Page, text: str) -> None:
    """Hold a code before the camera."""
    page.evaluate("text => void (globalThis.shown = text)", text)


def open_camera(page: Page) -> None:
    """Open the camera, once the page holds the keys of the server."""
    page.get_by_role("button", name="Mở máy ảnh để quét").click()
    expect(part(page, "view")).to_be_visible()
    has_keys = "JSON.parse(localStorage.getItem('vx-keep') ?? '{}').keys !== undefined"
    wait_until(page, lambda: bool(page.evaluate(has_keys)))


def wait_until(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait for what neither the page shows nor its server is asked for."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while not is_so() and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert is_so()


def part(page: Page, name: str) -> Locator:
    """A named part of the page."""
    return page.locator(f'[data-vx-at="{name}"]')


def wait_for_visits(page: Page, server: DoorServer, n: int) -> list[dict[str, Any]]:
    """What people's visits hold, once the server has so many."""
    wait_until(page, lambda: len(server.visits) >= n)
    assert len(server.visits) == n
    return list(server.visits.values())


def kept_here(page: Page) -> str:
    """All that the page keeps on the machine, opened as far as the page itself can open it."""
    found = page.evaluate(ALL_KEPT)
    return json.dumps(found, ensure_ascii=False)


ALL_KEPT = """
async () => {
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const table of database.objectStoreNames) {
      const all = await new Promise((done) => {
        const asked = database.transaction(table).objectStore(table).getAll();
        asked.onsuccess = () => done(asked.result);
      });
      rows.push([name, table, all]);
    }
    database.close();
  }
  const key = rows.find(([, table, all]) => table === "keys" && all.length)?.[2][0];
  const open = async (row) => {
    if (!row?.iv || !key) return row;
    const additionalData = new TextEncoder().encode(row.id);
    const how = { name: "AES-GCM", iv: row.iv, additionalData };
    const plain = await crypto.subtle.decrypt(how, key, row.box);
    return { ...row, iv: null, box: new TextDecoder().decode(plain) };
  };
  const opened = [];
  for (const [name, table, all] of rows) {
    opened.push([name, table, await Promise.all(all.map(open))]);
  }
  return { opened, local: { ...localStorage }, session: { ...sessionStorage } };
}
"""
