"""A citizen's own pages on a cheap phone, by keyboard alone: from beginning to end."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories.register import a_device, sent_code
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, Theme, Visit, visiting
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.people import actions, queries
from vungxanh.people.actions.dependants import add_dependant
from vungxanh.people.gateways.cookies import COOKIE
from vungxanh.people.models import Document, Person
from vungxanh.people.queries.devices import viewer_of
from vungxanh.people.values import Origin, Residence
from vungxanh.people.values.citizens import Said
from vungxanh.people.values.counts import Element
from vungxanh.people.values.entries import PersonChange
from vungxanh.people.values.standing import Colour, NewCard

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]

QUY_NHON, NAM = "vn-2025:21583", "vn-2025:21592"
NUMBER = "0912 000 001"  # an invented person's
REFUSED = "the server responded with a status of 4"
OWN = "/toi/"
Cookies = list[dict[str, str]]


def reach(page: Page, target: Locator, *, limit: int = 60) -> None:
    """Press Tab until something has the focus, shown by a line around it."""
    expect(target).to_be_visible(timeout=PATIENCE_MS)
    for _ in range(limit):
        if target.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    assert target.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none"


def press(page: Page, name: str, *, role: str = "button") -> None:
    """Reach a button or link and press Enter on it."""
    named = {
        "button": page.get_by_role("button", name=name),
        "link": page.get_by_role("link", name=name),
    }
    reach(page, named[role].first)
    page.keyboard.press("Enter")


def to_own(page: Page) -> None:
    """The last tab: everything that is the holder's."""
    reach(page, page.get_by_role("link", name="Của tôi", exact=True))
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    """Reach a field and type."""
    reach(page, page.get_by_label(label))
    page.keyboard.type(text)


def agree(page: Page) -> None:
    """Tick the box beside a text, which nobody ticked beforehand."""
    box = page.get_by_role("checkbox", name="Tôi đồng ý")
    expect(box).not_to_be_checked()
    reach(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def pick(page: Page, label: str, wanted: str, *, limit: int = 200) -> None:
    """Reach a list and go down it until the wanted line."""
    field = page.get_by_label(label)
    reach(page, field)
    for _ in range(limit):
        page.keyboard.press("ArrowDown")
        if field.evaluate("(one) => one.selectedOptions[0].text") == wanted:
            break
    assert field.evaluate("(one) => one.selectedOptions[0].text") == wanted


def is_sound(visit: Visit, name: str, at: str = "") -> None:
    """What every page keeps: nothing sideways, no finding of axe; its picture for the eye.

    `at` is the address that the browser must have come to.
    """
    expect(visit.page).to_have_url(re.compile(re.escape(at) + "$"), timeout=PATIENCE_MS)
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"citizen-{name}")
    assert visit.too_wide() == []
    # The tabs float above what can be scrolled away from below them: axe looks at the whole page.
    width = visit.page.evaluate("innerWidth")
    visit.page.set_viewport_size({"width": width, "height": 2400})
    assert visit.violations() == []
    visit.page.set_viewport_size({"width": width, "height": 740})


def with_phone(unit: str) -> int:
    return queries.total([unit], Element.WITH_PHONE)


def begun(visit: Visit) -> Page:
    """The browser is let in, anonymous."""
    page = visit.open("/toi/bat-dau/").page
    is_sound(visit, "start")
    press(page, "Bắt đầu")
    expect(page.get_by_text("chưa xác thực số")).to_be_visible()
    is_sound(visit, "home-anonymous")
    return page


def asked(visit: Visit) -> Page:
    """A code is on its way; a slip in the number is told beside it and mended."""
    page = visit.page
    press(page, "Xác thực số điện thoại", role="link")
    write(page, "Số điện thoại di động", NUMBER[:-1])
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số điện thoại di động")).to_have_value(NUMBER[:-1])
    expect(page.get_by_role("alert")).to_be_focused()
    is_sound(visit, "phone-refused")
    reach(page, page.get_by_label("Số điện thoại di động"))
    page.keyboard.press("End")
    page.keyboard.type(NUMBER[-1])
    agree(page)
    press(page, "Nhắn mã cho tôi")
    expect(page.get_by_text("Đã nhắn mã đến 091•••001")).to_be_visible()
    return page


