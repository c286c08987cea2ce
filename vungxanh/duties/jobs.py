"""The room's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.duties import actions


@app.periodic(cron="* * * * *", periodic_id="duties.remind")
@app.task(name="duties.remind", queueing_lock="duties.remind")
def remind(timestamp: int) -> int:
    """Every minute: remind whoever is due a reminder."""
    return actions.remind(at=clock.now())


# 00:05 in Vietnam: schedules of jobs are in UTC.
@app.periodic(cron="5 17 * * *", periodic_id="duties.plan")
@app.task(name="duties.plan", queueing_lock="duties.plan")
def plan(timestamp: int) -> int:
    """Every night: write down when duties fall due in the coming days."""
    return actions.plan(at=clock.now())
