"""The outbox."""

import django.db.models.functions.datetime
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="Message",
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
                ("kind", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=128, null=True, unique=True)),
                ("about", models.CharField(max_length=128)),
                ("to", vungxanh.core.sealed.SealedField()),
                ("subject", vungxanh.core.sealed.SealedField()),
                ("text", vungxanh.core.sealed.SealedField()),
                ("state", models.CharField(default="waiting", max_length=16)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("next_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("n_tries", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)),
                        fields=["next_at", "id"],
                        name="messages_due",
                    ),
                    models.Index(fields=["ended_at"], name="messages_ended"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "sending", "sent", "given_up"])
                        ),
                        name="message_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_at__isnull", False),
                            ("ended_at__isnull", False),
                            _connector="XOR",
                        ),
                        name="message_is_due_or_ended",
                    ),
                ],
            },
        ),
    ]
