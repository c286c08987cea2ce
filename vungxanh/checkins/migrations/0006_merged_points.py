"""Points that were merged into another, and pairs that are said to be two."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checkins", "0005_inspection_states")]

    operations = [
        migrations.CreateModel(
            name="TwoPoints",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="point",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="checkins.point",
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True), ("state", "closed"), _connector="OR"
                ),
                name="point_merged_is_closed",
            ),
        ),
        migrations.AddField(
            model_name="twopoints",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="checkins.point"
            ),
        ),
        migrations.AddField(
            model_name="twopoints",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="checkins.point"
            ),
        ),
        migrations.AddConstraint(
            model_name="twopoints",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="two_points_said_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="twopoints",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))),
                name="two_points_in_their_order",
            ),
        ),
    ]
