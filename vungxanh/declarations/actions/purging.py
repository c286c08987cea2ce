"""Declarations go with their day; care, contests, links, drafts when they are past their time."""

from datetime import UTC, datetime, timedelta
from typing import Final

from vungxanh.core.partitions import asked
from vungxanh.declarations.queries.purging import first_kept_day, past

AHEAD: Final = timedelta(days=7)
_ROWS_AT_ONCE: Final = 100_000


def purge(*, at: datetime) -> int:
    """Make the days of the coming week, drop those past their time, and strays; how many rows."""
    today = at.astimezone(UTC).date()
    asked("SELECT declarations_make_days(%s, %s)", today, today + AHEAD)
    n_gone = asked("SELECT declarations_drop_days(%s)", first_kept_day(at))
    for rows in past(at):
        while True:
            some = list(rows.order_by().values_list("pk", flat=True)[:_ROWS_AT_ONCE])
            n_gone += rows.model._default_manager.filter(pk__in=some).delete()[0]
            if len(some) < _ROWS_AT_ONCE:
                break
    return n_gone
