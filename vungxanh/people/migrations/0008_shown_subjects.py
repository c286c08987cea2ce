"""Who is read at a door: by the national code of 2021, or as somebody who came along."""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.enveloped


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_intake_meets_devices"),
    ]

    operations = [
        migrations.CreateModel(
            name="NationalCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="national_codes",
                        to="people.person",
                    ),
                ),
                ("code", vungxanh.core.enveloped.EnvelopedField(null=True)),
                ("code_index", models.BinaryField(max_length=32)),
                ("said_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["code_index"], name="national_code_by_index")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "code_index"),
                        name="national_code_stands_once_for_a_person",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="person",
            name="person_origin_is_known",
        ),
        migrations.AddField(
            model_name="person",
            name="companion",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("origin__in", ["app", "companion", "dependant", "door", "interview"])
                ),
                name="person_origin_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("guardian__isnull", False),
                        ("origin", "companion"),
                        ("companion__range", (1, 20)),
                    ),
                    models.Q(
                        models.Q(("origin", "companion"), _negated=True),
                        ("companion__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="person_companion_has_place_and_guardian",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("guardian", "companion"), name="person_companion_stands_once"
            ),
        ),
    ]
