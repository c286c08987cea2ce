"""The room's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.messaging import actions


@app.periodic(cron="* * * * *", periodic_id="messaging.deliver")
@app.task(name="messaging.deliver", queueing_lock="messaging.deliver")
def deliver(timestamp: int) -> int:
    """Every minute: send what is due."""
    return actions.deliver(at=clock.now(), clock=clock.now)


@app.periodic(cron="* * * * *", periodic_id="messaging.receive")
@app.task(name="messaging.receive", queueing_lock="messaging.receive")
def receive(timestamp: int) -> int:
    """Every minute: take in what waits in the mailbox."""
    return actions.receive(at=clock.now())
