"""Enrolled devices and API keys."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0032_person_exports"),
        ("locations", "0005_boundaries"),
    ]

    operations = [
        migrations.CreateModel(
            name="EnrolledDevice",
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
                ("name", vungxanh.core.sealed.SealedField()),
                ("kind", models.CharField(max_length=16)),
                ("scope", models.CharField(max_length=32)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
                ("invited_by", models.CharField(max_length=64)),
                ("invited_at", models.DateTimeField()),
                ("link_digest", models.BinaryField(max_length=32, null=True, unique=True)),
                ("link_until", models.DateTimeField(null=True)),
                ("token_digest", models.BinaryField(max_length=32, null=True)),
                ("next_digest", models.BinaryField(max_length=32, null=True)),
                ("enrolled_at", models.DateTimeField(null=True)),
                ("last_contact_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=64)),
                ("ending", models.CharField(blank=True, max_length=16)),
            ],
            options={
                "ordering": ["-invited_at", "-id"],
                "indexes": [
                    models.Index(fields=["unit", "-invited_at"], name="devices_by_unit"),
                    models.Index(fields=["last_contact_at"], name="devices_by_contact"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["phone", "display", "reader", "api_key"])),
                        name="device_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ending__in", ["", "lapsed", "revoked"])),
                        name="device_ending_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", ""), ("ending", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__gt", ""),
                                ("ending__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="device_ended_wholly",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("link_digest", None),
                            ("link_until", None),
                            _connector="XOR",
                            _negated=True,
                        ),
                        name="device_link_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("enrolled_at", None),
                                ("last_contact_at", None),
                                ("token_digest", None),
                            ),
                            models.Q(
                                ("enrolled_at__isnull", False),
                                ("last_contact_at__isnull", False),
                                ("token_digest__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="device_token_was_enrolled",
                    ),
                ],
            },
        ),
    ]
