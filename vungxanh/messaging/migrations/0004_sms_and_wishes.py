"""SMS that came in, who opted out, reports that were faster than their message."""

from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("messaging", "0003_channels")]

    operations = [
        migrations.CreateModel(
            name="EarlyReceipt",
            fields=[
                (
                    "provider_id",
                    models.CharField(max_length=128, primary_key=True, serialize=False),
                ),
                ("outcome", models.CharField(max_length=12)),
                ("came_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["came_at", "provider_id"],
            },
        ),
        migrations.CreateModel(
            name="IncomingSms",
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
                ("provider_id", models.CharField(max_length=128, unique=True)),
                ("sender", vungxanh.core.sealed.SealedField()),
                ("sender_index", models.BinaryField(max_length=32)),
                ("text", vungxanh.core.sealed.SealedField(null=True)),
                ("sent_at", models.DateTimeField()),
                ("came_at", models.DateTimeField()),
                ("verb", models.CharField(blank=True, max_length=12)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("problem", models.CharField(blank=True, max_length=40)),
                ("taken_as", models.CharField(blank=True, max_length=128)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-came_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="OptOut",
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
                ("address_index", models.BinaryField(max_length=32)),
                ("kind", models.CharField(blank=True, max_length=64)),
                ("since", models.DateTimeField()),
            ],
            options={
                "ordering": ["since", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="earlyreceipt",
            index=models.Index(fields=["came_at"], name="early_receipts_came"),
        ),
        migrations.AddIndex(
            model_name="incomingsms",
            index=models.Index(fields=["sender_index", "came_at"], name="sms_of_sender"),
        ),
        migrations.AddIndex(
            model_name="incomingsms",
            index=models.Index(fields=["ended_at"], name="sms_ended"),
        ),
        migrations.AddConstraint(
            model_name="incomingsms",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "taken", "refused", "set_aside"])),
                name="sms_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="incomingsms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True), ("state", "waiting"), ("text__isnull", False)
                    ),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("ended_at__isnull", False),
                        ("text__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="sms_waits_with_its_text_or_ended_without",
            ),
        ),
        migrations.AddConstraint(
            model_name="optout",
            constraint=models.UniqueConstraint(
                fields=("address_index", "kind"), name="opted_out_once"
            ),
        ),
    ]
