"""Exports of persons."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0031_broken_glass"), ("core", "0002_stored_file")]
    operations = [
        migrations.CreateModel(
            name="PersonExport",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "id",
                    models.UUIDField(default=vungxanh.core.ids.new_id, editable=False, unique=True),
                ),
                ("resource", models.CharField(max_length=64)),
                ("list_id", models.CharField(max_length=64)),
                ("purpose", models.CharField(max_length=32)),
                ("form", models.CharField(max_length=8)),
                ("language", models.CharField(max_length=8)),
                ("by", models.CharField(max_length=64)),
                ("area", models.CharField(max_length=500)),
                ("n_rows", models.PositiveIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(max_length=16)),
                ("decided_by", models.CharField(blank=True, max_length=64)),
                ("decided_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(null=True)),
                ("opens_until", models.DateTimeField(null=True)),
                ("n_downloads", models.PositiveIntegerField(default=0)),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-number"],
                "indexes": [
                    models.Index(fields=["by", "asked_at"], name="person_exports_of_officer"),
                    models.Index(
                        condition=models.Q(("file__isnull", False)),
                        fields=["opens_until"],
                        name="person_exports_open",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "approved", "refused", "ready", "gone"])
                        ),
                        name="person_export_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("form__in", ["pdf", "xlsx"])),
                        name="person_export_form_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("decided_by", models.F("by")), _negated=True),
                                models.Q(("decided_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_export_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(("made_at__isnull", False), ("opens_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="person_export_ready_has_its_time",
                    ),
                ],
            },
        ),
    ]
