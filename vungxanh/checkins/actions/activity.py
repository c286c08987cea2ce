"""Counting how points are used: the day that ended, and days whose scans changed since."""

from datetime import date, datetime, timedelta
from typing import Final

from vungxanh.checkins.gateways.activity_tables import (
    changed_days,
    count_day,
    count_use,
    has_scans,
)
from vungxanh.checkins.models import CountedDay
from vungxanh.checkins.values.activity import ACTIVE_DAYS
from vungxanh.checkins.values.visit_refusals import no_such_day_to_count
from vungxanh.core.clock import TZ

_DAY: Final = timedelta(days=1)


def count_activity(*, at: datetime, only: date | None = None) -> tuple[date, ...]:
    """Count the days that lack or changed, or `only` one; the days that were counted.

    Of the last seven days: yesterday always, others with scans that nobody counted, and those that
    were counted and changed. Today may be asked for. Raises `checkins.activity_day`.
    """
    today = at.astimezone(TZ).date()
    days = [today - _DAY * n for n in range(ACTIVE_DAYS, 0, -1)]
    if only is not None and only not in (*days, today):
        raise no_such_day_to_count(days[0], today)
    chosen = _lacking(days) if only is None else [only]
    for day in chosen:
        count_day(day, at=at)
    count_use(max(CountedDay.objects.values_list("day", flat=True), default=days[-1]))
    return tuple(chosen)


def _lacking(days: list[date]) -> list[date]:
    known = set(CountedDay.objects.filter(day__in=days).values_list("day", flat=True))
    new = [day for day in days if day not in known and (day == days[-1] or has_scans(day))]
    return sorted({*new, *changed_days(days)})
