"""Invitations by link."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_staff_sessions")]
    operations = [
        migrations.CreateModel(
            name="Invitation",
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
                ("email", vungxanh.core.sealed.SealedField()),
                ("email_index", models.BinaryField(max_length=32)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), size=None
                    ),
                ),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), size=None
                    ),
                ),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("ends_at", models.DateTimeField(null=True)),
                ("made_by", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "staff",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "indexes": [
                    models.Index(fields=["expires_at"], name="invitations_by_end"),
                    models.Index(fields=["made_by"], name="invitations_by_maker"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        fields=("email_index",),
                        name="invitation_one_open_of_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="invitation_is_used_or_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("roles__len__gt", 0), ("units__len__gt", 0)),
                        name="invitation_has_a_role",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE ALL ON accounts_invitation FROM vungxanh_intake",
            "GRANT SELECT, INSERT ON accounts_invitation TO vungxanh_intake",
        ),
    ]
