"""Jumps of proved numbers: what is one, who is told of it, and who decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.figures import BINH_DINH, recorded
from tests.factories.people import Colleague, Person
from tests.factories.register import AT, TRAN_PHU
from vungxanh.core import clock
from vungxanh.core.clock import frozen_at
from vungxanh.core.errors import MissingError
from vungxanh.core.viewer import SYSTEM
from vungxanh.engines.checks import KnownUnit, Running, jump, reference
from vungxanh.people.actions.counting import move
from vungxanh.people.values.counts import Element
from vungxanh.uptake import jobs
from vungxanh.uptake.actions import decide_finding
from vungxanh.uptake.actions.closing import close_day, tell_jumps
from vungxanh.uptake.models import Fact, FindingRecord
from vungxanh.uptake.rules import FindingState
from vungxanh.uptake.sources import WITH_PHONE

DAY = date(2026, 3, 20)
UNIT = KnownUnit("vn-2021:21586", "Phường Mẫu")
DAYS = [DAY - timedelta(days=n) for n in range(1, 18)]


def running(now: int, closed: dict[date, int], population: int | None = None) -> Running:
    return Running(UNIT, WITH_PHONE, now, DAY, closed, population)


def steady(gain: int, n_days: int = 15) -> dict[date, int]:
    """A total that grew by `gain` a day and stood at 1,000 the evening before."""
    return {DAY - timedelta(days=n): 1000 - gain * (n - 1) for n in range(1, n_days + 1)}


@pytest.mark.parametrize(
    ("now", "closed", "population", "is_one"),
    [
        (30, {}, None, False),
        (31, {}, None, True),
        (31, {}, 1550, False),
        (32, {}, 1550, True),
        (1030, steady(2), None, False),
        (1031, steady(2), None, True),
        (1100, steady(20), None, False),
        (1101, steady(20), None, True),
        (1101, steady(20, 5), None, True),
        (1031, steady(20, 5), None, True),
        (1100, steady(20, 6), None, False),
        (1101, steady(20), 10_000, False),
        (1060, {DAY - timedelta(days=2): 1000}, None, False),
        (1061, {DAY - timedelta(days=2): 1000}, None, True),
        (900, steady(2), None, False),
    ],
    ids=[
        "thirty",
        "over-thirty",
        "in-two-percent",
        "over-two-percent",
        "least-holds",
        "over-least",
        "five-times",
        "over-five-times",
        "four-gains-are-none",
        "four-gains-least-alone",
        "five-gains-are-some",
        "greatest-of-all",
        "two-days",
        "over-two-days",
        "fell",
    ],
)
def test_a_jump_is_more_than_the_greatest_of_the_three(
    now: int, closed: dict[date, int], population: int | None, *, is_one: bool
) -> None:
    assert bool([*jump(running(now, closed, population))]) is is_one


@given(
    now=st.integers(0, 400),
    closed=st.dictionaries(st.sampled_from([DAY, *DAYS]), st.integers(0, 300)),
    population=st.none() | st.integers(0, 20_000),
)
def test_the_rule_agrees_with_its_plain_twin(
    now: int, closed: dict[date, int], population: int | None
) -> None:
    found = [*jump(running(now, closed, population))]
    assert bool(found) is reference.is_jump(now, DAY, closed, population=population)


@given(
    now=st.integers(0, 400),
    more=st.integers(0, 100),
    closed=st.dictionaries(st.sampled_from(DAYS), st.integers(0, 300)),
)
def test_more_new_numbers_never_end_a_jump(now: int, more: int, closed: dict[date, int]) -> None:
    assert len([*jump(running(now, closed))]) <= len([*jump(running(now + more, closed))])


def test_the_sentence_bears_its_numbers_in_both_languages() -> None:
    (found,) = jump(running(1046, steady(2), 1000))
    assert (found.code, found.found, found.expected) == ("counter.jump", "46", "30")
    for number in ("46", "1.046", "30", "5 lần mức giữa 2 của 14 ngày", "2 phần trăm của 1.000"):
        assert number in found.message.vi, number
    assert "46 more telephone numbers" in found.message.en


@pytest.fixture
def leapt(places: None) -> None:
    """Fifteen quiet days in a ward, then forty new numbers in one."""
    for n in range(15):
        move({(TRAN_PHU, Element.WITH_PHONE): 2})
        midnight(AT.date() + timedelta(days=n))
    move({(TRAN_PHU, Element.WITH_PHONE): 40})


def accepted(found: FindingRecord, by: Colleague) -> FindingRecord:
    """The finding, for which somebody has an explanation."""
    note, state = "Đợt vận động mẫu", FindingState.ACCEPTED
    return decide_finding(finding_id=found.pk, state=state, note=note, by=by.viewer, at=AT)


LEAP = AT.date() + timedelta(days=15)


def midnight(day: date) -> int:
    return close_day(day=day, by=SYSTEM, at=clock.day_end(day) + timedelta(seconds=1))


def noon(day: date = LEAP) -> int:
    return tell_jumps(day=day, by=SYSTEM, at=clock.day_start(day) + timedelta(hours=12))


@pytest.mark.usefixtures("leapt")
def test_a_jump_is_told_within_the_hour_and_not_again_at_night() -> None:
    assert (noon(), noon()) == (1, 0)
    midnight(LEAP)
    (found,) = FindingRecord.objects.all()
    assert (found.code, found.about_unit, found.found) == ("counter.jump", TRAN_PHU, "40")
    assert noon(LEAP + timedelta(days=1)) == 0


@pytest.mark.usefixtures("leapt")
def test_midnight_tells_a_jump_that_no_hour_told_and_counts_it_once() -> None:
    midnight(LEAP)
    (found,) = FindingRecord.objects.all()
    assert found.submission.scope_id == TRAN_PHU
    facts = Fact.objects.filter(unit_id=TRAN_PHU, as_of=clock.day_end(LEAP), element=WITH_PHONE)
    assert [(one.value, one.revision) for one in facts] == [(70, 1)]


@pytest.mark.usefixtures("places")
def test_a_quiet_day_tells_nothing() -> None:
    move({(TRAN_PHU, Element.WITH_PHONE): 30})
    assert noon() == 0
    midnight(LEAP)
    assert FindingRecord.objects.count() == 0


@pytest.mark.usefixtures("places")
def test_in_a_commune_of_many_people_more_is_usual() -> None:
    recorded([(TRAN_PHU, "population", 3000, AT.date())])
    move({(TRAN_PHU, Element.WITH_PHONE): 60})
    assert noon() == 0
    move({(TRAN_PHU, Element.WITH_PHONE): 1})
    assert noon() == 1


@pytest.mark.usefixtures("leapt")
@pytest.mark.parametrize("unit", [TRAN_PHU, BINH_DINH])
def test_officers_see_it_on_the_pages_of_the_commune_and_its_province(
    province_officer: Colleague, unit: str
) -> None:
    noon()
    with frozen_at(clock.day_start(LEAP) + timedelta(hours=13)):
        page = province_officer.client.get(f"/dia-ban/{unit}/").content.decode()
        listed = province_officer.client.get(f"/dia-ban/{unit}/sai-lech/").content.decode()
    assert "1 phát hiện chờ xem" in page
    assert "có thêm 40 số điện thoại" in listed


@pytest.mark.usefixtures("leapt")
def test_it_stands_among_the_findings_of_a_page_with_figures(officer: Colleague) -> None:
    recorded([(TRAN_PHU, WITH_PHONE, 77, date(2026, 2, 1))])
    noon()
    with frozen_at(clock.day_start(LEAP) + timedelta(hours=13)):
        page = officer.client.get(f"/dia-ban/{TRAN_PHU}/").content.decode()
    assert "có thêm 40 số điện thoại" in page


@pytest.mark.usefixtures("leapt")
def test_neither_strangers_nor_other_districts_see_it(
    other_officer: Colleague, outsider: Person
) -> None:
    noon()
    with frozen_at(clock.day_start(LEAP) + timedelta(hours=13)):
        for person in (other_officer, outsider):
            page = person.client.get(f"/dia-ban/{TRAN_PHU}/").content.decode()
            listed = person.client.get(f"/dia-ban/{TRAN_PHU}/sai-lech/").content.decode()
            assert "phát hiện chờ xem" not in page
            assert "40 số điện thoại" not in listed


@pytest.mark.usefixtures("leapt")
def test_an_officer_of_the_area_decides_it_and_no_other(
    officer: Colleague, other_officer: Colleague
) -> None:
    noon()
    (found,) = FindingRecord.objects.all()
    with pytest.raises(MissingError):
        accepted(found, other_officer)
    assert accepted(found, officer).state == FindingState.ACCEPTED


@pytest.mark.usefixtures("leapt")
def test_the_hourly_job_tells_it() -> None:
    with frozen_at(clock.day_start(LEAP) + timedelta(hours=9)):
        assert jobs.tell_jumps(0) == 1
