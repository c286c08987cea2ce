"""Duties in a browser: a phone at the desk of a district, the wall of the province, a new duty."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.duties.conftest import DAILY, DUE, MORNING
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from tests.journeys.browser import DESKTOP, PHONE, Theme, Visit, visiting
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.duties import actions
from vungxanh.duties.models import Occurrence
from vungxanh.duties.rules import HolderKind, SourceKind
from vungxanh.duties.values import Holder, NewDuty

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
BEFORE_DUE = DUE - timedelta(minutes=30)
TITLE = "Báo cáo số máy đã cài (mẫu)"
Desk = Callable[..., object]


@pytest.fixture
def owed(places: None) -> tuple[Colleague, Colleague]:
    """Two districts owe the province a daily report; the officers of the province and of one."""
    province = employed("province", Role("province_officer"), PROVINCE)
    for unit in (QUY_NHON, AN_NHON):
        duty = NewDuty(
            title=TITLE,
            holder=Holder(HolderKind.UNIT, unit),
            owed_to=PROVINCE,
            schedule=DAILY,
            source_kind=SourceKind.LETTER,
            source="Công văn mẫu 01, mục 5",
        )
        actions.owe(duty=duty, by=province.viewer, at=MORNING)
    return province, employed("district", Role("district_officer"), QUY_NHON)


@contextmanager
def desk(
    browser: Browser,
    site: str,
    who: Colleague,
    *,
    viewport: dict[str, int] = DESKTOP,
    theme: Theme = "light",
    scripts: bool = True,
) -> Iterator[Visit]:
    """Somebody's browser, signed in, half an hour before the reports are due."""
    cookie = who.client.cookies["vx_session"]
    cookies = [{"name": cookie.key, "value": cookie.value}]
    with (
        frozen_at(BEFORE_DUE),
        visiting(
            browser, site, viewport=viewport, theme=theme, scripts=scripts, cookies=cookies
        ) as visit,
    ):
        yield visit


def test_district_does_its_work_on_a_phone_without_scripts(
    browser: Browser, site: str, owed: tuple[Colleague, Colleague]
) -> None:
    with desk(browser, site, owed[1], viewport=PHONE, scripts=False) as visit:
        page = visit.open("/viec/").page
        today = page.get_by_role("region", name="Hôm nay", exact=True)
        expect(today.get_by_role("link", name=TITLE)).to_have_count(1)
        today.get_by_text("Đã làm", exact=True).click()
        today.get_by_label("Đã làm gì").fill("Đã gửi tệp")
        today.get_by_role("button", name="Ghi là xong").click()
        done = page.get_by_role("region", name="Hôm nay đã xong")
        expect(done).to_contain_text("Đã gửi tệp")
        done.get_by_role("button", name="Lấy lại").click()
        expect(today.get_by_role("link", name=TITLE)).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_wall_and_every_page_are_sound(
    browser: Browser, site: str, owed: tuple[Colleague, Colleague], theme: Theme
) -> None:
    province, district = owed
    falls_due = Occurrence.objects.filter(duty__unit_id=QUY_NHON).earliest("due_at")
    by, at = district.viewer, BEFORE_DUE
    actions.meet(occurrence_id=falls_due.id, evidence="note:Đã gửi", by=by, at=at)
    one, duty = f"/viec/{falls_due.id}/", f"/nghia-vu/{falls_due.duty_id}/"
    viewport = PHONE if theme == "dark" else DESKTOP
    with desk(browser, site, province, viewport=viewport, theme=theme) as visit:
        page = visit.open("/viec/bang/").page
        expect(page.get_by_text("1/2")).to_be_visible()
        expect(page.get_by_role("region", name="Chưa đến hạn")).to_contain_text("Thị xã An Nhơn")
        paths = ("/viec/bang/", "/viec/", one, duty, f"{duty}ket-thuc/", "/nghia-vu/")
        for path in (*paths, "/nghia-vu/them/", "/viec/lich/"):
            visit.open(path)
            assert (path, visit.violations(), visit.too_wide()) == (path, [], [])
        assert all(stop["visible"] for stop in visit.open(one).tabbed())
        assert len(visit.open("/viec/bang/").printed("duties-wall")) == 1
