"""When the counts of a day are closed, and as of when they hold."""

from datetime import datetime, timedelta
from typing import Final

ON_TIME: Final = timedelta(minutes=1)
"""The worker takes up a job within seconds; what comes later counts another moment."""


def as_of_closing(day_end: datetime, at: datetime) -> datetime:
    """The end of the day for a run within a minute of it; else the moment at which it counts.

    >>> from datetime import UTC
    >>> end = datetime(2026, 3, 2, 16, 59, 59, tzinfo=UTC)
    >>> as_of_closing(end, end + timedelta(seconds=2)) == end
    True
    >>> as_of_closing(end, end + timedelta(hours=2)) == end
    False
    """
    return day_end if timedelta() <= at - day_end <= ON_TIME else at
