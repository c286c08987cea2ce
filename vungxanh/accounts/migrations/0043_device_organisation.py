"""A device can act for an organisation."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0042_areas_of_openings"),
        ("locations", "0003_organisations"),
    ]
    operations = [
        migrations.AddField(
            "enrolleddevice",
            "organisation",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="locations.organisation",
            ),
        )
    ]
