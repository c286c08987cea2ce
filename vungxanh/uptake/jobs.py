"""The room's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.uptake.actions import reporting
from vungxanh.uptake.exports.day_table import drawn


@app.periodic(cron="* * * * *", periodic_id="uptake.make_due_tables")
@app.task(name="uptake.make_due_tables", queueing_lock="uptake.make_due_tables")
def make_due_tables(timestamp: int) -> int:
    """Every minute: make the day tables whose hour has come, and tell their officers."""
    return reporting.make_due_tables(drawn=drawn, at=clock.now())


@app.periodic(cron="* * * * *", periodic_id="uptake.begin_versions")
@app.task(name="uptake.begin_versions", queueing_lock="uptake.begin_versions")
def begin_versions(timestamp: int) -> int:
    """Every minute: close versions of report forms whose last day is over."""
    return reporting.begin_versions(at=clock.now())
