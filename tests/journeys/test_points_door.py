"""At a point's door on a cheap phone: what a camera opens, a report, an officer's inspection."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Browser, Page, expect

from tests.factories.people import Colleague
from tests.factories.photos import a_photo
from tests.factories.points import a_point, code_of
from tests.journeys.browser import DESKTOP, PATIENCE_MS, PHONE, SMALL_PHONE, Visit, visiting
from vungxanh.checkins.actions.reminding import Reminding, remind_place
from vungxanh.checkins.actions.reports import report_poster
from vungxanh.checkins.models import Point, TamperReport
from vungxanh.checkins.values.inspections import Place, Result, Tamper, TamperSaid
from vungxanh.core import clock
from vungxanh.core.viewer import PUBLIC
from vungxanh.protocol.places import payloads

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places_of_both_eras"),
]
NAME = "Trường Tiểu học và Trung học cơ sở Trần Hưng Đạo (mẫu)"
REFUSED = "the server responded with a status of 4"
BUDGET_KB = 115


def session(colleague: Colleague) -> list[dict[str, str]]:
    """The session cookie of a member of staff."""
    cookie = colleague.client.cookies["vx_session"]
    return [{"name": cookie.key, "value": cookie.value}]


def address(point: Point, payload: str = "") -> str:
    """What stands in the QR, behind the site."""
    return f"/c/{point.code}#{payload or code_of(point).payload}"


def verdict(page: Page, words: str) -> None:
    """Wait until the page has said what the code is."""
    told = page.locator("[data-vx-verdict]")
    expect(told).to_contain_text(words, timeout=PATIENCE_MS)


def look(visit: Visit, name: str) -> None:
    """Nothing is too wide or hard to reach, and a picture for people to look at."""
    assert visit.too_wide() == []
    assert visit.violations() == []
    visit.picture(name)


def test_a_camera_opens_the_page_which_says_genuine(browser: Browser, site: str) -> None:
    point = a_point(NAME, at=clock.now())
    with visiting(browser, site, viewport=PHONE) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.open(address(point))
        verdict(visit.page, "Mã thật")
        expect(visit.page.get_by_role("heading", name=NAME)).to_be_visible()
        look(visit, "points-door-genuine")
        assert not any(code_of(point).payload in url.split("#")[0] for url in asked)
        weight = visit.weight()
        assert sum(weight.values()) <= BUDGET_KB
    with visiting(browser, site, viewport=SMALL_PHONE, theme="dark") as visit:
        visit.open(address(point))
        verdict(visit.page, "Mã thật")
        look(visit, "points-door-genuine-dark")


def test_a_forged_code_is_called_that(browser: Browser, site: str) -> None:
    point = a_point(NAME, at=clock.now())
    forged = payloads.write(payloads.read(code_of(point).payload, {}), Ed25519PrivateKey.generate())
    with visiting(browser, site, viewport=PHONE) as visit:
        visit.open(address(point, forged))
        verdict(visit.page, "Mã giả hoặc bị sửa")
        look(visit, "points-door-forged")


def test_without_scripts_the_page_names_the_point_and_takes_a_report(
    browser: Browser, site: str, tmp_path: Path
) -> None:
    point = a_point(NAME, at=clock.now())
    photo = tmp_path / "bang.jpg"
    photo.write_bytes(a_photo(size=(900, 1200)))
    with visiting(browser, site, viewport=PHONE, scripts=False) as visit:
        page = visit.open(address(point)).page
        expect(page.get_by_text("So với bảng trước mặt")).to_be_visible()
        page.get_by_role("link", name="Báo bảng mã có vấn đề").click()
        page.get_by_label("Có mã khác dán đè lên").check()
        page.get_by_label("Ảnh").set_input_files(photo)
        visit.picture("points-door-report")
        page.get_by_role("button", name="Gửi cho xã").click()
        expect(page.get_by_text("Đã gửi cho cán bộ xã")).to_be_visible(timeout=PATIENCE_MS)
        visit.picture("points-door-report-sent")
    assert TamperReport.objects.get().photos.count() == 1


def test_typing_the_code_finds_the_point_and_another_site_is_never_opened(
    browser: Browser, site: str
) -> None:
    point = a_point(NAME, at=clock.now())
    with visiting(browser, site, viewport=PHONE, tolerated=REFUSED) as visit:
        page = visit.open("/c/").page
        look(visit, "points-door-type")
        page.get_by_label("Mã điểm in dưới mã QR").fill("https://evil.example/c/ABC")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Mã của trang khác")).to_be_visible(timeout=PATIENCE_MS)
        assert page.url == f"{site}/c/"
        page.get_by_label("Mã điểm in dưới mã QR").fill(point.code.lower())
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=NAME)).to_be_visible(timeout=PATIENCE_MS)


def test_an_officer_inspects_and_reminds_on_a_phone(
    browser: Browser, site: str, officer: Colleague
) -> None:
    point = a_point(NAME, at=clock.now())
    with visiting(browser, site, viewport=PHONE, cookies=session(officer)) as visit:
        page = visit.open("/diem/kiem-tra/").page
        page.get_by_label("Mã điểm in dưới mã QR").fill(point.code)
        page.keyboard.press("Enter")
        page.get_by_label("Chưa treo bảng mã").check()
        page.get_by_label("Ghi chú").fill("Cổng chính chưa treo")
        look(visit, "points-inspect")
        page.get_by_role("button", name="Ghi kết quả").click()
        expect(page.get_by_text("Lần nhắc 1 trong 3 lần")).to_be_visible(timeout=PATIENCE_MS)
        look(visit, "points-remind")
        page.get_by_role("button", name="Nhắc nơi này").click()
        expect(page.get_by_text("Phiếu nhắc lần 1")).to_be_visible(timeout=PATIENCE_MS)
        look(visit, "points-note")
        visit.printed("points-note-print")
        visit.open("/diem/kiem-tra/")
        look(visit, "points-inspect-home")


def test_officers_see_reports_their_photos_and_the_list(
    browser: Browser, site: str, officer: Colleague
) -> None:
    point = a_point(NAME, at=clock.now())
    said = TamperSaid(Tamper.PASTED_OVER, "Dán đè ở cổng sau", photos=(a_photo(size=(900, 1200)),))
    found = report_poster(point_id=point.pk, said=said, by=PUBLIC, at=clock.now())
    remind_place(
        place=Place(point_id=point.pk),
        said=Reminding(Result.NO_POSTER, clock.today() + timedelta(days=3)),
        by=officer.viewer,
        at=clock.now(),
    )
    pages = {
        "reports": "/diem/bao-ma/",
        "report": f"/diem/bao-ma/{found}/",
        "revoked": "/diem/thu-hoi/",
    }
    with visiting(browser, site, viewport=DESKTOP, cookies=session(officer)) as visit:
        for name, path in pages.items():
            visit.open(path)
            look(visit, f"points-{name}")
    with visiting(browser, site, viewport=PHONE, theme="dark", cookies=session(officer)) as visit:
        for name, path in pages.items():
            visit.open(path)
            look(visit, f"points-{name}-phone-dark")
