"""Officers of a commune and the people of its register, in a real browser and by keyboard."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories.people import AN_NHON, Colleague, employed
from tests.factories.qr import text_in
from tests.factories.register import NHON_BINH, TRAN_PHU, a_citizen, a_device, a_neighbour
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, Theme, Visit, visiting
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions
from vungxanh.people.actions.dependants import add_dependant
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Device, Person
from vungxanh.people.values.citizens import Said
from vungxanh.people.values.standing import Class, NewStanding

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
NUMBER = "0912 000 003"  # an invented person's
NAME = "Người Mẫu Một"
TRACING = "Truy vết và báo cho người tiếp xúc"
REFUSED = "the server responded with a status of 4"
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "360"])
Viewport = dict[str, int]


@pytest.fixture(autouse=True)
def purposes(transactional_db: None) -> None:
    """The purposes that the package brings."""
    accounts.load_purposes(by=SYSTEM, at=clock.now())


@pytest.fixture
def commune_officer(transactional_db: None, places: None) -> Colleague:
    """The officer of Trần Phú."""
    return employed("commune", Role("commune_officer"), TRAN_PHU)


@pytest.fixture
def district_officer(transactional_db: None, places: None) -> Colleague:
    """The officer of another district."""
    return employed("elsewhere", Role("district_officer"), AN_NHON)


def cookies(of: Colleague) -> list[dict[str, str]]:
    return [{"name": "vx_session", "value": of.client.cookies["vx_session"].value}]


def reach(page: Page, target: Locator, *, limit: int = 90) -> None:
    """Press Tab until something has the focus, shown by a line around it."""
    expect(target).to_be_visible(timeout=PATIENCE_MS)
    for _ in range(limit):
        if target.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    assert target.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none"


def press(page: Page, name: str, *, role: str = "button") -> None:
    """Reach a button or link of the page itself and press Enter on it."""
    inside = page.locator("main")
    named = {
        "button": inside.get_by_role("button", name=name),
        "link": inside.get_by_role("link", name=name),
    }
    reach(page, named[role].first)
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    reach(page, page.locator("main").get_by_label(label).first)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page: Page, label: str, wanted: str) -> None:
    """Reach a list and go down it until the wanted line."""
    field = page.locator("main").get_by_label(label)
    reach(page, field)
    field.select_option(label=wanted)


def tick(page: Page, target: Locator) -> None:
    reach(page, target)
    page.keyboard.press("Space")
    expect(target).to_be_checked()


def is_sound(visit: Visit, name: str, viewport: Viewport) -> None:
    """Nothing sideways, no finding of axe; a picture for the eye."""
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"officer-{name}-{viewport['width']}")
    assert visit.too_wide() == []
    assert visit.violations() == []


def quarantined(person: Person, cls: Class = Class.QUARANTINED) -> Person:
    at = clock.now()
    standing = NewStanding(person.pk, cls, at - timedelta(days=1), at + timedelta(days=9), "case:1")
    actions.write_standing(standing=standing, by=SYSTEM, at=at)
    return person


def written_down(visit: Visit, viewport: Viewport) -> None:
    """Somebody without a phone is written down from the menu's page."""
    page = visit.open("/nguoi/moi/").page
    choose(page, "Mục đích", TRACING)
    tick(page, page.get_by_label("Gặp tại nhà, tại chốt"))
    write(page, "Họ và tên", NAME)
    write(page, "Ngày hoặc năm sinh", "20/3/1951")
    write(page, "Xã, phường đang ở", f"[{TRAN_PHU}]")
    is_sound(visit, "new", viewport)
    press(page, "Ghi")
    expect(page.get_by_text("Đã ghi người số")).to_be_visible()


@WIDTHS
def test_an_officer_writes_somebody_down_and_is_stopped_before_doing_it_twice(
    browser: Browser, site: str, commune_officer: Colleague, viewport: Viewport
) -> None:
    with visiting(browser, site, viewport=viewport, cookies=cookies(commune_officer)) as visit:
        page = visit.page
        written_down(visit, viewport)
        choose(page, "Mục đích", TRACING)
        write(page, "Họ và tên", "nguoi mau mot")
        write(page, "Ngày hoặc năm sinh", "1951")
        press(page, "Ghi")
        expect(page.get_by_role("heading", name="Có thể đã ghi rồi")).to_be_visible()
        is_sound(visit, "same", viewport)
        press(page, "Đây là người này")
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()
        is_sound(visit, "person", viewport)
    assert Person.objects.count() == 1


