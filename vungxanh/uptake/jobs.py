"""The room's background jobs."""

from datetime import UTC, datetime, timedelta

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM
from vungxanh.uptake.actions import closing, reporting
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


@app.periodic(cron="0 17 * * *", periodic_id="uptake.close_own_day")
@app.task(name="uptake.close_own_day", queueing_lock="uptake.close_own_day")
def close_own_day(timestamp: int) -> int:
    """At midnight in Vietnam, 17:00 UTC: close the own counts of the day that ended."""
    ended = datetime.fromtimestamp(timestamp, UTC) - timedelta(seconds=1)
    return closing.close_day(day=ended.astimezone(clock.TZ).date(), by=SYSTEM, at=clock.now())


@app.periodic(cron="20 * * * *", periodic_id="uptake.tell_jumps")
@app.task(name="uptake.tell_jumps", queueing_lock="uptake.tell_jumps")
def tell_jumps(timestamp: int) -> int:
    """Every hour: tell jumps of today; close yesterday where no worker ran at midnight."""
    today, at = clock.today(), clock.now()
    closing.close_missed_day(day=today - timedelta(days=1), by=SYSTEM, at=at)
    return closing.tell_jumps(day=today, by=SYSTEM, at=at)
