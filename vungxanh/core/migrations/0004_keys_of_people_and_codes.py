"""Keys that wrap each person's own, and those that sign QR codes."""

from django.db import migrations

from vungxanh.core import keys
from vungxanh.core.keys import Use


def make_keys(apps, schema_editor):
    """An earlier installation lacks these two; the others are never quietly replaced."""
    keys.create_missing((Use.PEOPLE, Use.QR))


class Migration(migrations.Migration):
    dependencies = [("core", "0003_limit_bucket")]
    operations = [migrations.RunPython(make_keys, migrations.RunPython.noop)]
