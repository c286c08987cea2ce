"""Sessions of staff."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("accounts", "0040_devices")]
    operations = [
        migrations.CreateModel(
            name="StaffSession",
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
                ("key", models.BinaryField(max_length=32, unique=True)),
                ("started_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("address", models.BinaryField(max_length=32)),
                ("browser", vungxanh.core.sealed.SealedField()),
                ("factor", models.CharField(blank=True, max_length=16)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=16)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=["staff", "seen_at"],
                        name="staff_sessions_going_on",
                    ),
                    models.Index(fields=["ended_at"], name="staff_sessions_ended"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("why", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                (
                                    "why__in",
                                    [
                                        "signed_out",
                                        "idle",
                                        "too_long",
                                        "revoked",
                                        "password",
                                        "recovery",
                                        "closed",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="staff_session_ends_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen_at__gte", models.F("started_at"))),
                        name="staff_session_is_seen_after_it_began",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE ALL ON accounts_staffsession FROM vungxanh_intake",
            "GRANT SELECT, INSERT ON accounts_staffsession TO vungxanh_intake",
        ),
    ]
