"""A draft of a point, one for each person who is about to register one."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0006_merged_points"),
        ("people", "0006_bases_by_two"),
    ]

    operations = [
        migrations.CreateModel(
            name="PointDraft",
            fields=[
                (
                    "owner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("content", vungxanh.core.sealed.SealedField()),
                ("at", models.DateTimeField()),
            ],
            options={"ordering": ["owner"]},
        ),
    ]
