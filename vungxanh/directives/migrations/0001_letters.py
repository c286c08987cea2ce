"""Received letters, the changes of their items, and readings kept as examples."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_stored_file"),
        ("locations", "0001_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceivedLetter",
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
                ("digest", models.BinaryField(max_length=32)),
                ("state", models.CharField(max_length=10)),
                ("original_name", vungxanh.core.sealed.SealedField(blank=True)),
                ("kind", models.CharField(blank=True, max_length=8)),
                ("n_pages", models.PositiveIntegerField(null=True)),
                ("text", vungxanh.core.sealed.SealedField(blank=True)),
                ("head", vungxanh.core.sealed.SealedField(blank=True)),
                ("reading", vungxanh.core.sealed.SealedField(blank=True)),
                ("findings", vungxanh.core.sealed.SealedField(blank=True)),
                ("items", vungxanh.core.sealed.SealedField(blank=True)),
                ("refusal", vungxanh.core.sealed.SealedField(blank=True)),
                ("reader", models.CharField(blank=True, max_length=40)),
                ("version", models.PositiveIntegerField(default=0)),
                ("n_tasks", models.PositiveIntegerField(default=0)),
                ("n_open", models.PositiveIntegerField(default=0)),
                ("n_confirmed", models.PositiveIntegerField(default=0)),
                ("n_deadlines", models.PositiveIntegerField(default=0)),
                ("n_findings", models.PositiveIntegerField(default=0)),
                ("first_due_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("received_by", models.CharField(max_length=80)),
                ("read_at", models.DateTimeField(null=True)),
                ("discarded_at", models.DateTimeField(null=True)),
                (
                    "original",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="core.storedfile"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ItemChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("before", vungxanh.core.sealed.SealedField()),
                ("after", vungxanh.core.sealed.SealedField()),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=80)),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="directives.itemchange",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="directives.receivedletter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FixtureCandidate",
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
                ("letter_version", models.PositiveIntegerField()),
                ("expected", vungxanh.core.sealed.SealedField(blank=True)),
                ("text", vungxanh.core.sealed.SealedField(blank=True)),
                ("reader", models.CharField(max_length=40)),
                ("n_changes", models.PositiveIntegerField()),
                ("kept_at", models.DateTimeField()),
                ("kept_by", models.CharField(max_length=80)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_by", models.CharField(blank=True, max_length=80)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidates",
                        to="directives.receivedletter",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="receivedletter",
            index=models.Index(fields=["unit", "-received_at"], name="letter_unit_received"),
        ),
        migrations.AddIndex(
            model_name="receivedletter",
            index=models.Index(fields=["unit", "first_due_at"], name="letter_unit_due"),
        ),
        migrations.AddConstraint(
            model_name="receivedletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["waiting", "failed", "new", "viewing", "done", "discarded"])
                ),
                name="letter_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("read_at__isnull", False), ("state__in", ["new", "viewing", "done"])),
                    models.Q(("read_at__isnull", True), ("state__in", ["waiting", "failed"])),
                    ("state", "discarded"),
                    _connector="OR",
                ),
                name="letter_read_at_with_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("discarded_at__isnull", False), ("state", "discarded")),
                    models.Q(
                        models.Q(("state", "discarded"), _negated=True),
                        ("discarded_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="letter_discarded_at_with_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("n_open__lte", models.F("n_tasks"))),
                name="letter_open_among_tasks",
            ),
        ),
        migrations.AddConstraint(
            model_name="receivedletter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "discarded"), _negated=True),
                fields=("unit", "digest"),
                name="letter_once_in_a_unit",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemchange",
            constraint=models.UniqueConstraint(
                fields=("letter", "number"), name="item_change_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="itemchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "confirmed",
                            "edited",
                            "dropped",
                            "reopened",
                            "added",
                            "merged",
                            "split",
                            "undone",
                        ],
                    )
                ),
                name="item_change_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "undone"), ("undoes__isnull", False)),
                    models.Q(models.Q(("kind", "undone"), _negated=True), ("undoes__isnull", True)),
                    _connector="OR",
                ),
                name="item_change_undoes_with_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="fixturecandidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by", "")),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        models.Q(("withdrawn_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="candidate_withdrawn_at_with_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="fixturecandidate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("letter", "letter_version"),
                name="candidate_once_for_a_version",
            ),
        ),
    ]
