"""Several roles and units for one account, and single things that a role is limited to."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.AddField(
            "staff", "roles", ArrayField(models.CharField(max_length=32), default=list)
        ),
        migrations.AddField(
            "staff", "units", ArrayField(models.CharField(max_length=32), blank=True, default=list)
        ),
        migrations.AddField(
            "staff", "scopes", ArrayField(models.CharField(max_length=64), blank=True, default=list)
        ),
        migrations.AddField("staff", "ends_at", models.DateTimeField(blank=True, null=True)),
    ]
