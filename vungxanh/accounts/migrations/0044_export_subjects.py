"""An export says whom its file has in it, as long as there is a file."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0043_device_organisation")]

    operations = [
        migrations.AddField(
            model_name="personexport",
            name="subjects",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=64), null=True, size=None
            ),
        ),
    ]
