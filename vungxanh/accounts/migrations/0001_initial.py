"""Staff and their failed sign-ins."""

import django.db.models.functions.datetime
from django.db import migrations, models

import vungxanh.core.ids
import vungxanh.core.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0001_roles")]

    operations = [
        migrations.CreateModel(
            name="Staff",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=vungxanh.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("email", vungxanh.core.sealed.SealedField()),
                ("email_index", models.BinaryField(max_length=32, unique=True)),
                ("name", vungxanh.core.sealed.SealedField()),
                ("role", models.CharField(max_length=32)),
                ("unit", models.CharField(blank=True, max_length=32)),
                ("is_active", models.BooleanField(default=True)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "admin",
                                    "province_officer",
                                    "district_officer",
                                    "commune_officer",
                                    "tracer",
                                    "operator",
                                    "auditor",
                                ],
                            )
                        ),
                        name="staff_role_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__regex", "^([a-z0-9-]+:[a-z0-9]+)?$")),
                        name="staff_unit_is_an_id",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FailedSignIns",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("n_failures", models.PositiveIntegerField()),
                ("last_at", models.DateTimeField()),
                ("blocked_until", models.DateTimeField()),
            ],
            options={
                "ordering": ["key"],
                "indexes": [models.Index(fields=["last_at"], name="failed_sign_ins_by_time")],
            },
        ),
        migrations.RunSQL(
            "REVOKE ALL ON accounts_staff, accounts_failedsignins FROM vungxanh_intake",
            "GRANT SELECT, INSERT ON accounts_staff, accounts_failedsignins TO vungxanh_intake",
        ),
    ]
