"""A signed sheet is entered by keyboard alone, and the next blank one comes at once."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.declarations.paper_scene import in_use
from tests.factories.people import Colleague, employed
from tests.factories.register import TRAN_PHU
from tests.journeys.browser import DESKTOP, PATIENCE_MS, visiting
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.declarations.actions.numbering import number_sheets
from vungxanh.declarations.models import Declaration, EnteredSheet

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
REFUSED = "the server responded with a status of 4"
# What is written on the sheet, question by question, as it is typed: then Enter.
WRITTEN = [
    *("Nguoi Mau Giay", "1985", "2", "", "", "P. Trần Phú, Quy Nhơn", "12 Le Loi"),
    *("0912000009", "", "", "12", "0", "", "0", "0", "0", "0", "", "", "", ""),
]
MOST_KEYS = 140


@pytest.fixture(autouse=True)
def purposes(transactional_db: None) -> None:
    accounts.load_purposes(by=SYSTEM, at=clock.now())


@pytest.fixture
def officer(transactional_db: None, places: None) -> Colleague:
    return employed("commune", Role("commune_officer"), TRAN_PHU)


def cookies(of: Colleague) -> list[dict[str, str]]:
    return [{"name": "vx_session", "value": of.client.cookies["vx_session"].value}]


class Keys:
    """A keyboard that counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self._page, self.n = page, 0

    def line(self, text: str) -> None:
        """Text and Enter."""
        self._page.keyboard.type(text)
        self._page.keyboard.press("Enter")
        self.n += len(text) + 1


def begin(page: Page) -> None:
    """A pile, chosen once."""
    page.get_by_label("Mẫu tờ khai").select_option("general")
    page.get_by_label("Mục đích").select_option("tracing")
    page.get_by_label("Tờ giấy cất ở đâu").fill("Tủ hồ sơ trạm, cặp 3")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số in trên tờ")).to_be_focused(timeout=PATIENCE_MS)


def test_a_sheet_is_entered_by_keyboard_alone(
    browser: Browser, site: str, officer: Colleague
) -> None:
    version = in_use()
    number = number_sheets(version=version, n=1)[0]
    with visiting(browser, site, cookies=cookies(officer), viewport=DESKTOP) as visit:
        page = visit.page
        visit.open("/to-khai/nhap/")
        begin(page)
        keys = Keys(page)
        keys.line(number[3:].lstrip("0"))
        for text in WRITTEN:
            keys.line(text)
        keys.line("")
        expect(page.get_by_text("Đã lưu tờ")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_label("Số in trên tờ")).to_be_focused()
        expect(page.get_by_label("Số in trên tờ")).to_have_value("")
    assert keys.n <= MOST_KEYS
    assert EnteredSheet.objects.get().number == number
    assert Declaration.objects.get().is_ill
