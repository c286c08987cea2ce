"""A day of reporting in a browser: Form 1, a faulty one, a good one, one missing, one by telephone.

The table of 17h00 says who is missing, is published, and corrected the next day; both stay.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Colleague, employed
from tests.journeys.browser import Visit, visiting
from vungxanh.accounts.rules import Role
from vungxanh.core.clock import frozen_at
from vungxanh.duties import actions as duties
from vungxanh.messaging.models import Message
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.exports.day_table import drawn
from vungxanh.uptake.models import DayTable, FigureReport, Reporter

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("places"),
]
BOTH = (QUY_NHON, AN_NHON)
QUARTER_PAST_FOUR = made.DUE + timedelta(minutes=15)
HALF_PAST_FOUR = made.DUE + timedelta(minutes=30)
NEXT_MORNING = made.EVENING + timedelta(hours=16)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Day:
    """Who takes part: three operators with their contacts, the duty officer, the province."""

    reporters: dict[str, Reporter]
    contacts: dict[str, Colleague]
    on_duty: Colleague
    province: Colleague


@pytest.fixture
def day(places: None) -> Day:
    """Three operators owe Form 1 on two districts by 16h00."""
    form = made.form_1()
    held = {name: made.operator(f"Nhà mạng {name}") for name in "ABC"}
    return Day(
        reporters={name: made.reporter(form, one, covers=BOTH) for name, one in held.items()},
        contacts={
            name: employed(f"contact-{name.lower()}", Role("operator"), PROVINCE, organisation=one)
            for name, one in held.items()
        },
        on_duty=employed("on-duty", Role("duty_officer"), PROVINCE),
        province=employed("province", Role("province_officer"), PROVINCE),
    )


def test_a_day_of_reports_and_the_next_morning(browser: Browser, site: str, day: Day) -> None:
    with at_desk(browser, site, day.contacts["A"], made.NOON) as visit:
        form = downloaded(visit)
        send(visit, filled(form, "12.345", "không"))
        expect(alert(visit.page)).to_contain_text("Chưa gửi được")
        visit.page.get_by_role("link", name="Nộp tệp khác").click()
        send(visit, filled(form, 12345, 0))
        visit.page.get_by_role("button", name="Gửi", exact=True).click()
        expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Biên nhận báo cáo")

    assert reminded(day.contacts["B"]) == 1

    with at_desk(browser, site, day.on_duty, HALF_PAST_FOUR) as visit:
        tell_by_telephone(visit, "Nhà mạng C")
    assert FigureReport.objects.get(channel="telephone").caller == "Người đọc số"

    assert reporting.make_due_tables(drawn=drawn, at=made.EVENING) == 1
    first = DayTable.objects.get()
    with at_desk(browser, site, day.province, made.EVENING) as visit:
        page = visit.open(f"/so-lieu/bang-ngay/{first.id}/").page
        expect(status_of(page, "Chưa đủ báo cáo: 2/3")).to_contain_text("Nhà mạng B")
        publish(page)
    with at_desk(browser, site, None, made.EVENING) as visit:
        visit.open(f"/dia-ban/{QUY_NHON}/nguon/installs/")
        expect(visit.page.get_by_role("main")).to_contain_text("Nhà mạng B")

    with at_desk(browser, site, day.contacts["B"], NEXT_MORNING) as visit:
        report_in_table(visit, day.reporters["B"])
    with at_desk(browser, site, day.province, NEXT_MORNING) as visit:
        page = visit.open(f"/so-lieu/bang-ngay/{first.id}/").page
        page.get_by_role("link", name="Lập bản đính chính").first.click()
        page.get_by_label("Lý do đính chính").fill("Nhà mạng B nộp trễ")
        page.get_by_role("button", name="Lập bản đính chính").click()
        publish(page)

    with at_desk(browser, site, None, NEXT_MORNING) as visit:
        page = visit.open(f"/so-lieu/bang-ngay/{first.id}/").page
        expect(status_of(page, "Bản này đã được đính chính")).to_contain_text("Nhà mạng B nộp trễ")
        page.get_by_role("link", name="Xem bản số 2").first.click()
        expect(status_of(page, "Đủ 3/3")).to_be_visible()
        assert visit.violations() == []
    assert DayTable.objects.filter(state="published").count() == 2


@contextmanager
def at_desk(browser: Browser, site: str, who: Colleague | None, at: datetime) -> Iterator[Visit]:
    """Somebody's browser at an hour of the day; without anybody, a stranger's."""
    cookie = who.client.cookies["vx_session"] if who else None
    cookies = [{"name": cookie.key, "value": cookie.value}] if cookie else []
    with (
        frozen_at(at),
        visiting(browser, site, cookies=cookies, tolerated="status of 422") as visit,
    ):
        yield visit


def downloaded(visit: Visit) -> bytes:
    """Form 1, from the page of what is owed; the browser then stands where it is brought."""
    page = visit.open("/so-lieu/bao-cao/").page
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải biểu mẫu").first.click()
    content = started.value.path().read_bytes()
    page.get_by_role("link", name=re.compile("^Nộp báo cáo")).first.click()
    return content


def filled(form: bytes, *counts: object) -> bytes:
    """The form with counts in the cells under the head of the phones."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.active
    assert sheet is not None
    head = next(
        c
        for row in sheet.iter_rows()
        for c in row
        if "thông minh cài" in str(c.value) and c.row > 3 and c.column == 3
    )
    cells = (sheet.cell(head.row + n, head.column) for n in range(1, 30))
    wanted = [cell for cell in cells if not cell.protection.locked][: len(counts)]
    for cell, count in zip(wanted, counts, strict=True):
        cell.value = count
    made_of = io.BytesIO()
    book.save(made_of)
    return made_of.getvalue()


