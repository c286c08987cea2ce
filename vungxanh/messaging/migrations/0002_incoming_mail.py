"""Mails that came in."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_limit_bucket"),
        ("messaging", "0001_outbox"),
    ]

    operations = [
        migrations.CreateModel(
            name="IncomingMail",
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
                ("digest", models.BinaryField(max_length=32, unique=True)),
                ("sender", vungxanh.core.sealed.SealedField()),
                ("sender_index", models.BinaryField(max_length=32)),
                ("subject", vungxanh.core.sealed.SealedField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("came_at", models.DateTimeField()),
                ("n_bytes", models.PositiveIntegerField()),
                ("n_attachments", models.PositiveSmallIntegerField()),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("taken_as", models.CharField(blank=True, max_length=128)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "original",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-came_at", "-id"],
                "indexes": [
                    models.Index(fields=["sender_index", "came_at"], name="incoming_of_sender"),
                    models.Index(fields=["ended_at"], name="incoming_ended"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "taken", "refused", "set_aside"])
                        ),
                        name="incoming_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="incoming_waits_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            models.Q(("taken_as", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="incoming_taken_as_something",
                    ),
                ],
            },
        ),
    ]