def proved(visit: Visit) -> Page:
    """The commune is found while its name is typed, and the code is answered."""
    page = asked(visit)
    expect(page.get_by_role("button", name="Nhắn mã mới")).to_be_disabled()
    write(page, "Tìm theo tên hoặc địa chỉ", "tran phu quy nhon")
    found = page.get_by_role("radio", name="Phường Quy Nhơn Tỉnh Gia Lai")
    expect(found).to_be_visible(timeout=PATIENCE_MS)
    is_sound(visit, "place-found")
    reach(page, found)
    page.keyboard.press("Space")
    press(page, "Chọn nơi này")
    expect(page.get_by_text("Phường Quy Nhơn", exact=True)).to_be_visible()
    write(page, "Mã 6 số trong tin nhắn", sent_code())
    is_sound(visit, "code")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã xác thực")).to_be_visible()
    expect(page.get_by_text("Phường Quy Nhơn").first).to_be_visible()
    is_sound(visit, "done")
    return page


def moved(visit: Visit) -> None:
    """The residence changes, step by step from the province."""
    page = visit.page
    press(page, "Về trang chủ", role="link")
    is_sound(visit, "home", "/toi/")
    to_own(page)
    is_sound(visit, "own", "/toi/cua-toi/")
    press(page, "Đổi nơi ở", role="link")
    reach(page, page.get_by_text("Hoặc chọn từ tỉnh, thành phố"))
    page.keyboard.press("Enter")
    pick(page, "Tỉnh, thành phố", "Tỉnh Gia Lai")
    is_sound(visit, "place-province", "/toi/noi-o/")
    press(page, "Tiếp")
    pick(page, "Chọn tiếp", "Phường Quy Nhơn Nam")
    is_sound(visit, "place-commune", "?o=vn-2025%3A52")
    press(page, "Tiếp")
    write(page, "Số nhà, đường, thôn, tổ", "Tổ 1 (mẫu)")
    agree(page)
    is_sound(visit, "place-chosen", "?o=vn-2025%3A21592")
    press(page, "Lưu nơi ở mới")
    expect(page.get_by_text("Đã ghi nơi ở mới: Phường Quy Nhơn Nam.")).to_be_visible()


def with_family(visit: Visit) -> None:
    """A child without a phone is written down."""
    page = visit.page
    to_own(page)
    press(page, "Gia đình, người thân", role="link")
    is_sound(visit, "family-empty", "/toi/gia-dinh/")
    press(page, "Thêm người thân", role="link")
    write(page, "Họ và tên", "Bé Mẫu Một")
    write(page, "Năm sinh hoặc ngày sinh", "2019")
    is_sound(visit, "family-add", "/them/")
    press(page, "Thêm người này")
    expect(page.get_by_text("Đã thêm Bé Mẫu Một.")).to_be_visible()
    is_sound(visit, "family", "/toi/gia-dinh/")


def gone(visit: Visit) -> None:
    """The phone is let go and opens nothing any more."""
    page = visit.page
    to_own(page)
    press(page, "Rời máy này", role="link")
    is_sound(visit, "leave", "/roi-di/")
    press(page, "Rời máy này")
    expect(page.get_by_text("Máy này đã rời đi")).to_be_visible()
    assert "vx_phone" not in {one["name"] for one in page.context.cookies()}
    page.goto(visit.base + OWN)
    expect(page).to_have_url(visit.base + "/toi/bat-dau/")


def test_citizen_proves_a_number_moves_adds_a_child_and_leaves_by_keyboard_alone(
    browser: Browser, site: str
) -> None:
    with visiting(browser, site, viewport=PHONE, tolerated=REFUSED) as visit:
        begun(visit)
        before = with_phone(QUY_NHON)
        proved(visit)
        assert with_phone(QUY_NHON) == before + 1
        moved(visit)
        assert (with_phone(QUY_NHON), with_phone(NAM)) == (before, 1)
        with_family(visit)
        assert Person.objects.filter(origin=Origin.DEPENDANT, residence=NAM).count() == 1
        gone(visit)
        assert with_phone(NAM) == 1


def test_without_scripts_a_number_is_proved_as_well(browser: Browser, site: str) -> None:
    with visiting(browser, site, viewport=PHONE, scripts=False, tolerated=REFUSED) as visit:
        page = visit.page
        page.goto(f"{site}/toi/bat-dau/")
        page.get_by_role("button", name="Bắt đầu").click()
        page.get_by_role("link", name="Xác thực số điện thoại").click()
        page.get_by_label("Số điện thoại di động").fill(NUMBER)
        page.get_by_role("checkbox", name="Tôi đồng ý").check()
        page.get_by_role("button", name="Nhắn mã cho tôi").click()
        page.get_by_label("Tìm theo tên hoặc địa chỉ").fill("quy nhon nam")
        page.get_by_role("button", name="Tìm", exact=True).click()
        page.get_by_role("radio", name="Phường Quy Nhơn Nam").check()
        page.get_by_role("button", name="Chọn nơi này").click()
        page.get_by_label("Mã 6 số trong tin nhắn").fill(sent_code())
        page.get_by_role("button", name="Xác thực", exact=True).click()
        expect(page.get_by_role("heading", name="Đã xác thực")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("heading", name="Đã xác thực")).to_be_visible()
        assert with_phone(NAM) == 1


