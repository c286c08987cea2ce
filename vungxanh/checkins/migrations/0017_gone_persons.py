"""Persons who are gone, for as long as device intake may still write of them."""

from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [("checkins", "0016_intake_writes_scans")]

    operations = [
        migrations.CreateModel(
            name="GonePerson",
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
                ("person_id", models.BigIntegerField()),
                ("kept_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                ("looked_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("kept_id__isnull", False)),
                        fields=["kept_id"],
                        name="gone_into",
                    )
                ],
            },
        ),
    ]
