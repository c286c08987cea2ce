"""A keeper's phone from the officer's QR code to its end: seen by two browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories.people import Colleague
from tests.journeys.browser import PATIENCE_MS, PHONE, Visit, visiting
from tests.journeys.eras import at_desk
from vungxanh.core import clock

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]

HOUR_MS = 3_600_000
NAME = "Máy trực chốt"
REFUSED = "401 (Unauthorized)"
OFFLINE = "ERR_INTERNET_DISCONNECTED"


@contextmanager
def phone(browser: Browser, site: str, *, tolerated: str) -> Iterator[Visit]:
    """A cheap phone that may be refused, or lose its network."""
    with visiting(browser, site, viewport=PHONE, tolerated=tolerated) as visit:
        yield visit


def invited(desk: Visit) -> tuple[str, str]:
    """The officer enrols a phone; the address and the code that the page shows."""
    page = desk.open("/thiet-bi/").page
    expect(page.get_by_text("Chưa có thiết bị nào")).to_be_visible()
    page.get_by_role("link", name="Ghi danh thiết bị").click()
    page.get_by_label("Tên thiết bị").fill(NAME)
    page.get_by_label("Đơn vị").select_option(label="Thành phố Quy Nhơn")
    page.get_by_label("Loại").select_option("phone")
    page.get_by_label("Phạm vi").select_option("points.keep")
    page.get_by_role("button", name="Tạo mã ghi danh").click()
    expect(page.get_by_role("img", name="Mã QR ghi danh")).to_be_visible()
    assert desk.violations() == []
    code = page.locator("[data-vx-code]").inner_text()
    return "/thiet-bi/nhan/", code.replace(" ", "")


def enrolled(visit: Visit, address: str, code: str) -> Page:
    """The phone opens the link and takes the enrolment up."""
    page = visit.open(f"{address}#{code}").page
    assert "#" not in page.url
    assert visit.violations() == []
    page.get_by_role("button", name="Ghi danh máy này").click()
    expect(card(page)).to_contain_text(NAME, timeout=PATIENCE_MS)
    assert visit.violations() == []
    assert visit.too_wide() == []
    assert "vx_device" not in str(page.evaluate("document.cookie"))
    return page


def card(page: Page) -> Locator:
    return page.locator("[data-vx-device]")


def ended(page: Page, code: str) -> Locator:
    return page.locator(f'[data-vx-ended="accounts.{code}"]')


def test_phone_enrols_by_the_code_and_is_out_within_a_minute_of_being_revoked(
    browser: Browser, site: str, officer: Colleague
) -> None:
    with (
        at_desk(browser, site, officer) as desk,
        phone(browser, site, tolerated=REFUSED) as visit,
    ):
        visit.page.clock.install()
        page = enrolled(visit, *invited(desk))
        desk.open("/thiet-bi/")
        assert desk.violations() == []
        desk.page.get_by_role("button", name=f"Thu hồi {NAME}").click()
        expect(desk.page.get_by_role("cell", name="Đã thu hồi")).to_be_visible()
        page.clock.run_for(60_000)
        expect(ended(page, "device_revoked")).to_be_visible(timeout=PATIENCE_MS)
        expect(card(page)).to_have_count(0)
        assert "vx_device" not in {cookie["name"] for cookie in page.context.cookies()}


def test_phone_without_a_network_forgets_by_itself_after_72_hours(
    browser: Browser, site: str, officer: Colleague
) -> None:
    with (
        at_desk(browser, site, officer) as desk,
        phone(browser, site, tolerated=OFFLINE) as visit,
    ):
        visit.page.clock.install()
        page = enrolled(visit, *invited(desk))
        page.context.set_offline(True)
        page.clock.fast_forward(71 * HOUR_MS)
        expect(card(page)).to_be_visible()
        page.clock.fast_forward(HOUR_MS + 60_000)
        expect(ended(page, "device_lapsed")).to_be_visible(timeout=PATIENCE_MS)
        expect(card(page)).to_have_count(0)


def test_phone_that_comes_back_after_72_hours_is_refused(
    browser: Browser, site: str, officer: Colleague
) -> None:
    with (
        at_desk(browser, site, officer) as desk,
        phone(browser, site, tolerated=REFUSED) as visit,
    ):
        page = enrolled(visit, *invited(desk))
        # An answer still under way would bring the cookie back after its end.
        contact = str(card(page).get_attribute("data-vx-contact"))
        with page.expect_response(lambda answer: answer.url.endswith(contact)):
            page.reload()
        with clock.frozen_at(datetime.now(UTC) + timedelta(hours=73)):
            page.reload()
            expect(ended(page, "device_lapsed")).to_be_visible(timeout=PATIENCE_MS)
        page.reload()
        expect(ended(page, "device_unknown")).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.parametrize("width", [360, 1440])
def test_pages_of_devices_fit_and_print(
    browser: Browser, site: str, officer: Colleague, width: int
) -> None:
    with at_desk(browser, site, officer) as desk:
        invited(desk)
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert desk.too_wide() == []
        assert len(desk.printed(f"devices-link-{width}")) == 1
        desk.open("/thiet-bi/")
        assert desk.too_wide() == []
