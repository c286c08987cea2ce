"""Working days of terms: what is not known for sure makes a term end earlier, never later."""

import math
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.config import checkup_database
from vungxanh.core.clock import frozen_at
from vungxanh.people.rules.rights import answer_due_on, days_of_law
from vungxanh.people.values.office_days import office_days, read_office_days, year_to_announce

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SYNODIC_MONTH = 29.530588861  # days; Meeus, Astronomical Algorithms, chapter 49
VIETNAM = timedelta(hours=7)


def due_on(asked_on: date) -> date:
    known = office_days()
    return answer_due_on(asked_on, known.closed, known.worked)


@pytest.mark.parametrize(
    ("asked_on", "ends_on"),
    [
        (date(2026, 2, 13), date(2026, 2, 24)),
        (date(2026, 3, 6), date(2026, 3, 10)),
        (date(2026, 4, 24), date(2026, 4, 29)),
        (date(2026, 4, 29), date(2026, 5, 5)),
        (date(2027, 4, 29), date(2027, 5, 5)),
        (date(2026, 1, 8), date(2026, 1, 10)),
    ],
    ids=["tet", "weekend", "hung_kings", "two_feasts", "weekend_feast", "worked_saturday"],
)
def test_closed_days_are_no_working_days_and_worked_saturdays_are(
    asked_on: date, ends_on: date
) -> None:
    assert due_on(asked_on) == ends_on


# The second day of National Day, swapped days and Tết of 2027 were not announced to us.
@pytest.mark.parametrize(
    "day",
    [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 3), date(2027, 2, 5), date(2027, 2, 8)],
)
def test_a_day_that_nobody_verified_counts_as_a_working_day(day: date) -> None:
    assert day not in office_days().closed


@given(DAYS, st.sets(DAYS, max_size=20), st.sets(DAYS, max_size=5))
def test_a_closed_day_that_we_do_not_know_of_never_makes_our_term_the_later_one(
    asked_on: date, more_closed: set[date], more_worked: set[date]
) -> None:
    known = office_days()
    truth = answer_due_on(asked_on, known.closed | more_closed, known.worked)
    assert due_on(asked_on) <= truth
    assert answer_due_on(asked_on, known.closed, known.worked | more_worked) <= due_on(asked_on)


def test_the_law_itself_gives_the_day_after_a_feast_on_a_weekend() -> None:
    closed = days_of_law(2033, None)  # 30 April a Saturday, 1 May a Sunday
    assert {date(2033, 5, 2), date(2033, 5, 3)} <= closed
    assert date(2033, 5, 4) not in closed


def test_every_closed_weekday_of_the_years_to_come_follows_from_the_law() -> None:
    known = office_days()
    ours = {day for day in known.closed if day.year > 2028}
    assert {(day.month, day.day) for day in ours} >= {(1, 1), (4, 30), (5, 1), (9, 2)}
    assert {day.month for day in ours} == {1, 4, 5, 9}


def test_hung_kings_day_is_the_tenth_after_the_third_new_moon_from_tet() -> None:
    tet = {2026: date(2026, 2, 17), 2027: date(2027, 2, 6), 2028: date(2028, 1, 26)}
    found = {year: third_month(first) + timedelta(days=9) for year, first in tet.items()}
    closed = office_days().closed
    shown = {year: day in closed for year, day in found.items()}
    assert shown == {2026: True, 2027: True, 2028: True}
    assert found[2026] == date(2026, 4, 26)


def test_tet_of_2026_is_closed_from_the_last_day_of_the_year_to_the_fourth() -> None:
    first = new_moon_after(date(2026, 2, 10))
    assert first == date(2026, 2, 17)
    assert {first + timedelta(days=n) for n in range(-1, 4)} <= office_days().closed


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2027, 3, 1), 2027),
        (date(2028, 1, 1), 2028),
    ],
)
def test_the_year_whose_list_is_missing_is_named_from_december_on(
    today: date, missing: int | None
) -> None:
    assert year_to_announce(today) == missing


@pytest.mark.parametrize(
    ("noon", "sign"),
    [(datetime(2026, 11, 22, 5, tzinfo=UTC), "✓"), (datetime(2027, 1, 4, 5, tzinfo=UTC), "! Chưa")],
)
def test_doctor_warns_of_a_year_without_its_list_and_does_not_fail(
    noon: datetime, sign: str
) -> None:
    with frozen_at(noon):
        found = checkup_database._office_days()
    assert found.line("vi").startswith(sign)
    assert found.is_well or found.is_warning


def test_a_list_of_another_year_is_read_beside_the_law() -> None:
    known = read_office_days(
        "hung_kings = {}\n[announced.2029]\nclosed = [2029-02-12]\nworked = [2029-02-24]"
    )
    assert {date(2029, 2, 12), date(2029, 9, 3)} <= known.closed
    assert known.worked == {date(2029, 2, 24)}
    assert known.announced == {2029}


def third_month(tet: date) -> date:
    """The first day of the third lunar month; none of these years has a leap month before it."""
    second = new_moon_after(tet + timedelta(days=10))
    return new_moon_after(second + timedelta(days=10))


def new_moon_after(day: date) -> date:
    """The day in Vietnam of the first new moon after a day."""
    k = math.floor((day.year + (day.timetuple().tm_yday / 365.25) - 2000) * 12.3685) - 1
    moons = [_new_moon(k + n) for n in range(5)]
    assert all(earlier < later for earlier, later in pairwise(moons))
    return next(moon for moon in moons if moon > day)


def _new_moon(k: int) -> date:
    """The k-th new moon after 6 January 2000; the main terms, good to some minutes (Meeus)."""
    t = k / 1236.85
    jde = 2451550.09766 + SYNODIC_MONTH * k + 0.00015437 * t * t
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k)
    node = math.radians(160.7108 + 390.67050284 * k)
    jde += -0.40720 * math.sin(moon) + 0.17241 * math.sin(sun) + 0.01608 * math.sin(2 * moon)
    jde += 0.01039 * math.sin(2 * node) + 0.00739 * math.sin(moon - sun)
    jde += -0.00514 * math.sin(moon + sun) + 0.00208 * math.sin(2 * sun)
    at = datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=jde - 2451545.0)
    return (at + VIETNAM).date()
