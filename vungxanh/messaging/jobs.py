"""The room's background jobs."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.messaging import actions
from vungxanh.messaging.gateways import sms_gateway

# One run fills most of its minute when much waits, and leaves the rest to the next.
FULL_RUN = timedelta(seconds=50)


@app.periodic(cron="* * * * *", periodic_id="messaging.deliver")
@app.task(name="messaging.deliver", queueing_lock="messaging.deliver")
def deliver(timestamp: int) -> int:
    """Every minute: send what is due, until nothing is or the minute ends."""
    began, n_sent = clock.now(), 0
    while clock.now() < began + FULL_RUN:
        n_more = actions.deliver(at=clock.now(), clock=clock.now)
        n_sent += n_more
        if not n_more:
            break
    return n_sent


@app.task(name="messaging.send")
def send(message_id: str) -> bool:
    """At once: one message that must not wait for the minute; the argument is an identifier."""
    return actions.send_one(message_id=UUID(message_id), at=clock.now())


@app.periodic(cron="* * * * *", periodic_id="messaging.receive")
@app.task(name="messaging.receive", queueing_lock="messaging.receive")
def receive(timestamp: int) -> int:
    """Every minute: take in what waits in the mailbox."""
    return actions.receive(at=clock.now())


@app.periodic(cron="* * * * *", periodic_id="messaging.poll")
@app.task(name="messaging.poll", queueing_lock="messaging.poll")
def poll(timestamp: int) -> int:
    """Every minute: take in delivery reports and SMS that the gateway keeps for us."""
    way = sms_gateway()
    n_reports = actions.take_receipts(receipts=way.receipts(), at=clock.now())
    return n_reports + actions.take_in(came=way.came_in(), at=clock.now())


@app.periodic(cron="7 * * * *", periodic_id="messaging.erase")
@app.task(name="messaging.erase", queueing_lock="messaging.erase")
def erase(timestamp: int) -> int:
    """Every hour: erase what messages said that nobody needs any more."""
    return actions.erase_texts(at=clock.now())
