"""A point's day in counts, on the owner's phone and at the officer's desk, in a real browser."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from tests.checkins.intake.calls import id_at
from tests.factories.people import Colleague, employed
from tests.factories.points import QUY_NHON, a_point
from tests.journeys import test_points_desk as desk
from tests.journeys.browser import PATIENCE_MS, PHONE, SMALL_PHONE, visiting
from tests.journeys.test_point_devices import a_point_of
from tests.journeys.test_points_citizen import an_owner_s_cookie, is_sound
from vungxanh.accounts import actions as accounts
from vungxanh.accounts.rules import Role
from vungxanh.checkins.actions.activity import count_activity
from vungxanh.checkins.models import Inspection, Point, Scan
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]


def scanned(point: Point, n: int, at: datetime) -> None:
    """So many come in within a second, by one device."""
    for person in range(n):
        Scan.objects.create(
            id=id_at(at),
            person_id=person + 1,
            point_id=point.pk,
            entrance=0,
            direction=0,
            means=0,
            at=at,
            received_at=at,
            device_id=UUID(int=7),
            flags=0,
        )


@pytest.mark.parametrize(
    ("viewport", "theme"), [(PHONE, "light"), (SMALL_PHONE, "dark")], ids=["light", "dark"]
)
def test_the_owner_sees_the_day_and_answers_what_was_found(
    browser: Browser, site: str, viewport: dict[str, int], theme: Literal["light", "dark"]
) -> None:
    cookie = an_owner_s_cookie()
    point = a_point_of(cookie)
    scanned(point, 3, clock.now())
    Inspection.objects.create(point=point, result="no_poster", at=clock.now(), by="staff:1")
    at = f"/toi/diem/{point.code}/"
    with visiting(browser, site, viewport=viewport, theme=theme, cookies=cookie) as visit:
        page = visit.open(at).page
        expect(page.get_by_text("3 lượt vào, 0 lượt ra.")).to_be_visible()
        expect(page.get_by_text("Đang ở trong: 3 người")).to_be_visible()
        is_sound(visit, "today", at)
        page.get_by_role("link", name="Đọc và trả lời").click()
        page.get_by_label("Bạn đã sửa gì").fill("Đã treo lại ở cửa.")
        page.get_by_role("button", name="Gửi trả lời").click()
        expect(page.get_by_text("Đã gửi trả lời")).to_be_visible(timeout=PATIENCE_MS)
        page = visit.open(at).page
        expect(page.get_by_text("đã trả lời, chờ cán bộ xem")).to_be_visible()


@desk.WIDTHS
def test_an_officer_goes_from_the_counts_to_what_is_worth_a_look(
    browser: Browser, site: str, viewport: dict[str, int]
) -> None:
    accounts.load_purposes(by=SYSTEM, at=clock.now())
    officer: Colleague = employed("commune", Role("commune_officer"), QUY_NHON)
    scanned(a_point("Chợ Đầm"), 30, clock.now() - timedelta(days=1))
    a_point("Chợ Vắng")
    count_activity(at=clock.now())
    cookies = desk.cookies(officer)
    with visiting(browser, site, viewport=viewport, cookies=cookies) as visit:
        page = visit.open("/diem/su-dung/").page
        expect(page.get_by_text("trong 2 điểm đang đăng ký")).to_be_visible()
        desk.is_sound(visit, "used", viewport)
        page.get_by_role("link", name="Xem các điểm này").last.click()
        expect(page.get_by_text("Một máy ghi 30 lượt vào trong một phút")).to_be_visible()
        desk.is_sound(visit, "odd", viewport)
        page.get_by_role("link", name="Chợ Đầm").click()
        expect(page.get_by_role("heading", name="Nên xem lại")).to_be_visible(timeout=PATIENCE_MS)
        desk.is_sound(visit, "odd-point", viewport)
