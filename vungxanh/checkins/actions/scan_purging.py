"""Scans go with their day, 30 days after it ended; what lies apart goes row by row."""

from datetime import UTC, datetime, timedelta
from typing import Final

from vungxanh.checkins.actions.erasing_scans import look_again
from vungxanh.checkins.queries.scan_purging import first_kept_day, past_scans, unused_numbers
from vungxanh.core.partitions import asked

AHEAD: Final = timedelta(days=7)
_ROWS_AT_ONCE: Final = 100_000


def purge_scans(*, at: datetime) -> int:
    """Make the days of the coming week, drop those past their time, and strays; how many rows.

    Whoever went long enough ago is looked for once more and forgotten.
    """
    today = at.astimezone(UTC).date()
    asked("SELECT checkins_make_days(%s, %s)", today, today + AHEAD)
    n_gone = asked("SELECT checkins_drop_days(%s)", first_kept_day(at))
    look_again(at=at)
    for rows in (*past_scans(at), unused_numbers()):
        while True:
            some = list(rows.order_by().values_list("pk", flat=True)[:_ROWS_AT_ONCE])
            n_gone += rows.model._default_manager.filter(pk__in=some).delete()[0]
            if len(some) < _ROWS_AT_ONCE:
                break
    return n_gone
