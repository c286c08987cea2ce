"""The one role and the one unit of before."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_fill_roles_units")]
    operations = [
        migrations.RemoveConstraint("staff", "staff_role_is_known"),
        migrations.RemoveConstraint("staff", "staff_unit_is_an_id"),
        migrations.AlterField("staff", "role", models.CharField(default="auditor", max_length=32)),
        migrations.AlterField("staff", "unit", models.CharField(default="", max_length=32)),
        migrations.RemoveField("staff", "role"),
        migrations.RemoveField("staff", "unit"),
        migrations.AlterField("staff", "roles", ArrayField(models.CharField(max_length=32))),
        migrations.AddConstraint(
            "staff",
            models.CheckConstraint(
                name="staff_has_a_role", condition=models.Q(("roles__len__gt", 0))
            ),
        ),
    ]
