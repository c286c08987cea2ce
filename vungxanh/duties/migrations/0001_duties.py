"""Duties, their occurrences, calendar addresses."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("locations", "0005_boundaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
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
                ("owner", models.CharField(max_length=80, unique=True)),
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Duty",
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
                ("kind", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120, null=True, unique=True)),
                ("title", models.CharField(max_length=300)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("role", models.CharField(blank=True, max_length=32)),
                ("source_kind", models.CharField(max_length=8)),
                ("source", models.CharField(max_length=300)),
                ("starts_on", models.DateField()),
                ("due_time", models.TimeField()),
                ("recurrence", models.CharField(blank=True, max_length=60)),
                ("ends_on", models.DateField(null=True)),
                ("pace", models.CharField(max_length=8)),
                ("planned_until", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
                ("created_by", models.CharField(max_length=80)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=80)),
                ("ended_reason", models.CharField(blank=True, max_length=300)),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.organisation",
                    ),
                ),
                (
                    "owed_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Occurrence",
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
                ("day", models.DateField()),
                ("due_at", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("met_at", models.DateTimeField(null=True)),
                ("met_by", models.CharField(blank=True, max_length=80)),
                ("evidence", models.CharField(blank=True, max_length=128)),
                ("n_met", models.PositiveSmallIntegerField(default=0)),
                ("was_late", models.BooleanField(default=False)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=80)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("step", models.CharField(default="none", max_length=10)),
                ("proposed_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.CharField(blank=True, max_length=80)),
                ("answer", models.CharField(blank=True, max_length=300)),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occurrences",
                        to="duties.duty",
                    ),
                ),
                (
                    "raised_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
            options={
                "ordering": ["due_at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["planned_until"],
                name="duty_to_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unit__isnull", False), ("organisation__isnull", False), _connector="XOR"
                ),
                name="duty_has_one_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("source_kind__in", ["letter", "rule", "law"])),
                name="duty_source_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("pace__in", ["hours", "days"])), name="duty_pace_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="duty_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by", ""), ("ended_reason", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        models.Q(("ended_by", ""), _negated=True),
                        models.Q(("ended_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="duty_ended_with_who_and_why",
            ),
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["due_at"], name="occurrence_open"
            ),
        ),
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(fields=["day"], name="occurrence_of_day"),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.UniqueConstraint(fields=("duty", "due_at"), name="occurrence_once"),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "done", "late", "revised", "waived", "cancelled"])
                ),
                name="occurrence_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "step__in",
                        ["none", "before", "on", "after_1", "after_2", "after_3", "proposed"],
                    )
                ),
                name="occurrence_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("evidence", ""), ("met_at__isnull", True), ("met_by", ""), ("n_met", 0)
                    ),
                    models.Q(
                        ("met_at__isnull", False),
                        ("n_met__gt", 0),
                        models.Q(("met_by", ""), _negated=True),
                        models.Q(("evidence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="occurrence_met_with_who_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["done", "late", "revised"]), _negated=True),
                    ("met_at__isnull", False),
                    _connector="OR",
                ),
                name="occurrence_state_with_evidence",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["cancelled", "waived"]), _negated=True),
                    models.Q(
                        ("decided_at__isnull", False),
                        models.Q(("decided_by", ""), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="occurrence_ended_with_who_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("proposed_at__isnull", False),
                        models.Q(("answered_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="occurrence_answered_after_proposed",
            ),
        ),
        migrations.AddConstraint(
            model_name="occurrence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("raised_to__isnull", True), ("answered_at__isnull", False), _connector="OR"
                ),
                name="occurrence_raised_by_answer",
            ),
        ),
    ]
