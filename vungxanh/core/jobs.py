"""The core's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.core import upkeep
from vungxanh.core.clock import now


# 02:30 in Vietnam: schedules of jobs are in UTC.
@app.periodic(cron="30 19 * * *", periodic_id="core.purge")
@app.task(name="core.purge", queueing_lock="core.purge")
def purge(timestamp: int) -> dict[str, int]:
    """Every night: delete what is past its time."""
    return upkeep.purge(now())