@pytest.fixture
def phone() -> Cookies:
    """The cookie of a phone whose holder proved a number and wrote everything down."""
    at = clock.now()
    device, token = a_device(at)
    viewer = viewer_of(device)
    actions.ask_code(device=device, phone=NUMBER, network="", by=viewer, at=at)
    home = Residence(QUY_NHON, "Tổ 1 (mẫu)")
    person = actions.confirm_code(device=device, code=sent_code(), residence=home, by=viewer, at=at)
    said = PersonChange("Người Mẫu Một", "1985-03-20", "female", (("cccd", "052185000001"),))
    actions.change_person(person_id=person.pk, change=said, by=viewer, at=at)
    add_dependant(guardian=person, said=Said("Bé Mẫu Một", "2019"), by=viewer, at=at)
    return [{"name": COOKIE, "value": token}]


def holder() -> Person:
    return Person.objects.get(origin=Origin.APP)


def of_child(path: str) -> str:
    return f"/toi/gia-dinh/{Person.objects.get(origin=Origin.DEPENDANT).pk}/{path}"


PAGES: dict[str, Callable[[], str]] = {
    "home": lambda: OWN,
    "phone": lambda: "/toi/dien-thoai/",
    "residence": lambda: "/toi/noi-o/",
    "wide": lambda: "/toi/noi-o/?q=gia+lai",
    "nowhere": lambda: "/toi/noi-o/?q=Thung+Lung+Sao",
    "own": lambda: "/toi/thong-tin/",
    "own-change": lambda: "/toi/thong-tin/sua/",
    "paper": lambda: "/toi/thong-tin/giay-to/",
    "paper-forget": lambda: f"/toi/thong-tin/giay-to/{Document.objects.get().pk}/bo/",
    "family": lambda: "/toi/gia-dinh/",
    "family-change": lambda: of_child(""),
    "family-remove": lambda: of_child("bo/"),
    "leave": lambda: "/toi/roi-di/",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", list(PAGES))
def test_page_of_a_citizen_is_sound_and_within_its_weight(
    browser: Browser, site: str, phone: Cookies, name: str, theme: Theme
) -> None:
    with visiting(browser, site, viewport=PHONE, theme=theme, cookies=phone) as visit:
        kilobytes = visit.open(PAGES[name]()).weight()
        is_sound(visit, f"{name}-{theme}")
        assert kilobytes["document"] <= 5
        assert kilobytes["icons"] <= 3
        assert sum(kilobytes.values()) <= 115


@pytest.mark.parametrize("colour", list(Colour))
def test_card_says_its_colour_in_a_word_and_a_shape(
    browser: Browser, site: str, phone: Cookies, colour: Colour
) -> None:
    at = clock.now()
    until = at.replace(year=at.year + 1)
    card = NewCard(holder().pk, colour, at, until, "declaration:1")
    actions.write_card(card=card, by=SYSTEM, at=at)
    with visiting(browser, site, viewport=SMALL_PHONE, theme="dark", cookies=phone) as visit:
        page = visit.open(OWN).page
        expect(page.locator(f".vx-pass-{colour} .vx-pass-head svg")).to_be_visible()
        expect(page.locator(f".vx-pass-{colour}")).to_contain_text("Thẻ")
        is_sound(visit, f"card-{colour}")


def test_particulars_show_on_touch_and_print_masked(
    browser: Browser, site: str, phone: Cookies
) -> None:
    with visiting(browser, site, viewport=PHONE, cookies=phone) as visit:
        page = visit.open("/toi/thong-tin/").page
        expect(page.get_by_text("Người Mẫu Một")).to_be_hidden()
        page.get_by_text("Người M. M.").click()
        expect(page.get_by_text("Người Mẫu Một")).to_be_visible()
        visit.open("/toi/thong-tin/")
        assert len(visit.printed("citizen-own")) == 1
        visit.open(OWN)
        assert len(visit.printed("citizen-home")) == 1
