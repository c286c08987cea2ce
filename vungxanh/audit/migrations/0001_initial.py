"""The log, its chain, and the queue of events that wait for their link."""

from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_roles")]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE audit_auditevent_sequence_seq",
            "DROP SEQUENCE IF EXISTS audit_auditevent_sequence_seq",
        ),
        migrations.CreateModel(
            name="AuditLink",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("digest", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="UnsealedEvent",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                "ordering": ["sequence"],
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
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
                (
                    "sequence",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("audit_auditevent_sequence_seq"), function="nextval"
                        ),
                        editable=False,
                        unique=True,
                    ),
                ),
                ("event", models.CharField(max_length=64)),
                ("by", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(max_length=128)),
                ("purpose", models.CharField(max_length=32)),
                ("detail", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-sequence"],
                "indexes": [
                    models.Index(fields=["subject", "sequence"], name="audit_by_subject"),
                    models.Index(fields=["by", "sequence"], name="audit_by_person"),
                    models.Index(fields=["event", "sequence"], name="audit_by_event"),
                    models.Index(fields=["at"], name="audit_by_time"),
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER SEQUENCE audit_auditevent_sequence_seq OWNED BY audit_auditevent.sequence",
            "ALTER SEQUENCE audit_auditevent_sequence_seq OWNED BY NONE",
        ),
    ]
