"""The public page: which purposes there are, and how often they were named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.factories.people import Colleague, Person
from vungxanh.accounts import actions
from vungxanh.accounts.models import Purpose
from vungxanh.accounts.queries.purposes import uses_by_month
from vungxanh.core.clock import frozen_at, today
from vungxanh.core.viewer import SYSTEM

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def purposes(db: None) -> Iterator[None]:
    """The list of purposes that the package brings, on a day on which they hold."""
    with frozen_at(NOON):
        actions.load_purposes(by=SYSTEM, at=NOON)
        yield


def look(by: Colleague, n: int, at: datetime, purpose: str = "tracing") -> None:
    """Look at so many people."""
    for number in range(n):
        actions.look(
            viewer=by.viewer, purpose=purpose, resource="x", subject=f"person:{number}", at=at
        )


@pytest.mark.parametrize("path", ["/dang-nhap/", "/dia-ban/vn-2021:540/"])
def test_every_page_leads_to_it(outsider: Person, path: str) -> None:
    assert 'href="/minh-bach/">Minh bạch</a>' in outsider.client.get(path).content.decode()


def page(by: Person, language: str = "vi") -> str:
    """The page as somebody sees it."""
    by.client.cookies["vx_language"] = language
    with frozen_at(NOON):
        reply = by.client.get("/minh-bach/")
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def test_anyone_reads_the_purposes_with_their_law_and_days(outsider: Person) -> None:
    shown = page(outsider)
    assert "Truy vết và báo cho người tiếp xúc" in shown
    assert "Điều 19 khoản 1 điểm a, Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15" in shown
    assert "Không có mục đích nào cho công an" in shown


def test_the_page_is_there_in_english(outsider: Person) -> None:
    shown = page(outsider, "en")
    assert "Trace contacts and tell them" in shown
    assert "Truy vết" not in shown
    assert "There is no purpose for police" in shown


def test_counts_of_a_month_come_from_the_log_and_small_ones_are_not_told(
    officer: Colleague, outsider: Person
) -> None:
    look(officer, 7, NOON)
    look(officer, 4, NOON, "care")
    look(officer, 6, NOON - timedelta(days=31))
    counted = {(use.month.month, use.purpose): use.n_seen for use in uses_by_month(NOON.date())}
    assert (counted[11, "tracing"], counted[10, "tracing"], counted[11, "care"]) == (7, 6, 4)
    shown = page(outsider)
    assert '<th scope="row" class="vx-num">11/2026</th><td class="vx-right vx-num">7</td>' in shown
    assert '<td class="vx-right vx-num">4</td>' not in shown
    assert "dưới 5" in shown


def test_five_are_told_and_four_are_not(officer: Colleague, outsider: Person) -> None:
    look(officer, 5, NOON)
    look(officer, 4, NOON, "care")
    shown = page(outsider)
    assert shown.count('<td class="vx-right vx-num">5</td>') == 1


def test_a_month_shows_purposes_that_were_in_force_in_it() -> None:
    Purpose.objects.filter(code="care").update(ends_on=datetime(2026, 9, 30, tzinfo=UTC).date())
    with frozen_at(NOON):
        months = {use.month.month for use in uses_by_month(today()) if use.purpose == "care"}
    assert months == {1, 2, 3, 4, 5, 6, 7, 8, 9}


def test_an_ended_purpose_stays_on_the_page(outsider: Person) -> None:
    Purpose.objects.filter(code="care").update(ends_on=datetime(2026, 9, 30, tzinfo=UTC).date())
    shown = page(outsider)
    assert "Mục đích đã hết hoặc chưa đến ngày" in shown


def test_without_purposes_the_page_says_that_nobody_may_look(outsider: Person) -> None:
    Purpose.objects.all().delete()
    assert "không ai xem được thông tin người" in page(outsider)


def test_the_page_takes_few_queries(
    outsider: Person, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        page(outsider)