@WIDTHS
def test_a_number_is_looked_up_for_a_purpose_and_not_without_one(
    browser: Browser, site: str, commune_officer: Colleague, viewport: Viewport
) -> None:
    person = a_neighbour(NAME, birth="1951", phone=NUMBER)
    with visiting(
        browser, site, viewport=viewport, cookies=cookies(commune_officer), tolerated=REFUSED
    ) as visit:
        page = visit.open("/nguoi/").page
        write(page, "Số hoặc họ tên", NUMBER)
        press(page, "Tìm")
        expect(page.get_by_role("alert")).to_contain_text("Chọn mục đích.")
        is_sound(visit, "search-refused", viewport)
        choose(page, "Mục đích", TRACING)
        press(page, "Tìm")
        expect(page.get_by_text("Tìm thấy 1 người trong địa bàn")).to_be_visible()
        expect(page.get_by_text("N. M. M.")).to_be_visible()
        assert NAME not in page.content()
        is_sound(visit, "found", viewport)
        press(page, f"Mở {person.pk}")
        expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_another_district_sees_nothing_of_it(
    browser: Browser, site: str, district_officer: Colleague
) -> None:
    person = quarantined(a_neighbour(NAME, phone=NUMBER))
    with visiting(browser, site, cookies=cookies(district_officer), tolerated=REFUSED) as visit:
        page = visit.open("/nguoi/").page
        choose(page, "Mục đích", TRACING)
        write(page, "Số hoặc họ tên", NUMBER)
        press(page, "Tìm")
        expect(page.get_by_text("Không có ai trong địa bàn khớp")).to_be_visible()
        visit.open("/nguoi/theo-doi/")
        expect(page.get_by_text("Không có ai", exact=True)).to_be_visible()
        visit.open(f"/nguoi/{person.pk}/")
        expect(page.get_by_text("Không có gì ở địa chỉ này")).to_be_visible()


@WIDTHS
def test_the_followed_are_told_with_what_their_phones_say_of_themselves(
    browser: Browser, site: str, commune_officer: Colleague, viewport: Viewport
) -> None:
    citizen = quarantined(a_citizen(clock.now()))
    quarantined(a_neighbour(NAME), Class.TO_BE_TESTED)
    actions.note_bluetooth(
        device_id=Device.objects.get(person=citizen).pk, is_on=True, at=clock.now()
    )
    with visiting(browser, site, viewport=viewport, cookies=cookies(commune_officer)) as visit:
        page = visit.open("/nguoi/theo-doi/").page
        counts = page.get_by_role("table", name="Số người theo xã, phường").locator("tfoot td")
        expect(counts).to_have_text(["2", "1", "1", "1", "1"])
        expect(page.get_by_text("máy tự báo đang bật; chưa ai kiểm tra lại")).to_be_visible()
        is_sound(visit, "followed", viewport)
        choose(page, "Mục đích", TRACING)
        press(page, "Xem danh sách")
        listed = page.get_by_role("table", name="Từng người, theo xã, thời gian, số")
        expect(listed).to_contain_text("thấy trong 24 giờ, máy tự báo Bluetooth bật")
        expect(listed).to_contain_text("không có ứng dụng, không có điện thoại")
        is_sound(visit, "list", viewport)


def test_whoever_is_opened_sees_later_who_looked_and_why(
    browser: Browser, site: str, commune_officer: Colleague
) -> None:
    person = a_citizen(clock.now())
    with visiting(browser, site, cookies=cookies(commune_officer)) as visit:
        page = visit.open(f"/nguoi/{person.pk}/").page
        choose(page, "Mục đích", TRACING)
        press(page, "Mở")
        expect(page.get_by_text("Lần mở này đã được ghi lại")).to_be_visible()
    device, token = a_device(clock.now())
    Device.objects.filter(pk=device.pk).update(person=person)
    own = [{"name": COOKIE, "value": token}]
    with visiting(browser, site, viewport=PHONE, cookies=own) as visit:
        page = visit.open("/toi/ai-da-xem/").page
        expect(page.get_by_text(TRACING)).to_be_visible()
        expect(page.get_by_text("Phường Trần Phú")).to_be_visible()
        assert commune_officer.staff.name not in page.content()
        assert visit.violations() == []


