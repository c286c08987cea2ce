"""The shell of the scanning pages: there without a network, the same for everybody, kept whole."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.factories.people import Person
from tests.journeys.browser import PHONE, Visit, visiting
from tests.journeys.scan_stage import DETECTOR, Intake, begun, phone

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("revoked_listed"),
]
SAME_FOR_ALL = ["/quet/", "/quet/nhat-ky/", "/truc/", "/huong-dan-vao/"]
OFFLINE = "ERR_INTERNET_DISCONNECTED"
AN_EARLIER_BUILD = """
async () => {
  for (const name of ["vx-oldest", "vx-old"]) {
    const cache = await caches.open(name);
    await cache.put(`/static/vx/${name}.js`, new Response(name));
  }
  const registration = await navigator.serviceWorker.ready;
  await registration.unregister();
}
"""
NAMES = "async () => (await caches.keys()).map((name) => name.slice(0, 9))"


def with_worker(visit: Visit) -> Page:
    page = visit.open("/quet/").page
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


@pytest.mark.parametrize("path", SAME_FOR_ALL)
def test_kept_page_is_the_same_for_a_stranger_an_official_and_a_phone(
    administrator: Person, path: str
) -> None:
    phone_client = Client()
    phone_client.post("/api/v1/devices/here", {}, "application/json")
    clients = (Client(), administrator.client, phone_client)
    answers = [client.get(path) for client in clients]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert [dict(answer.cookies) for answer in answers] == [{}] * 3


@pytest.mark.parametrize("path", ["/quet/", "/quet/nhat-ky/", "/truc/"])
def test_page_opens_without_a_network(browser: Browser, site: str, path: str) -> None:
    with visiting(browser, site, viewport=PHONE, worker=True, tolerated=OFFLINE) as visit:
        page = with_worker(visit)
        page.context.set_offline(True)
        page.goto(site + path)
        expect(page.locator("[data-vx-offline]")).to_be_attached()
        expect(page.get_by_text("Chưa mở được trang này")).to_have_count(0)
        expect(page.locator("h1")).to_be_visible()


def test_first_scan_without_a_network_is_kept_before_the_phone_is_registered(
    browser: Browser, site: str
) -> None:
    with phone(browser, site, Intake(), worker=True, tolerated=OFFLINE) as visit:
        page = with_worker(visit)
        page.context.set_offline(True)
        page.reload()
        begun_offline(page)
        page.evaluate("() => void (globalThis.shown = location.origin + '/c/7K10Q9XDJ')")
        page.get_by_role("button", name="Tôi vào đây").click()
        expect(page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_be_visible()
        visit.picture("scan-receipt-offline-360")
        assert visit.violations() == []
        assert page.context.cookies() == []


def begun_offline(page: Page) -> None:
    page.get_by_role("button", name="Bắt đầu quét").click()
    expect(page.locator("[data-vx-at=look]")).to_be_visible()


def test_new_build_leaves_the_files_of_the_one_before_to_pages_that_are_open(
    browser: Browser, site: str
) -> None:
    with visiting(browser, site, viewport=PHONE, worker=True) as visit:
        page = with_worker(visit)
        page.evaluate(AN_EARLIER_BUILD)
        page.evaluate("caches.keys().then((all) => caches.delete(all[0]))")
        page.reload()
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("async () => (await caches.keys()).length === 2")
        assert "vx-oldest" not in page.evaluate(NAMES)
        assert "vx-old" in page.evaluate(NAMES)


def test_page_weighs_what_a_phone_page_may(browser: Browser, site: str) -> None:
    with phone(browser, site, Intake(), script=DETECTOR) as visit:
        begun(visit)
        weight = visit.weight()
    limits = {"document": 5, "stylesheet": 5, "script": 25, "icons": 3, "font": 75}
    assert {kind: weight[kind] for kind in limits if weight[kind] > limits[kind]} == {}


def test_page_names_a_reader_that_is_fetched_only_where_the_browser_has_none(
    client: Client,
) -> None:
    page = client.get("/quet/").content.decode()
    (scripts, addresses) = (
        re.findall(r"<script src=\"([^\"]+)\"", page),
        re.findall(r"data-vx-(?:scanner|ed25519)=\"([^\"]+)\"", page),
    )
    assert len(addresses) == 2
    assert set(scripts) & set(addresses) == set()
