import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("locations", "0005_boundaries"),
        ("uptake", "0006_targets_mended"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
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
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("starts_on", models.DateField()),
                ("due_on", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("set_by", models.CharField(max_length=80)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["scope", "-set_at"], name="campaign_of_scope")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("starts_on"))),
                        name="campaign_ends_after_it_starts",
                    )
                ],
            },
        ),
    ]
