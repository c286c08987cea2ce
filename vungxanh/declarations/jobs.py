"""The room's background jobs."""

from procrastinate.contrib.django import app

from vungxanh.core import clock
from vungxanh.declarations.actions.applying import apply_waiting
from vungxanh.declarations.actions.caring import raise_overdue
from vungxanh.declarations.actions.queueing import APPLY
from vungxanh.declarations.actions.rejudging import rejudge_waiting
from vungxanh.declarations.actions.ruling_queue import REJUDGE, TRY
from vungxanh.declarations.actions.telling import tell_days
from vungxanh.declarations.actions.trying import run_trial


# Asked for after each batch of declarations; each minute too, for what a killed process left.
@app.periodic(cron="* * * * *", periodic_id=APPLY)
@app.task(name=APPLY, queueing_lock=APPLY)
def apply_declarations(timestamp: int) -> int:
    """Apply what was declared: cards, what the register lacks, care."""
    return apply_waiting(at=clock.now())


@app.periodic(cron="* * * * *", periodic_id="declarations.raise_overdue")
@app.task(name="declarations.raise_overdue", queueing_lock="declarations.raise_overdue")
def raise_overdue_calls(timestamp: int) -> int:
    """Every minute: carry calls whose time is over to the next unit up."""
    return raise_overdue(at=clock.now())


@app.task(name=TRY)
def try_rules(rules_id: int) -> None:
    """Count what a draft of rules would change; the argument is a reference only."""
    run_trial(rules_id=rules_id, at=clock.now())


# 00:02 in Vietnam and every quarter of an hour: rules that began with the day, or were taken back.
@app.periodic(cron="2-59/15 * * * *", periodic_id=REJUDGE)
@app.task(name=REJUDGE, queueing_lock=REJUDGE)
def rejudge(timestamp: int) -> int:
    """Give cards the colour of the rules of today."""
    return rejudge_waiting(at=clock.now())


# 00:40 in Vietnam: the day that ended is told to the public, once.
@app.periodic(cron="40 17 * * *", periodic_id="declarations.tell_days")
@app.task(name="declarations.tell_days", queueing_lock="declarations.tell_days")
def tell_days_that_are_over(timestamp: int) -> int:
    """Every night: tell the public the counts of days that are over, small ones withheld."""
    return len(tell_days(at=clock.now()))
