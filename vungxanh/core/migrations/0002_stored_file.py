"""The file store's table, and the installation's keys."""

from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed
from vungxanh.core import keys


def make_keys(apps, schema_editor):
    """A new installation gets its keys here, once; a lost key file is never quietly replaced."""
    keys.create_missing()


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_roles"),
    ]

    operations = [
        migrations.RunPython(make_keys, migrations.RunPython.noop),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vungxanh.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("address", models.CharField(db_index=True, max_length=64)),
                ("is_sealed", models.BooleanField()),
                ("sha256", vungxanh.core.sealed.SealedField()),
                ("size_bytes", models.BigIntegerField()),
                ("name", vungxanh.core.sealed.SealedField()),
                ("media_type", models.CharField(max_length=127)),
                ("kept_by", models.CharField(max_length=64)),
                ("kept_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["kept_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("address__regex", "^[0-9a-f]{64}$")),
                        name="stored_file_address_is_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size_bytes__gte", 0)),
                        name="stored_file_size_is_not_negative",
                    ),
                ],
            },
        ),
    ]
