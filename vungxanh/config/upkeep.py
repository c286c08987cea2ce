"""Bringing the database up to this version, and taking out of it what is no longer kept."""

from datetime import datetime

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from vungxanh.core import keys


def migrate() -> None:
    """Apply every migration; the key files are made with the first, and never again."""
    if not MigrationRecorder(connection).applied_migrations():
        keys.create_missing()
    call_command("migrate", interactive=False, verbosity=0)


def purge(at: datetime) -> dict[str, int]:
    """Delete what each room no longer keeps: rooms name it in `purge(at)` of their AppConfig."""
    call_command("clearsessions")
    removed = {}
    for config in apps.get_app_configs():
        room_purge = getattr(config, "purge", None)
        if room_purge is not None:
            removed[config.label] = int(room_purge(at))
    return removed
