"""When duties fall due: the compiled recurrence beside a plain walk over the days."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vungxanh.core.clock import TZ
from vungxanh.duties.rules import BadRecurrenceError, Schedule, due_times, recurrence

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
RECURRENCES = st.one_of(
    st.just(""),
    st.integers(1, 9).map(lambda n: f"FREQ=DAILY;INTERVAL={n}"),
    st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(
        lambda days: f"FREQ=WEEKLY;BYDAY={','.join(days)}"
    ),
    st.sampled_from([-1, 1, 15, 28]).map(lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"),
)
STARTS = st.dates(date(2020, 1, 1), date(2020, 12, 31))


def falls_on(schedule: Schedule, day: date) -> bool:
    """The definition, day by day."""
    said = dict(part.split("=") for part in schedule.recurrence.split(";") if part)
    if "INTERVAL" in said or said.get("FREQ") == "DAILY":
        return (day - schedule.starts_on).days % int(said.get("INTERVAL", 1)) == 0
    if "BYDAY" in said:
        return DAYS[day.weekday()] in said["BYDAY"].split(",")
    if "BYMONTHDAY" in said:
        last = (day + timedelta(days=1)).day == 1
        return last if said["BYMONTHDAY"] == "-1" else day.day == int(said["BYMONTHDAY"])
    return day == schedule.starts_on


@given(text=RECURRENCES, starts_on=STARTS, n_days=st.integers(0, 400), after=st.integers(-40, 400))
def test_times_are_those_of_the_days_walked_one_by_one(
    text: str, starts_on: date, n_days: int, after: int
) -> None:
    ends_on = starts_on + timedelta(days=n_days)
    schedule = Schedule(starts_on, time(16), text, ends_on)
    begin = datetime.combine(starts_on, time(9), TZ) + timedelta(days=after)
    until = begin + timedelta(days=60)
    days = (starts_on + timedelta(days=n) for n in range(n_days + 1))
    walked = [datetime.combine(day, time(16), TZ) for day in days if falls_on(schedule, day)]
    assert list(due_times(schedule, after=begin, until=until)) == [
        one for one in walked if begin < one <= until
    ]


@pytest.mark.parametrize(
    "text",
    ["FREQ=HOURLY", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=31", "hằng ngày", "x" * 99],
)
def test_what_nobody_orders_is_refused(text: str) -> None:
    with pytest.raises(BadRecurrenceError):
        recurrence(text)
