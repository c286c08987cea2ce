"""The log's background job."""

from procrastinate.contrib.django import app

from vungxanh.audit import actions
from vungxanh.core import clock


@app.periodic(cron="* * * * *", periodic_id="audit.seal")
@app.task(name="audit.seal", queueing_lock="audit.seal")
def seal(timestamp: int) -> None:
    """Every minute: link what waits into the chain."""
    actions.seal_events(at=clock.now())
