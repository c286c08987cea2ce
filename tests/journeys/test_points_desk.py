"""An officer and the points of the commune, in a real browser, at both widths."""

import pytest
from playwright.sync_api import Browser, expect

from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON, a_point
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, Visit, visiting
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import State
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
WIDTHS = pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["1440", "360"])


@pytest.fixture
def commune_officer(transactional_db: None, places_of_both_eras: None) -> Colleague:
    """The officer of today's ward of Quy Nhơn."""
    accounts.load_purposes(by=SYSTEM, at=clock.now())
    return employed("commune", Role("commune_officer"), QUY_NHON)


@WIDTHS
def test_an_officer_finds_approves_and_suspends_a_point_and_takes_that_back(
    browser: Browser, site: str, commune_officer: Colleague, viewport: dict[str, int]
) -> None:
    point = a_point("Chợ Đầm", address="12 Lê Lợi", state=State.REGISTERED, at=clock.now())
    a_point("Trường mẫu", at=clock.now())
    with visiting(browser, site, viewport=viewport, cookies=cookies(commune_officer)) as visit:
        page = visit.open("/diem/").page
        page.get_by_label("Tên, địa chỉ hoặc mã điểm").fill("dam le l")
        page.get_by_role("button", name="Lọc").click()
        expect(page.get_by_role("link", name="Chợ Đầm")).to_be_visible(timeout=PATIENCE_MS)
        expect(page.get_by_text("Trường mẫu")).to_have_count(0)
        is_sound(visit, "list", viewport)
        page.get_by_label("Chọn Chợ Đầm").check()
        page.get_by_role("button", name="Duyệt các điểm đã chọn").click()
        expect(page.get_by_text("Đã duyệt 1 điểm")).to_be_visible(timeout=PATIENCE_MS)
        page.get_by_role("link", name="Chợ Đầm").click()
        expect(page.get_by_role("heading", name="Chợ Đầm")).to_be_visible(timeout=PATIENCE_MS)
        is_sound(visit, "point", viewport)
        decision = page.locator("section", has=page.get_by_role("heading", name="Quyết định"))
        decision.get_by_label("Lý do").fill("Mã dán sai chỗ")
        decision.get_by_role("button", name="Tạm dừng").click()
        expect(page.get_by_text("Đã tạm dừng điểm")).to_be_visible(timeout=PATIENCE_MS)
        page.get_by_role("button", name="Hoàn tác").click()
        expect(page.get_by_text("Đã hoàn tác.")).to_be_visible(timeout=PATIENCE_MS)
    assert Point.objects.get(pk=point.pk).state == State.APPROVED


@WIDTHS
def test_two_points_that_are_one_are_compared_and_merged(
    browser: Browser, site: str, commune_officer: Colleague, viewport: dict[str, int]
) -> None:
    kept, gone = a_point("Chợ Đầm", at=clock.now()), a_point("CHO DAM", at=clock.now())
    with visiting(browser, site, viewport=viewport, cookies=cookies(commune_officer)) as visit:
        page = visit.open("/diem/trung/").page
        is_sound(visit, "pairs", viewport)
        page.get_by_role("link", name="So sánh").click()
        expect(page.get_by_role("heading", name="CHO DAM")).to_be_visible(timeout=PATIENCE_MS)
        is_sound(visit, "pair", viewport)
        page.get_by_label("Lý do gộp").fill("Một chợ")
        page.get_by_role("button", name="Giữ điểm này, gộp điểm kia").first.click()
        expect(page.get_by_text("Đã gộp vào điểm khác")).to_be_visible(timeout=PATIENCE_MS)
    assert Point.objects.get(pk=gone.pk).merged_into_id == kept.pk


def cookies(of: Colleague) -> list[dict[str, str]]:
    return [{"name": "vx_session", "value": of.client.cookies["vx_session"].value}]


def is_sound(visit: Visit, name: str, viewport: dict[str, int]) -> None:
    """Nothing sideways, no finding of axe; a picture for the eye."""
    visit.page.evaluate("document.fonts.ready")
    visit.picture(f"points-desk-{name}-{viewport['width']}")
    assert visit.too_wide() == []
    assert visit.violations() == []
