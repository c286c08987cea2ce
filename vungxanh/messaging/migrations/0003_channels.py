"""Messages by several ways: what they cost, when they are of use, where they go instead."""

from django.db import migrations, models

import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_incoming_mail")]

    operations = [
        migrations.RemoveConstraint(
            model_name="message",
            name="message_state_is_known",
        ),
        migrations.RemoveIndex(
            model_name="message",
            name="messages_due",
        ),
        migrations.AddField(
            model_name="message",
            name="channel",
            field=models.CharField(default="mail", max_length=8),
        ),
        migrations.AddField(
            model_name="message",
            name="grade",
            field=models.CharField(default="essential", max_length=12),
        ),
        migrations.AddField(
            model_name="message",
            name="instead_channel",
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AddField(
            model_name="message",
            name="instead_of",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="instead_to",
            field=vungxanh.core.sealed.SealedField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="language",
            field=models.CharField(default="vi", max_length=2),
        ),
        migrations.AddField(
            model_name="message",
            name="n_dong",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="message",
            name="n_parts",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="message",
            name="provider_id",
            field=models.CharField(blank=True, max_length=128),
        ),
        migrations.AddField(
            model_name="message",
            name="reported_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="template",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="message",
            name="template_version",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="to_index",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="until_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="values",
            field=vungxanh.core.sealed.SealedField(null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="subject",
            field=vungxanh.core.sealed.SealedField(null=True),
        ),
        migrations.AlterField(
            model_name="message",
            name="text",
            field=vungxanh.core.sealed.SealedField(null=True),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)),
                fields=["channel", "grade", "next_at", "id"],
                name="messages_due",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False), ("text__isnull", False)),
                fields=["ended_at"],
                name="messages_to_erase",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["to_index", "created_at"], name="messages_of_address"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("provider_id", ""), _negated=True),
                fields=["provider_id"],
                name="messages_of_provider",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["waiting", "sending", "sent", "delivered", "undelivered", "given_up"],
                    )
                ),
                name="message_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "sms", "push", "oa"])),
                name="message_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__in", ["asked", "urgent", "essential", "ordinary"])),
                name="message_grade_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("text__isnull", False), ("next_at__isnull", True), _connector="OR"
                ),
                name="message_waits_with_its_text",
            ),
        ),
    ]
