"""What waits on a phone: kept before it is said, sent once, never lost, sealed where it lies."""

import json
import threading
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.journeys.scan_modules import a_context, a_page, in_page

pytestmark = pytest.mark.slow
OPEN = """
const { Queue, NotSent } = await load("diary/queue.js");
const { Store } = await load("diary/store.js");
const { sender } = await load("diary/senders.js");
const store = new Store();
const queue = new Queue({ name: "trial", send: sender("/api/v1/trial", "visits"), store });
const ids = (n) => [...Array(n).keys()].map((one) => `0190-${String(one).padStart(6, "0")}`);
"""
ADD = OPEN + "await queue.add(ids(given).map((id) => ({ id, point: 'CHOMAU001' })));"


class Server:
    """What a server would do with bodies of visits: keeps each identifier once."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.bodies: list[int] = []
        self.refuses: set[str] = set()
        self.spoilt: set[str] = set()
        self.status = 200
        self.is_away = False
        self.headers: dict[str, str] = {}
        self.lock = threading.Lock()

    def __call__(self, route: Route) -> None:
        """Answer one body."""
        sent = [one["id"] for one in json.loads(route.request.post_data or "{}")["visits"]]
        with self.lock:
            self.bodies.append(len(sent))
            if self.is_away:
                route.abort()
            elif self.status != 200:
                said: dict[str, Any] = {"code": "test.no"}
                route.fulfill(status=self.status, json=said, headers=self.headers)
            elif self.spoilt & set(sent):
                route.fulfill(status=422, json={"code": "test.spoilt"})
            else:
                route.fulfill(json=self._taken(sent))

    def _taken(self, sent: list[str]) -> dict[str, object]:
        new = [one for one in sent if one not in self.kept and one not in self.refuses]
        self.kept += new
        refused = [{"id": one, "code": "point_unknown"} for one in sent if one in self.refuses]
        known = len(sent) - len(new) - len(refused)
        return {"stored": len(new), "duplicate": known, "refused": refused}


def flushed(page: Page) -> dict[str, Any]:
    told: dict[str, Any] = in_page(page, OPEN + "return await queue.flush();")
    return told


def waiting(page: Page, state: str = "waiting") -> int:
    n: int = in_page(page, OPEN + "return await queue.count(given);", state)
    return n


def added(context: BrowserContext, n: int) -> Page:
    page = a_page(context)
    in_page(page, ADD, n)
    return page


def test_everything_is_sent_once_in_bodies_of_a_hundred(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        page = added(context, 250)
        told = flushed(page)
        assert (told, waiting(page)) == ({"sent": 250, "refused": 0, "problem": ""}, 0)
    assert (server.bodies, len(server.kept)) == ([100, 100, 50], 250)


def test_what_was_added_is_there_after_the_tab_is_closed(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        added(context, 3).close()
        assert waiting(a_page(context)) == 3


def test_without_an_answer_all_stays_and_is_sent_later(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        page = added(context, 5)
        server.is_away = True
        assert flushed(page)["problem"] == "offline"
        assert waiting(page) == 5
        server.is_away = False
        flushed(page)
        assert waiting(page) == 0
    assert len(server.kept) == 5


@pytest.mark.parametrize(
    ("status", "problem"), [(503, "later"), (429, "later"), (500, "later"), (401, "stranger")]
)
def test_answers_that_keep_nothing_leave_all_waiting(
    browser: Browser, status: int, problem: str
) -> None:
    server = Server()
    server.status, server.headers = status, {"Retry-After": "600"}
    with a_context(browser, server) as context:
        page = added(context, 2)
        assert flushed(page)["problem"] == problem
        assert waiting(page) == 2


def test_page_of_a_strange_network_is_no_answer(browser: Browser) -> None:
    def portal(route: Route) -> None:
        route.fulfill(body="<h1>Wi-Fi</h1>", content_type="text/html")

    with a_context(browser, portal) as context:
        page = added(context, 2)
        assert flushed(page)["problem"] == "later"
        assert waiting(page) == 2


def test_refused_ones_stay_with_their_reason_and_the_others_go(browser: Browser) -> None:
    server = Server()
    server.refuses = {"0190-000001"}
    with a_context(browser, server) as context:
        page = added(context, 3)
        flushed(page)
        (listed,) = in_page(page, OPEN + "return await queue.listed('refused');")
        assert (listed["id"], listed["code"]) == ("0190-000001", "point_unknown")
        assert waiting(page) == 0
    assert server.kept == ["0190-000000", "0190-000002"]


def test_one_that_spoils_its_body_is_found_and_the_others_are_sent(browser: Browser) -> None:
    server = Server()
    server.spoilt = {"0190-000005"}
    with a_context(browser, server) as context:
        page = added(context, 12)
        told = flushed(page)
        assert (told["sent"], told["refused"], waiting(page)) == (11, 1, 0)
    assert len(server.kept) == 11


def test_two_tabs_send_each_one_once(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        first = added(context, 300)
        second = a_page(context)
        start = OPEN + "globalThis.sending = queue.flush(); return true;"
        in_page(first, start)
        in_page(second, start)
        told = [page.evaluate("globalThis.sending") for page in (first, second)]
        assert sum(one["sent"] for one in told) == 300
    assert (sum(server.bodies), len(server.kept)) == (300, 300)


def test_withdrawn_ones_are_never_sent(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        page = added(context, 3)
        in_page(page, OPEN + "await queue.withdraw(['0190-000001']);")
        flushed(page)
    assert server.kept == ["0190-000000", "0190-000002"]


def test_answer_that_was_lost_is_asked_for_again_under_the_same_identifiers(
    browser: Browser,
) -> None:
    server = Server()
    lost: list[Route] = []

    def losing(route: Route) -> None:
        if lost:
            server(route)
            return
        lost.append(route)
        server.kept += [one["id"] for one in json.loads(route.request.post_data or "")["visits"]]
        route.abort()

    with a_context(browser, losing) as context:
        page = added(context, 4)
        assert flushed(page)["problem"] == "offline"
        flushed(page)
        assert waiting(page) == 0
    assert len(server.kept) == len(set(server.kept)) == 4


def test_rows_lie_sealed_and_their_key_cannot_be_read_out(browser: Browser) -> None:
    with a_context(browser) as context:
        page = added(context, 1)
        look = """
        const opened = await new Promise((done) => {
          const asked = indexedDB.open("vx-diary");
          asked.onsuccess = () => done(asked.result);
        });
        const all = (table) => new Promise((done) => {
          const asked = opened.transaction(table).objectStore(table).getAll();
          asked.onsuccess = () => done(asked.result);
        });
        const [row] = await all("queue");
        const [key] = await all("keys");
        const text = new TextDecoder("latin1").decode(row.box);
        const raw = await crypto.subtle.exportKey("raw", key).then(() => "read", (no) => no.name);
        const names = Object.keys(row).sort().join();
        return [names, text.includes("CHOMAU001"), key.extractable, raw];
        """
        assert in_page(page, look) == [
            "box,code,id,iv,name,state",
            False,
            False,
            "InvalidAccessError",
        ]


def test_row_whose_key_is_gone_does_not_hold_up_the_others(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        page = added(context, 1)
        spoil = """
        const [iv, box] = [new Uint8Array(12), new Uint8Array(40)];
        await store.write(["queue"], ({ queue }) => void queue.put({ ...given, iv, box }));
        """
        row = {"name": "trial", "id": "0190-9", "state": "waiting", "code": ""}
        in_page(page, OPEN + spoil, row)
        told = flushed(page)
        assert (told["sent"], told["refused"], waiting(page)) == (1, 1, 0)


def test_no_room_is_a_refusal_and_nothing_is_said_to_be_kept(browser: Browser) -> None:
    with a_context(browser) as context:
        page = added(context, 1)
        full = (
            OPEN
            + """
        IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
        return await queue.add([{ id: "0190-1" }]).then(() => "kept", (no) => no.name);
        """
        )
        assert in_page(page, full) == "QuotaExceededError"
        assert waiting(a_page(context)) == 1


def test_page_of_an_older_version_works_on_after_a_newer_made_its_tables(browser: Browser) -> None:
    server = Server()
    with a_context(browser, server) as context:
        page = added(context, 2)
        upgrade = """
        await new Promise((done, no) => {
          const asked = indexedDB.open("vx-diary", 99);
          asked.onupgradeneeded = () => void asked.result.createObjectStore("newer");
          asked.onsuccess = () => (asked.result.close(), done());
          asked.onerror = asked.onblocked = () => no(asked.error);
        });
        """
        in_page(page, upgrade)
        assert flushed(page)["sent"] == 2


def test_time_is_the_servers_where_the_phones_clock_is_wrong(browser: Browser) -> None:
    with a_context(browser) as context:
        page = a_page(context)
        wrong = """
        const { learn, now, wrongBy } = await load("clock.js");
        const told = new Date(Date.now() - 3600_000).toUTCString();
        learn({ headers: new Headers({ Date: told }) }, Date.now());
        return [Math.round((Date.now() - now()) / 60_000), wrongBy()];
        """
        assert in_page(page, wrong) == [60, 60]
        again = "const { wrongBy } = await load('clock.js'); return wrongBy();"
        assert in_page(a_page(context), again) == 60
