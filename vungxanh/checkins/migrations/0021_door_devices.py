"""Which point an enrolled device keeps."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0020_point_activity"),
    ]

    operations = [
        migrations.CreateModel(
            name="DoorDevice",
            fields=[
                ("device_id", models.UUIDField(primary_key=True, serialize=False)),
                ("entrance", models.SmallIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
                (
                    "keeper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="door_devices",
                        to="checkins.pointkeeper",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="door_devices",
                        to="checkins.point",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "device_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entrance__range", (0, 255))),
                        name="door_device_entrance_fits_its_code",
                    )
                ],
            },
        ),
    ]
