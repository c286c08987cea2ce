"""The room's background jobs."""

from functools import partial
from uuid import UUID

from procrastinate.contrib.django import app

from vungxanh.checkins.actions.activity import count_activity
from vungxanh.checkins.actions.days import pack
from vungxanh.checkins.actions.door_keys import keep_door_keys
from vungxanh.checkins.actions.erasing_scans import look_again
from vungxanh.checkins.actions.listing import list_revoked
from vungxanh.checkins.actions.printing import print_waiting
from vungxanh.checkins.imports import points as imports
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


# 03:10 in Vietnam, after the purge; the UTC day before ended 20 hours ago.
@app.periodic(cron="10 20 * * *", periodic_id="checkins.pack_visits")
@app.task(name="checkins.pack_visits", queueing_lock="checkins.pack_visits")
def pack_visits(timestamp: int) -> int:
    """Every night: write the days of visits that are not in files yet or no longer hold."""
    return len(pack(at=clock.now()).written)


# 00:20 in Vietnam: the day that ended, and days whose scans came late.
@app.periodic(cron="20 17 * * *", periodic_id="checkins.count_activity")
@app.task(name="checkins.count_activity", queueing_lock="checkins.count_activity")
def count_points_used(timestamp: int) -> int:
    """Every night: count how points were used on days that are not counted or changed since."""
    return len(count_activity(at=clock.now()))


@app.periodic(cron="*/5 * * * *", periodic_id="checkins.look_again")
@app.task(name="checkins.look_again", queueing_lock="checkins.look_again")
def look_again_for_gone(timestamp: int) -> int:
    """Every five minutes: take out what intake wrote of somebody while, or after, they went."""
    return look_again(at=clock.now())


@app.periodic(cron="*/5 * * * *", periodic_id="checkins.keep_door_keys")
@app.task(name="checkins.keep_door_keys", queueing_lock="checkins.keep_door_keys")
def keep_keys_of_doors(timestamp: int) -> int:
    """Every five minutes: make the next key of doors in time, destroy those that are over."""
    return keep_door_keys(by=SYSTEM, at=clock.now())


@app.task(name="checkins.read_points")
def read_points(import_id: str, by: str) -> None:
    """Read a large table of points; the arguments are references only."""
    imports.by_job(imports.read_kept, import_id=UUID(import_id), ref=by)


@app.task(name="checkins.write_points")
def write_points(import_id: str, by: str, *, skip_faulty: bool, keep_suspected: bool) -> None:
    """Write a large table of points whole; ended in the middle it leaves nothing."""
    choice = imports.Choice(skip_faulty=skip_faulty, keep_suspected=keep_suspected)
    work = partial(imports.write_kept, choice=choice)
    imports.by_job(work, import_id=UUID(import_id), ref=by)


@app.task(name="checkins.undo_points")
def undo_points(import_id: str, by: str) -> None:
    """Undo a large table of points whole; ended in the middle it closes none of them."""
    imports.by_job(imports.undo_kept, import_id=UUID(import_id), ref=by)
