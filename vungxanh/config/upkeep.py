"""Bringing the database up to this version."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from vungxanh.core import keys


def migrate() -> None:
    """Apply migrations, load units, purposes and forms; key files are made with the first only."""
    if not MigrationRecorder(connection).applied_migrations():
        keys.create_missing()
    call_command("migrate", interactive=False, verbosity=0)
    _load_units()
    _load_purposes()
    _load_forms()


def _load_units() -> None:
    from vungxanh.core import clock
    from vungxanh.core.viewer import SYSTEM
    from vungxanh.locations.actions import load_units

    load_units(by=SYSTEM, at=clock.now())


def _load_purposes() -> None:
    from vungxanh.accounts.actions import load_purposes
    from vungxanh.core import clock
    from vungxanh.core.viewer import SYSTEM

    load_purposes(by=SYSTEM, at=clock.now())


def _load_forms() -> None:
    from vungxanh.core import clock
    from vungxanh.core.viewer import SYSTEM
    from vungxanh.declarations.actions.form_versions import load_forms

    load_forms(by=SYSTEM, at=clock.now())
