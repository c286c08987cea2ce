"""Who reported when: marks, rates, repeat offenders, and whose lines anybody sees."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import reporting as made
from tests.factories.people import AN_NHON, PROVINCE, QUY_NHON, Person, employed
from vungxanh.accounts.rules import Role
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.duties import actions as duties
from vungxanh.duties import queries as owed
from vungxanh.duties.rules import State
from vungxanh.uptake.models import Reporter, ReportForm
from vungxanh.uptake.overview.reporting_look import StandingLook, StandingPage
from vungxanh.uptake.overview.reporting_status import compose
from vungxanh.uptake.rules.standing import Came, Due, Mark, Tally, marks_of, offences, tallied

COUNTRY = "vn-2021:vn"
PAGE = "/so-lieu/bao-cao/tinh-hinh/"
BOTH = (QUY_NHON, AN_NHON)
LOOK = StandingLook(last=made.DAY, n_days=7)


@pytest.fixture
def form(places: None) -> ReportForm:
    """Form 1."""
    return made.form_1()


@pytest.fixture
def two(form: ReportForm) -> tuple[Reporter, Reporter]:
    """Two operators that report on two districts of the province."""
    first, second = (made.operator(f"Nhà mạng {name}") for name in "AB")
    return made.reporter(form, first, covers=BOTH), made.reporter(form, second, covers=BOTH)


def said(page: StandingPage) -> dict[str, list[str]]:
    """Of each reporter, the words of the last day."""
    return {row.name: [chip.words for chip in row.cells[0].chips] for row in page.rows}


@pytest.mark.parametrize(
    ("due", "came", "expected"),
    [
        (Due(State.DONE, made.DUE, False), Came(1, False), [Mark.ON_TIME]),
        (
            Due(State.REVISED, made.DUE, True),
            Came(2, True),
            [Mark.LATE, Mark.REVISED, Mark.ZERO],
        ),
        (Due(State.OPEN, made.DUE, False), None, [Mark.MISSING]),
        (
            Due(State.OPEN, made.EVENING + timedelta(hours=1), False),
            None,
            [Mark.AWAITED],
        ),
        (Due(State.WAIVED, made.DUE, False), None, [Mark.WAIVED]),
        (Due(State.CANCELLED, made.DUE, False), None, []),
    ],
    ids=["on time", "late, revised, zero", "missing", "awaited", "waived", "cancelled"],
)
def test_a_day_bears_every_mark_that_holds(
    due: Due, came: Came | None, expected: list[Mark]
) -> None:
    assert list(marks_of(due, came, at=made.EVENING)) == expected


def test_what_is_waived_or_awaited_lowers_no_rate() -> None:
    days = [(Mark.ON_TIME,), (Mark.WAIVED,), (Mark.AWAITED,), (Mark.MISSING,)]
    assert tallied(days) == Tally(2, 1, 1)


def test_two_offences_count_only_within_a_week() -> None:
    late = (Mark.LATE,)
    apart = [(made.DAY, late), (made.DAY + timedelta(days=7), late)]
    near = [(made.DAY, late), (made.DAY + timedelta(days=6), (Mark.MISSING,))]
    assert (offences(apart), len(offences(near))) == ((), 2)


def test_the_page_tells_late_revised_zero_and_missing_apart(
    two: tuple[Reporter, Reporter],
) -> None:
    made.accepted(two[0], {QUY_NHON: 5}, at=made.EVENING)
    made.accepted(two[0], {QUY_NHON: 0}, at=made.EVENING, reason="Gửi nhầm")
    page = compose(SYSTEM, LOOK, at=made.EVENING)
    assert said(page) == {"Nhà mạng A": ["Trễ", "Đã sửa", "Bằng 0"], "Nhà mạng B": ["Thiếu"]}
    assert page.today is not None
    assert (page.today.missing, page.today.n_came, page.today.n_expected) == (("Nhà mạng B",), 1, 2)


def test_before_the_hour_nobody_is_missing(two: tuple[Reporter, Reporter]) -> None:
    page = compose(SYSTEM, LOOK, at=made.NOON)
    assert page.today is not None
    assert (page.today.missing, page.today.awaited) == ((), ("Nhà mạng A", "Nhà mạng B"))


def test_a_waived_day_is_no_failure(two: tuple[Reporter, Reporter]) -> None:
    (time,) = owed.times([two[1].duty], first=made.DAY, last=made.DAY)
    duties.settle(
        occurrence_id=time.id, state=State.WAIVED, reason="Mất điện", by=SYSTEM, at=made.NOON
    )
    page = compose(SYSTEM, LOOK, at=made.EVENING)
    assert said(page)["Nhà mạng B"] == ["Được miễn"]
    assert {row.name: row.week.tally.n_expected for row in page.rows} == {
        "Nhà mạng A": 1,
        "Nhà mạng B": 0,
    }


def test_who_fails_twice_within_a_week_is_named_with_its_days(
    two: tuple[Reporter, Reporter],
) -> None:
    later = made.EVENING + timedelta(days=1)
    made.accepted(two[0], {QUY_NHON: 5})
    made.accepted(two[0], {QUY_NHON: 5}, day=later.date(), at=made.NOON + timedelta(days=1))
    page = compose(SYSTEM, StandingLook(last=later.date()), at=later)
    assert page.offenders == (("Nhà mạng B", (made.DAY, later.date())),)
    assert [row.name for row in page.rows] == ["Nhà mạng B", "Nhà mạng A"]
    assert page.rows.rows[1].week.tally == Tally(2, 2, 2)


def test_the_country_counts_by_province_and_leads_down(two: tuple[Reporter, Reporter]) -> None:
    made.accepted(two[0], {QUY_NHON: 5})
    look = StandingLook(last=made.DAY, area=COUNTRY)
    page = compose(SYSTEM, look, at=made.EVENING)
    (below,) = page.below
    assert (page.n_reporters, below.n_reporters, below.n_missing) == (0, 2, 1)
    assert (below.week.tally, "dia-ban=vn-2021%3A52" in below.url) == (Tally(2, 1, 1), True)


def test_an_operator_sees_its_own_line_alone(two: tuple[Reporter, Reporter]) -> None:
    own = employed("own", Role("operator"), PROVINCE, organisation=two[0].organisation_id)
    page = compose(own.viewer, LOOK, at=made.EVENING)
    assert said(page) == {"Nhà mạng A": ["Thiếu"]}
    with pytest.raises(MissingError):
        compose(own.viewer, StandingLook(last=made.DAY, area=COUNTRY), at=made.EVENING)


def test_an_officer_of_a_district_learns_nothing_of_the_province(
    two: tuple[Reporter, Reporter], officer: Person
) -> None:
    assert not compose(officer.viewer, LOOK, at=made.EVENING).forms
    assert "Nhà mạng" not in text(officer.client, PAGE)


def text(client: Client, address: str) -> str:
    """A page as it is read."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?den=2020-08-28&so-ngay=7", ["Nhà mạng B", "Trễ", "Thiếu", "Bảng treo tường"]),
        ("?den=2020-08-28&so-ngay=31&trang-thai=thieu", ["Nhà mạng B", "Thiếu"]),
        ("?den=2020-08-28&trang-thai=mien", ["Không nơi nào có trạng thái này"]),
        ("?den=2020-08-01", ["Những ngày này không ai phải nộp"]),
    ],
    ids=["a week", "only the missing", "none waived", "before all duties"],
)
def test_the_page_says_it_in_words(
    two: tuple[Reporter, Reporter], query: str, shown: list[str]
) -> None:
    made.accepted(two[0], {QUY_NHON: 5}, at=made.EVENING)
    lead = employed("lead", Role("province_officer"), PROVINCE)
    page = text(lead.client, f"{PAGE}{query}")
    assert [words for words in shown if words not in page] == []


def test_the_number_of_queries_does_not_grow_with_reporters(
    form: ReportForm, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        made.reporter(form, made.operator(f"Nhà mạng {number}"))
    with django_assert_max_num_queries(8):
        compose(SYSTEM, LOOK, at=made.EVENING)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_the_matrix_leaves_as_a_file_without_formulas(form: ReportForm, name: str) -> None:
    made.reporter(form, made.operator("=HYPERLINK(1)"))
    lead = employed("lead", Role("province_officer"), PROVINCE)
    address = reverse("uptake-report_status_file", args=[name])
    answer = lead.client.get(f"{address}?den=2020-08-28")
    assert answer.status_code == 200
    assert b'"=HYPERLINK' not in answer.content
    assert answer["Content-Disposition"].endswith(f'tinh-hinh-2020-08-28.{name}"')


def test_an_unknown_form_or_ending_is_missing(two: tuple[Reporter, Reporter]) -> None:
    lead = employed("lead", Role("province_officer"), PROVINCE)
    file = reverse("uptake-report_status_file", args=["pdf"])
    answers = [lead.client.get(one).status_code for one in (f"{PAGE}?mau=1", file)]
    assert answers == [404, 404]
