"""The pages of the outbox in a real browser: narrow and wide, light and dark, a new wording."""

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.people import Colleague
from tests.journeys.browser import DESKTOP, PHONE, Theme, visiting
from tests.messaging.gateway import REFUSED, otp, posted, sms, ways
from vungxanh.core import clock
from vungxanh.messaging import actions
from vungxanh.messaging.gateways import CameIn
from vungxanh.messaging.rules import Grade
from vungxanh.messaging.values import NewMessage

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("transactional_db", "places_of_both_eras")]
PAGES = {
    "outbox": "/hop-thu-di/",
    "templates": "/hop-thu-di/mau/",
    "template": "/hop-thu-di/mau/people.otp/",
    "sms": "/hop-thu-den/tin-nhan/",
    "inbox": "/hop-thu-den/",
}
LOOKS = [
    pytest.param(PHONE, "light", id="phone"),
    pytest.param(DESKTOP, "dark", id="desk in the dark"),
]


def a_day() -> None:
    """Messages that went, wait and failed, and SMS that came in."""
    now = clock.now()
    posted(otp(), now)
    posted(sms(kind="people.notice", text="a" * 200, grade=Grade.URGENT), now)
    actions.deliver(at=now, ways=ways(REFUSED))
    posted(sms(kind="people.reminder"), now)
    posted(NewMessage("duties.reminder", "ai-do@donvi.example", "s", "t", "occurrence:x"), now)
    came = [CameIn(str(n), "+84900000001", "8099", "alo", now) for n in range(2)]
    actions.take_in(came=came, at=now)


def session(administrator: Colleague) -> list[dict[str, str]]:
    return [{"name": "vx_session", "value": administrator.client.cookies["vx_session"].value}]


@pytest.mark.parametrize(("size", "theme"), LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_their_screen_and_everybody(
    browser: Browser,
    site: str,
    administrator: Colleague,
    name: str,
    size: dict[str, int],
    theme: Theme,
) -> None:
    a_day()
    cookies = session(administrator)
    with visiting(browser, site, viewport=size, theme=theme, cookies=cookies) as visit:
        visit.open(PAGES[name])
        visit.picture(f"outbox-{name}-{theme}")
        assert visit.too_wide() == []
        assert visit.violations() == []


def test_an_administrator_looks_at_a_new_wording_and_brings_it_into_force(
    browser: Browser, site: str, administrator: Colleague
) -> None:
    with visiting(browser, site, cookies=session(administrator)) as visit:
        page = visit.open(PAGES["templates"]).page
        page.get_by_role("link", name="Mã xác nhận số điện thoại").click()
        page.get_by_label("SMS, Tiếng Việt").fill("Mã của bạn: {code}")
        page.get_by_role("button", name="Xem trước").click()
        preview = page.get_by_role("region", name="Xem trước lời mới")
        expect(preview.get_by_text("Mã của bạn: 123456")).to_be_visible()
        page.get_by_role("button", name="Dùng từ bây giờ").click()
        expect(page.get_by_role("heading", name="Phiên bản 2, dùng từ")).to_be_visible()
        assert visit.violations() == []
