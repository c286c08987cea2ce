"""An export names all units of its persons, however many: a province has over a hundred communes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0022_recoveries")]
    operations = [migrations.AlterField("personexport", "area", models.TextField())]
