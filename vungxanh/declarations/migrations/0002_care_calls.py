import datetime

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.enveloped
import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0001_declarations"),
        ("locations", "0005_boundaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="CareCall",
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
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                ("result", models.CharField(max_length=11)),
                ("note", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("again_at", models.DateTimeField(null=True)),
                ("follow_on", models.DateField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("declaration_id", models.UUIDField()),
                ("person_id", models.BigIntegerField()),
                ("rules_id", models.IntegerField(null=True)),
                ("before", models.CharField(max_length=8)),
                ("after", models.CharField(max_length=8)),
                ("inputs", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("reason", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddField(
            model_name="care",
            name="again_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="care",
            name="claimed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="care",
            name="claimed_by",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="care",
            name="due_at",
            field=models.DateTimeField(default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="care",
            name="follow_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="care",
            name="is_at_top",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="care",
            name="latest_id",
            field=models.UUIDField(default="00000000-0000-0000-0000-000000000000"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="care",
            name="minutes",
            field=models.PositiveIntegerField(default=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="care",
            name="n_calls",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="care",
            name="n_joined",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="care",
            name="raised_duties",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="contest",
            name="duty",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="contest",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="locations.adminunit",
            ),
        ),
        migrations.AddIndex(
            model_name="care",
            index=models.Index(
                condition=models.Q(("state__in", ["calling", "open"])),
                fields=["due_at"],
                name="care_to_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="care",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["calling", "open"])),
                fields=("person_id",),
                name="care_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="care",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claimed_at__isnull", True), ("claimed_by", "")),
                    models.Q(
                        ("claimed_at__isnull", False), models.Q(("claimed_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="care_claimed_by_and_at",
            ),
        ),
        migrations.AddField(
            model_name="carecall",
            name="care",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="calls",
                to="declarations.care",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="contest",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decision",
                to="declarations.contest",
            ),
        ),
        migrations.AddConstraint(
            model_name="carecall",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "result__in",
                        ["home_watch", "hospital", "moved", "not_ill", "not_reached", "test"],
                    )
                ),
                name="carecall_result_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["person_id"], name="decision_of_person"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before__in", ["green", "orange", "red", "yellow"]),
                    ("after__in", ["green", "orange", "red", "yellow"]),
                ),
                name="decision_colours_are_known",
            ),
        ),
    ]