def send(visit: Visit, content: bytes) -> None:
    """Bring a file; what was found is shown next."""
    file = {"name": "bieu-mau-1.xlsx", "mimeType": XLSX, "buffer": content}
    visit.page.get_by_label("Tệp báo cáo").set_input_files(file)  # type: ignore[arg-type]
    visit.page.get_by_role("button", name="Đọc và kiểm báo cáo").click()


def reminded(who: Colleague) -> int:
    """Letters to somebody once a quarter past four has come."""
    duties.remind(at=QUARTER_PAST_FOUR)
    letters = Message.objects.filter(kind="duties.reminder")
    return sum(one.to == who.email for one in letters)


def tell_by_telephone(visit: Visit, name: str) -> None:
    """The duty officer enters what a caller reads out."""
    page = visit.open("/so-lieu/bao-cao/").page
    page.get_by_role("link", name=f"Qua điện thoại {name}").click()
    page.get_by_label("Người gọi").fill("Người đọc số")
    page.get_by_label("Ngày gọi").fill("28/8/2020")
    page.get_by_label("Giờ gọi").fill("16:25")
    page.get_by_label("Thành phố Quy Nhơn").fill("900")
    page.get_by_label("Thị xã An Nhơn").fill("100")
    page.get_by_role("button", name="Kiểm và đọc lại").click()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Điện thoại")


def report_in_table(visit: Visit, one: Reporter) -> None:
    """An operator fills in the page's own table for the day before."""
    page = visit.open(f"/so-lieu/bao-cao/{one.id}/nop/?ngay={made.DAY}&cach=bang").page
    page.get_by_label("Thành phố Quy Nhơn").fill("500")
    page.get_by_label("Thị xã An Nhơn").fill("50")
    page.get_by_role("button", name="Đọc và kiểm báo cáo").click()
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Trễ hạn")


def publish(page: Page) -> None:
    """Approve a table, then open it to anyone."""
    page.get_by_role("link", name="Duyệt bảng").click()
    page.get_by_role("button", name="Duyệt").click()
    page.get_by_role("link", name="Công bố").click()
    page.get_by_role("button", name="Công bố").click()
    expect(page.get_by_role("main")).to_contain_text("Đã công bố")


def alert(page: Page) -> Locator:
    """What keeps a report from being sent."""
    return page.get_by_role("alert").first


def status_of(page: Page, words: str) -> Locator:
    """The box that says so."""
    return page.get_by_role("status").filter(has_text=words).first
