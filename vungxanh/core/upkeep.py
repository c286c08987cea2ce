"""What is no longer kept goes, in every room, and what went and what is left is kept as a proof.

A room registers in its AppConfig, each optional: `purge(at) -> int` deletes what is past its time;
`overdue(at) -> Mapping[str, int]` counts it, by table, without deleting anything; `keep_proof(*,
purged)` keeps the outcome.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from procrastinate.contrib.django import app

from vungxanh.core import clock

# As long as core.privacy.THIRD_PARTY keeps jobs.
ENDED_JOBS_HOURS = 30 * 24
SESSIONS = "django_session"


@dataclass(frozen=True, slots=True)
class Purged:
    """One run: rows and files gone by room, and what was past its time afterwards, by table."""

    began_at: datetime
    ended_at: datetime
    counts: dict[str, int]
    overdue: dict[str, int]


def purge(at: datetime) -> dict[str, int]:
    """Delete what each room no longer keeps; how many rows or files, by room.

    A room says what in `purge(at)` of its AppConfig. Sessions that have ended go at once; a job
    takes away the jobs that ended a month ago. What was past its time at `at` is counted again
    afterwards, and a room that keeps proofs is handed both.
    """
    call_command("clearsessions")
    app.configure_task("builtin:procrastinate.builtin_tasks.remove_old_jobs").defer(
        max_hours=ENDED_JOBS_HOURS, remove_failed=True, remove_cancelled=True, remove_aborted=True
    )
    counts = {config.label: int(config.purge(at)) for config in _rooms("purge")}
    purged = Purged(at, max(at, clock.now()), counts, overdue(at))
    for config in _rooms("keep_proof"):
        config.keep_proof(purged=purged)
    return counts


def overdue(at: datetime) -> dict[str, int]:
    """What a purge would take away now, by table, tables with nothing too; deletes nothing."""
    found = {SESSIONS: Session.objects.filter(expire_date__lt=at).count()}
    for config in _rooms("overdue"):
        found.update(config.overdue(at))
    return found


def _rooms(word: str) -> list[Any]:
    return [config for config in apps.get_app_configs() if hasattr(config, word)]
