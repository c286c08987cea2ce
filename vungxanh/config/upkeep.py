"""Bringing the database up to this version."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from vungxanh.core import keys


def migrate() -> None:
    """Apply every migration; the key files are made with the first, and never again."""
    if not MigrationRecorder(connection).applied_migrations():
        keys.create_missing()
    call_command("migrate", interactive=False, verbosity=0)
