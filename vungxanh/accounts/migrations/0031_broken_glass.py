"""Broken glass."""

import django.contrib.postgres.fields
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("accounts", "0030_purposes")]
    operations = [
        migrations.CreateModel(
            name="BrokenGlass",
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
                ("by", models.CharField(max_length=64)),
                ("area", models.CharField(blank=True, max_length=500)),
                ("unit", models.CharField(max_length=32)),
                ("purpose", models.CharField(max_length=32)),
                ("reason", vungxanh.core.sealed.SealedField()),
                ("opened_at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "told",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), size=None
                    ),
                ),
                ("verdict", models.CharField(blank=True, default="", max_length=16)),
                ("reviewed_by", models.CharField(blank=True, max_length=64)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("note", vungxanh.core.sealed.SealedField(blank=True, default="")),
            ],
            options={
                "ordering": ["-opened_at", "-id"],
                "indexes": [
                    models.Index(fields=["by", "opened_at"], name="broken_glass_of_officer"),
                    models.Index(fields=["area", "opened_at"], name="broken_glass_of_area"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("by",),
                        name="broken_glass_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("opened_at"))),
                        name="broken_glass_ends_after_it_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told__len__gt", 0)),
                        name="broken_glass_somebody_was_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_at__isnull", True), ("reviewed_by", ""), ("verdict", "")
                            ),
                            models.Q(
                                ("verdict__in", ["justified", "unjustified"]),
                                models.Q(("reviewed_by", ""), _negated=True),
                                ("reviewed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="broken_glass_verdict_has_its_reviewer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reviewed_by", models.F("by")), _negated=True),
                        name="broken_glass_never_reviewed_by_its_officer",
                    ),
                ],
            },
        ),
    ]
