"""Requests of those whose second factor is lost."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [("accounts", "0021_invitations")]
    operations = [
        migrations.CreateModel(
            name="Recovery",
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
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("first_by", models.CharField(blank=True, max_length=64)),
                ("first_at", models.DateTimeField(null=True)),
                ("second_by", models.CharField(blank=True, max_length=64)),
                ("done_at", models.DateTimeField(null=True)),
                ("dropped_by", models.CharField(blank=True, max_length=64)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recoveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "indexes": [models.Index(fields=["asked_at"], name="recoveries_by_time")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), ("dropped_at__isnull", True)),
                        fields=("staff",),
                        name="recovery_one_open_of_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("second_by", "")),
                            models.Q(
                                ("done_at__isnull", False),
                                ("dropped_at__isnull", True),
                                ("first_at__isnull", False),
                                models.Q(("first_by", ""), _negated=True),
                                models.Q(("second_by", ""), _negated=True),
                                models.Q(("first_by", models.F("second_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="recovery_is_done_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_at__isnull", True), ("first_by", "")),
                            models.Q(
                                models.Q(("first_by", ""), _negated=True),
                                ("first_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recovery_first_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("dropped_at__isnull", True), ("dropped_by", "")),
                            models.Q(
                                models.Q(("dropped_by", ""), _negated=True),
                                ("dropped_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recovery_drop_has_a_person",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE ALL ON accounts_recovery FROM vungxanh_intake",
            "GRANT SELECT, INSERT ON accounts_recovery TO vungxanh_intake",
        ),
    ]
