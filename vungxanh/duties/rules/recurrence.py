"""When a duty falls due: once, or again by a recurrence of RFC 5545 kept to what people order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from vungxanh.refusals import RefusalError, Words

TZ: Final = ZoneInfo("Asia/Ho_Chi_Minh")
HORIZON: Final = timedelta(days=8)
"""How far ahead occurrences are written down."""
_DAYS = "MO|TU|WE|TH|FR|SA|SU"
_ALLOWED: Final = re.compile(
    "FREQ=DAILY(;INTERVAL=[1-9][0-9]?)?"
    f"|FREQ=WEEKLY;BYDAY=({_DAYS})(,({_DAYS}))*"
    "|FREQ=MONTHLY;BYMONTHDAY=(-1|[1-9]|1[0-9]|2[0-8])"
)


class BadRecurrenceError(RefusalError):
    """A recurrence that nobody orders, or that is not written as one."""

    def __init__(self) -> None:
        words = Words(
            vi="Chưa đọc được lịch lặp. Chọn hằng ngày, các thứ trong tuần, hoặc một ngày trong "
            "tháng từ 1 đến 28 hay ngày cuối tháng.",
            en="This recurrence cannot be read. Choose every day, days of the week, or a day of "
            "the month from 1 to 28 or its last.",
        )
        super().__init__("duties.recurrence", words, field="recurrence")


@dataclass(frozen=True, slots=True)
class Schedule:
    """First day, hour of the day in Vietnam, recurrence (empty: once), last day if there is one."""

    starts_on: date
    due_time: time
    recurrence: str = ""
    ends_on: date | None = None


def recurrence(text: str) -> str:
    """A recurrence as it is kept; empty for once. Raises BadRecurrenceError.

    >>> recurrence("freq=weekly;byday=mo,th")
    'FREQ=WEEKLY;BYDAY=MO,TH'
    """
    written = text.strip().upper()
    if written and not _ALLOWED.fullmatch(written):
        raise BadRecurrenceError
    return written


def due_times(schedule: Schedule, *, after: datetime, until: datetime) -> Iterator[datetime]:
    """Instants in (after, until] at which it falls due, the earliest first.

    >>> daily = Schedule(date(2020, 8, 28), time(16), "FREQ=DAILY", date(2020, 8, 30))
    >>> night = datetime(2020, 8, 28, 23, tzinfo=TZ)
    >>> [one.day for one in due_times(daily, after=night, until=night + timedelta(days=9))]
    [29, 30]
    """
    for day in _days(schedule, after.astimezone(TZ).date(), until.astimezone(TZ).date()):
        due_at = datetime.combine(day, schedule.due_time, TZ)
        if after < due_at <= until:
            yield due_at


def _days(schedule: Schedule, first: date, last: date) -> Iterator[date]:
    """Days from `first` to `last`, both included, on which it falls due."""
    start = schedule.starts_on
    end = min(last, schedule.ends_on or last)
    if not schedule.recurrence:
        yield from [start] if first <= start <= end else []
        return
    rule = rrulestr(schedule.recurrence, dtstart=datetime.combine(start, time()))
    for one in rule.between(_midnight(first), _midnight(end), inc=True):
        yield one.date()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
