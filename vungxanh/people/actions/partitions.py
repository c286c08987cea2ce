"""Days of codes go whole: the tables hold a partition for each day, which is dropped.

The database's own functions make and drop them, as the owner of the tables. Neither waits longer
than two seconds for a lock; where it is not had, the night's rows are deleted one by one, and what
comes on a day without a partition lies in the default one.
"""

from datetime import datetime, timedelta

from vungxanh.core.clock import TZ
from vungxanh.core.partitions import asked
from vungxanh.people.queries.purging import PARTITIONED

# Codes that are taken along end three days later.
AHEAD = timedelta(days=7)


def go_by_day(*, at: datetime) -> dict[str, int]:
    """Make the partitions of the coming week and drop those past their time; rows by table."""
    today = at.astimezone(TZ).date()
    gone = {}
    for table, keep in PARTITIONED.items():
        asked("SELECT people_make_partitions(%s, %s, %s)", table, today, today + AHEAD)
        until = at - keep.period
        gone[table] = asked("SELECT people_drop_partitions(%s, %s)", table, until)
    return gone
