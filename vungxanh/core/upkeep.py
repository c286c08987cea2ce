"""What is no longer kept goes, in every room."""

from datetime import datetime

from django.apps import apps
from django.core.management import call_command
from procrastinate.contrib.django import app

# As long as core.privacy.THIRD_PARTY keeps jobs.
ENDED_JOBS_HOURS = 30 * 24


def purge(at: datetime) -> dict[str, int]:
    """Delete what each room no longer keeps; how many rows or files, by room.

    A room says what in `purge(at)` of its AppConfig. Sessions that have ended go at once; a job
    takes away the jobs that ended a month ago.
    """
    call_command("clearsessions")
    app.configure_task("builtin:procrastinate.builtin_tasks.remove_old_jobs").defer(
        max_hours=ENDED_JOBS_HOURS, remove_failed=True, remove_cancelled=True, remove_aborted=True
    )
    rooms = [config for config in apps.get_app_configs() if hasattr(config, "purge")]
    return {config.label: int(config.purge(at)) for config in rooms}
