"""The first page of a citizen's phone: the code that renews itself, scanning, today."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.checkins.intake.calls import id_at
from tests.factories.points import a_point, code_of
from tests.factories.register import NUMBER, a_device, sent_code
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, Theme, Visit, visiting
from tests.journeys.scan_stage import Intake, begun, entered, shows
from tests.journeys.scan_stage import phone as scanning_phone
from vungxanh.checkins.models import Point, Scan
from vungxanh.checkins.values.kinds import Kind
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.devices import COOKIE
from vungxanh.people.values.entries import PersonChange
from vungxanh.people.values.standing import Colour, NewCard

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
Cookies = list[dict[str, str]]
QUY_NHON = "vn-2025:21583"
BUDGET_KB = 115


@pytest.fixture
def phone() -> Cookies:
    """The cookie of a phone whose holder proved a number and has a green card."""
    at = clock.now()
    device, token = a_device(at)
    viewer = viewer_of(device)
    actions.ask_code(device=device, phone=NUMBER, network="", by=viewer, at=at)
    home = Residence(QUY_NHON)
    person = actions.confirm_code(device=device, code=sent_code(), residence=home, by=viewer, at=at)
    said = PersonChange("Người Mẫu Một", "1985-03-20", "female", ())
    actions.change_person(person_id=person.pk, change=said, by=viewer, at=at)
    return [{"name": COOKIE, "value": token}]


def holder() -> Person:
    return Person.objects.get(origin=Origin.APP)


def with_card(colour: Colour) -> None:
    at = clock.now()
    card = NewCard(holder().pk, colour, at, at + timedelta(days=1), "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=at)


def scanned(point: Point, *, minutes: int, out: bool = False) -> None:
    at = clock.now() - timedelta(minutes=minutes)
    Scan.objects.create(
        id=id_at(at),
        person_id=holder().pk,
        point_id=point.pk,
        entrance=0,
        direction=int(out),
        means=0,
        at=at,
        received_at=at,
        device_id=Device.objects.get().pk,
        flags=0,
    )


def a_day() -> None:
    """A market in and out, and a works where the holder still is."""
    market = a_point("Chợ mẫu")
    scanned(market, minutes=5)
    scanned(market, minutes=4, out=True)
    scanned(a_point("Xưởng may mẫu 01", kind=Kind.FACTORY), minutes=2)


def look(visit: Visit, name: str) -> None:
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"citizen-home-{name}")
    assert visit.too_wide() == []
    width, height = visit.page.evaluate("[innerWidth, innerHeight]")
    visit.page.set_viewport_size({"width": width, "height": 2400})
    assert visit.violations() == []
    visit.page.set_viewport_size({"width": width, "height": height})


def drawn(page: Page) -> str:
    """The address of the code that is shown, once it was pressed and is drawn."""
    page.get_by_role("link", name="Hiện mã QR").click()
    picture = page.get_by_role("img", name="Mã QR của tôi")
    expect(picture).to_be_visible(timeout=PATIENCE_MS)
    return str(picture.get_attribute("src"))


@pytest.mark.parametrize(
    ("theme", "size"), [("light", PHONE), ("dark", PHONE), ("light", SMALL_PHONE)]
)
def test_the_first_page_shows_card_code_scanning_and_today(
    browser: Browser, site: str, phone: Cookies, theme: Theme, size: dict[str, int]
) -> None:
    with_card(Colour.GREEN)
    a_day()
    with visiting(browser, site, viewport=size, theme=theme, cookies=phone) as visit:
        page = visit.open("/toi/").page
        expect(page.get_by_role("link", name="Quét mã nơi đến")).to_be_in_viewport()
        expect(page.get_by_role("img", name="Mã QR của tôi")).to_have_count(0)
        expect(page.get_by_text("bạn quét ra")).to_be_visible()
        expect(page.get_by_role("button", name="Tôi đã rời đi")).to_have_count(1)
        look(visit, f"{theme}-{size['width']}")
        weight = visit.weight()
        assert weight["document"] <= 5
        assert sum(weight.values()) <= BUDGET_KB


def test_leaving_is_told_from_the_first_page(browser: Browser, site: str, phone: Cookies) -> None:
    a_day()
    with visiting(browser, site, viewport=PHONE, cookies=phone) as visit:
        page = visit.open("/toi/").page
        page.get_by_role("button", name="Tôi đã rời đi").click()
        expect(page.get_by_role("heading", name="Đã ghi giờ rời đi")).to_be_visible()
        page.get_by_role("link", name="Trang chủ").click()
        expect(page.get_by_text("bạn quét ra")).to_have_count(2)
        expect(page.get_by_role("button", name="Tôi đã rời đi")).to_have_count(0)


def test_the_code_hides_itself_is_another_each_time_and_says_when_it_cannot_be_had(
    browser: Browser, site: str, phone: Cookies
) -> None:
    with_card(Colour.GREEN)
    refused = "Failed to load resource"
    with visiting(browser, site, viewport=PHONE, cookies=phone, tolerated=refused) as visit:
        visit.page.clock.install()
        page = visit.open("/toi/").page
        first = drawn(page)
        look(visit, "shown")
        page.clock.run_for(60_000)
        hidden = page.get_by_role("link", name="Hiện mã QR")
        expect(hidden).to_be_visible(timeout=PATIENCE_MS)
        assert drawn(page) != first
        page.clock.run_for(60_000)
        page.context.set_offline(True)
        hidden.click()
        expect(page.get_by_text("chưa lấy được mã mới")).to_be_visible(timeout=PATIENCE_MS)
        look(visit, "away")


@pytest.mark.parametrize("colour", [Colour.YELLOW, Colour.ORANGE, Colour.RED])
def test_other_colours_have_their_own_shape_and_words(
    browser: Browser, site: str, phone: Cookies, colour: Colour
) -> None:
    with_card(colour)
    with visiting(browser, site, viewport=PHONE, cookies=phone) as visit:
        visit.open("/toi/")
        look(visit, colour.value)


def test_a_phone_without_a_card_and_with_one_that_is_over_leads_to_declaring(
    browser: Browser, site: str, phone: Cookies
) -> None:
    with visiting(browser, site, viewport=SMALL_PHONE, cookies=phone) as visit:
        page = visit.open("/toi/").page
        expect(page.get_by_role("heading", name="Chưa khai báo hôm nay")).to_be_visible()
        look(visit, "no-card")
        at = clock.now()
        ended = NewCard(holder().pk, Colour.GREEN, at - timedelta(2), at, "declaration:1")
        actions.write_card(card=ended, by=SYSTEM, at=at)
        page.reload()
        expect(page.get_by_role("heading", name="Thẻ đã hết hạn")).to_be_visible()
        look(visit, "card-over")


@pytest.mark.usefixtures("revoked_listed")
def test_scans_that_wait_on_the_phone_are_counted_and_sent(
    browser: Browser, site: str, phone: Cookies
) -> None:
    point, intake = a_point("Chợ mẫu", at=clock.now()), Intake(is_away=True)
    stage = scanning_phone(browser, site, intake, cookies=phone, tolerated="net::ERR")
    with stage as visit:
        shows(begun(visit), f"{site}/c/{point.code}#{code_of(point).payload}")
        entered(visit.page)
        expect(visit.page.get_by_text("chờ gửi, đã giữ trên máy", exact=True)).to_be_visible()
        page = visit.open("/toi/").page
        waiting = page.get_by_text("Lượt quét còn trên máy, chờ gửi: 1")
        expect(waiting).to_be_visible(timeout=PATIENCE_MS)
        look(visit, "waiting")
        intake.is_away = False
        page.reload()
        expect(waiting).to_be_hidden(timeout=PATIENCE_MS)
        page.wait_for_function("document.querySelector('[data-vx-n]').textContent === '0'")
    assert intake.ways == [("in", point.code)]


def test_a_phone_of_nobody_is_shown_how_to_begin(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE) as visit:
        page = visit.open("/toi/bat-dau/").page
        page.get_by_role("button", name="Bắt đầu").click()
        expect(page.get_by_text("Chưa ghi nhận nơi nào")).to_be_visible()
        expect(page.get_by_role("link", name="Xác thực số điện thoại")).to_be_visible()
        look(visit, "empty")


def test_everything_else_is_behind_the_last_tab(
    browser: Browser, site: str, phone: Cookies
) -> None:
    with visiting(browser, site, viewport=PHONE, cookies=phone) as visit:
        page = visit.open("/toi/").page
        page.get_by_role("link", name="Của tôi", exact=True).click()
        expect(page.get_by_role("link", name="Gia đình, người thân")).to_be_visible()
        expect(page.get_by_role("link", name="Ai đã xem thông tin của tôi")).to_be_visible()
        look(visit, "own")
