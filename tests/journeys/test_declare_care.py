"""The health station calls whoever declared signs; seen at a desk, on a phone, dark, on paper."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.declarations.care_scene import a_care, a_station, nurse
from tests.factories.people import QUY_NHON, Colleague, employed
from tests.factories.register import a_neighbour
from tests.journeys.browser import DESKTOP, PHONE, Theme, visiting
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.caring import raise_overdue
from vungxanh.declarations.models import Care

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]


@pytest.fixture
def station(transactional_db: None, places: None) -> Colleague:
    """Somebody of the ward's health station; three people have declared signs today."""
    at = clock.now()
    accounts.load_purposes(by=SYSTEM, at=at)
    employed("district", Role("district_officer"), QUY_NHON)
    a_station()
    found = nurse()
    late = a_neighbour("Người Mẫu Một", birth="1950", phone="0912000001")
    soon = a_neighbour("Người Mẫu Hai", phone="0912000002")
    a_care(late, when=at - timedelta(hours=3))
    a_care(soon, when=at - timedelta(minutes=100))
    a_care(a_neighbour("Người Mẫu Ba"), when=at - timedelta(minutes=10))
    assert raise_overdue(at=at) == 1
    return found


def cookies(of: Colleague) -> list[dict[str, str]]:
    return [{"name": "vx_session", "value": of.client.cookies["vx_session"].value}]


WIDTHS = pytest.mark.parametrize(
    ("viewport", "theme", "name"),
    [(DESKTOP, "light", "1440"), (PHONE, "light", "360"), (PHONE, "dark", "360-dark")],
    ids=["1440", "360", "dark"],
)


@WIDTHS
def test_the_list_and_a_call_to_its_result_by_keyboard(
    browser: Browser,
    site: str,
    *,
    station: Colleague,
    viewport: dict[str, int],
    theme: Theme,
    name: str,
) -> None:
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookies(station)) as visit:
        page = visit.open("/to-khai/").page
        expect(page.get_by_role("heading", name="Tờ khai cần gọi", exact=True)).to_be_visible()
        expect(page.get_by_text("1 người quá hạn")).to_be_visible()
        visit.picture(f"care-list-{name}")
        assert (visit.violations(), visit.too_wide()) == ([], [])
        first = page.get_by_role("button", name="Tôi gọi Người Mẫu Hai")
        first.focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("Bạn đang gọi.")).to_be_visible()
        page.get_by_label("Theo dõi tại nhà").check()
        page.get_by_label("Ghi chú").fill("Sốt nhẹ, đã dặn uống nước")
        visit.picture(f"care-one-{name}")
        assert (visit.violations(), visit.too_wide()) == ([], [])
        page.get_by_role("button", name="Ghi kết quả").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Hoàn tác lần ghi cuối")).to_be_visible()
        visit.picture(f"care-called-{name}")
        page.get_by_role("button", name="Hoàn tác lần ghi cuối").click()
        expect(page.get_by_text("(đã hoàn tác)")).to_be_visible()
    assert sorted(Care.objects.values_list("state", flat=True)) == ["calling", "open", "open"]


def test_the_list_on_paper_holds_no_button(browser: Browser, site: str, station: Colleague) -> None:
    with visiting(browser, site, viewport=DESKTOP, cookies=cookies(station)) as visit:
        page = visit.open("/to-khai/").page
        page.emulate_media(media="print")
        expect(page.get_by_text("Người Mẫu Một").first).to_be_visible()
        expect(page.get_by_role("button", name="Tôi gọi Người Mẫu Ba")).to_be_hidden()
        expect(page.get_by_text("0912 000 001").last).to_be_visible()
        visit.picture("care-list-print")
