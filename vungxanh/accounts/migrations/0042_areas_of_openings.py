"""An opening names all units that its officer had, however many."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0041_areas_of_exports")]
    operations = [migrations.AlterField("brokenglass", "area", models.TextField(blank=True))]
