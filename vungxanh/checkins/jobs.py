"""The room's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.core import clock
from vungxanh.core.viewer import SYSTEM


@app.periodic(cron="* * * * *", periodic_id="checkins.list_revoked")
@app.task(name="checkins.list_revoked", queueing_lock="checkins.list_revoked")
def list_revoked_codes(timestamp: int) -> int:
    """Every minute: list the revoked codes anew, where some changed or a day passed."""
    made = list_revoked(by=SYSTEM, at=clock.now())
    return 0 if made is None else made.pk
