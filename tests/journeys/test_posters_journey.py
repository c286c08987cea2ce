"""Posters from the form to the ZIP in a real browser without JavaScript, wide, narrow and dark."""

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.people import Colleague
from tests.factories.points import a_point
from tests.journeys.browser import DESKTOP, PHONE, Theme, Visit, visiting
from vungxanh.checkins.actions.printing import print_waiting

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]


def is_sound(visit: Visit, name: str) -> None:
    """Nothing sideways, no finding of axe; a picture for the eye."""
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"posters-{name}")
    assert visit.too_wide() == []
    assert visit.violations() == []


@pytest.mark.parametrize(
    ("viewport", "theme"),
    [(DESKTOP, "light"), (PHONE, "light"), (DESKTOP, "dark")],
    ids=["1440", "360", "dark"],
)
def test_posters_are_asked_for_waited_for_and_there(
    browser: Browser,
    site: str,
    officer: Colleague,
    viewport: dict[str, int],
    theme: Theme,
    request: pytest.FixtureRequest,
) -> None:
    shown = request.node.callspec.id
    a_point("Chợ mẫu")
    session = {"name": "vx_session", "value": officer.client.cookies["vx_session"].value}
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=[session]) as visit:
        page = visit.open("/diem/bang-ma/").page
        expect(page.get_by_text("Bạn chưa in lần nào")).to_be_visible()
        is_sound(visit, f"form-{shown}")
        page.get_by_label("Khổ in").select_option("a4")
        page.get_by_role("button", name="In bảng mã các điểm này").click()
        expect(page.get_by_text("Đã in 0 / 1 tờ")).to_be_visible()
        is_sound(visit, f"waiting-{shown}")
        assert print_waiting() == 1
        expect(page.get_by_role("link", name="Tải tệp ZIP")).to_be_visible(timeout=30_000)
        is_sound(visit, f"done-{shown}")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Tải tệp ZIP").click()
        assert taken.value.suggested_filename == "bang-ma-a4-1.zip"
        visit.open("/diem/bang-ma/")
        is_sound(visit, f"list-{shown}")
