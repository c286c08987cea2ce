"""When cards followed a version of rules that began or ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("declarations", "0004_paper_sheets")]

    operations = [
        migrations.AddField(
            model_name="ruleset",
            name="rejudged_at",
            field=models.DateTimeField(null=True),
        ),
    ]
