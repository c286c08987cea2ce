"""The one clock: instants in UTC, days in Asia/Ho_Chi_Minh."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TZ = ZoneInfo("Asia/Ho_Chi_Minh")

_stopped_at: list[datetime] = []


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _stopped_at[-1] if _stopped_at else datetime.now(UTC)


def today() -> date:
    """The present day in Vietnam."""
    return now().astimezone(TZ).date()


def day_start(day: date) -> datetime:
    """The first instant of a day in Vietnam, 00:00+07:00."""
    return datetime.combine(day, time.min, TZ)


def day_end(day: date) -> datetime:
    """The last whole second of a day in Vietnam, 23:59:59+07:00."""
    return datetime.combine(day, time(23, 59, 59), TZ)


@contextmanager
def frozen_at(instant: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware instant, in every thread of the process; for tests and rehearsals.

    >>> with frozen_at(datetime(2021, 5, 26, 17, 30, tzinfo=UTC)):
    ...     today()
    datetime.date(2021, 5, 27)
    """
    if instant.tzinfo is None:
        message = "the clock stops only at an aware instant"
        raise ValueError(message)
    _stopped_at.append(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _stopped_at.pop()
