"""A target may ask for a number, belong to a campaign and name a letter; one stands per count.

The table is locked for as long as its few rows take to be checked. On the way back targets that
ask for a number go: the table of before cannot hold them.
"""

import django.db.models.deletion
from django.db import migrations, models

NUMBERS = "DELETE FROM uptake_target WHERE share_percent IS NULL"
BASES = ["population", "adults", "smartphones", "subscriptions", "points_registered"]


class Migration(migrations.Migration):
    dependencies = [("uptake", "0007_campaign")]

    operations = [
        migrations.RemoveConstraint(model_name="target", name="target_base_known"),
        migrations.AddField(
            model_name="target",
            name="letter",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="target", name="n_asked", field=models.BigIntegerField(null=True)
        ),
        migrations.AddField(
            model_name="target",
            name="campaign",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="uptake.campaign",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="denominator",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="target",
            name="share_percent",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(
                condition=models.Q(("letter", ""), _negated=True),
                fields=["letter"],
                name="target_of_letter",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("unit", "numerator"),
                name="target_stands_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("n_asked__isnull", True), ("share_percent__isnull", False)),
                    models.Q(
                        ("denominator", ""), ("n_asked__gt", 0), ("share_percent__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="target_share_or_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("n_asked__isnull", False), ("denominator__in", BASES), _connector="OR"
                ),
                name="target_base_known",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, NUMBERS),
    ]
