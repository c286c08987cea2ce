"""The room's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.actions.printing import print_waiting
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM


@app.periodic(cron="* * * * *", periodic_id="checkins.list_revoked")
@app.task(name="checkins.list_revoked", queueing_lock="checkins.list_revoked")
def list_revoked_codes(timestamp: int) -> int:
    """Every minute: list the revoked codes anew, where some changed or a day passed."""
    made = list_revoked(by=SYSTEM, at=clock.now())
    return 0 if made is None else made.pk


@app.periodic(cron="* * * * *", periodic_id="checkins.print_posters")
@app.task(name="checkins.print_posters")
def print_posters(timestamp: int) -> int:
    """Print the posters that wait; every minute too, for what a killed process left."""
    return print_waiting()
