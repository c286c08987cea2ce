"""A refusal keeps its address sealed, so that it is found under another index key too."""

from django.db import migrations

import vungxanh.core.sealed


class Migration(migrations.Migration):
    dependencies = [("messaging", "0005_costs_and_templates")]

    operations = [
        migrations.AddField(
            model_name="optout",
            name="address",
            field=vungxanh.core.sealed.SealedField(null=True),
        ),
    ]
