"""What a day costs, and the wordings of templates."""

from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [("messaging", "0004_sms_and_wishes")]

    operations = [
        migrations.CreateModel(
            name="DayCost",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("channel", models.CharField(max_length=8)),
                ("n_messages", models.PositiveIntegerField(default=0)),
                ("n_parts", models.PositiveIntegerField(default=0)),
                ("n_dong", models.PositiveBigIntegerField(default=0)),
                ("told_percent", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["-day", "channel"],
            },
        ),
        migrations.CreateModel(
            name="TemplateText",
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
                ("code", models.CharField(max_length=64)),
                ("version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("channel", models.CharField(max_length=8)),
                ("grade", models.CharField(max_length=12)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=128)),
                ("published", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "ordering": ["code", "-version", "channel", "-language"],
            },
        ),
        migrations.AddConstraint(
            model_name="daycost",
            constraint=models.UniqueConstraint(
                fields=("day", "channel"), name="one_cost_a_day_and_channel"
            ),
        ),
        migrations.AddConstraint(
            model_name="daycost",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "sms", "push", "oa"])),
                name="cost_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="daycost",
            constraint=models.CheckConstraint(
                condition=models.Q(("told_percent__in", [0, 80, 100])), name="cost_told_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetext",
            constraint=models.UniqueConstraint(
                fields=("code", "version", "language", "channel"), name="one_text_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetext",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["mail", "sms", "push", "oa"])),
                name="template_channel_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetext",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__in", ["asked", "urgent", "essential", "ordinary"])),
                name="template_grade_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="templatetext",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "vi"])),
                name="template_language_is_known",
            ),
        ),
    ]