@WIDTHS
def test_a_card_is_printed_fetched_and_revoked(
    browser: Browser, site: str, commune_officer: Colleague, viewport: Viewport, tmp_path: Path
) -> None:
    person = a_neighbour(NAME)
    with visiting(browser, site, viewport=viewport, cookies=cookies(commune_officer)) as visit:
        page = visit.open(f"/nguoi/{person.pk}/").page
        choose(page, "Mục đích", TRACING)
        press(page, "Mở")
        press(page, "In thẻ giấy")
        expect(page.get_by_role("heading", name="Thẻ giấy")).to_be_visible()
        is_sound(visit, "card-none", viewport)
        press(page, "In thẻ giấy")
        expect(page.get_by_text("Thẻ đã sẵn để tải và in.")).to_be_visible()
        is_sound(visit, "card", viewport)
        with page.expect_download(timeout=4 * PATIENCE_MS) as expected:
            press(page, "Tải tệp để in (PDF)")
        sheet = tmp_path / "the.pdf"
        expected.value.save_as(sheet)
        text = text_in(sheet.read_bytes())
        assert actions.read_code(text=text, by=SYSTEM, at=clock.now()).person == person.pk
        press(page, "In thẻ mới, bỏ thẻ này")
        expect(page.get_by_text("Thẻ trước đã hết dùng.")).to_be_visible()
        press(page, "Hủy thẻ này")
        expect(page.get_by_text("Chưa có thẻ nào đang dùng")).to_be_visible()
        expect(page.get_by_text("đã hủy", exact=True)).to_have_count(2)
        is_sound(visit, "card-revoked", viewport)


@WIDTHS
def test_a_family_is_asked_for_before_it_moves(
    browser: Browser, site: str, officer: Colleague, viewport: Viewport
) -> None:
    person = a_citizen(clock.now())
    add_dependant(guardian=person, said=Said("Bé Mẫu Một", "2019"), by=SYSTEM, at=clock.now())
    with visiting(
        browser, site, viewport=viewport, cookies=cookies(officer), tolerated=REFUSED
    ) as visit:
        page = visit.open(f"/nguoi/{person.pk}/").page
        choose(page, "Mục đích", TRACING)
        press(page, "Mở")
        press(page, "Sửa")
        write(page, "Họ và tên", NAME)
        write(page, "Xã, phường đang ở", f"[{NHON_BINH}]")
        press(page, "Xem lại thay đổi")
        expect(page.get_by_role("heading", name="Xem lại thay đổi")).to_be_visible()
        is_sound(visit, "moving", viewport)
        press(page, "Lưu thay đổi")
        expect(page.get_by_role("alert")).to_contain_text("Chọn người chuyển cùng")
        tick(page, page.get_by_role("checkbox", name=re.compile("B. M. M. 2019")))
        press(page, "Lưu thay đổi")
        expect(page.get_by_text("Đã sửa.")).to_be_visible()
    assert set(Person.objects.values_list("residence", flat=True)) == {NHON_BINH}


@pytest.mark.parametrize("theme", ["light", "dark"])
@WIDTHS
def test_lists_of_requests_and_proofs_are_sound(
    browser: Browser,
    site: str,
    officer: Colleague,
    auditor: Colleague,
    viewport: Viewport,
    theme: Theme,
) -> None:
    for who, path in (
        (officer, "/nguoi/yeu-cau/"),
        (auditor, "/xoa/"),
        (auditor, "/xoa/?loai=dem"),
    ):
        name = f"rights{re.sub('[^a-z]+', '-', path)}{theme}"
        with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookies(who)) as visit:
            visit.open(path)
            is_sound(visit, name, viewport)
