"""How far a change of key has come; written by the owner's command, read by nobody else."""

from django.db import migrations, models

import vungxanh.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_keys_of_people_and_codes"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyChange",
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
                ("use", models.CharField(max_length=10)),
                ("to_key", models.CharField(max_length=8)),
                ("place", models.CharField(max_length=128)),
                ("last_row", models.CharField(blank=True, max_length=128)),
                ("n_rows", models.BigIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["place", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("use", "to_key", "place"), name="key_change_of_a_place_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("last_row", ""), _connector="OR"
                        ),
                        name="key_change_ended_has_no_last_row",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_key__regex", "^[0-9a-f]{8}$")),
                        name="key_change_names_a_key",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE ALL ON core_keychange FROM vungxanh_web, vungxanh_intake, vungxanh_worker",
            migrations.RunSQL.noop,
        ),
    ]
