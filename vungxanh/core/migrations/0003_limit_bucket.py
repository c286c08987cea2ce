"""How often somebody called: small, hot and dispensable, so it is written without a log.

An unlogged table costs no write-ahead log, is not replicated, and is empty after a crash.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_stored_file"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitBucket",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("full_at", models.BigIntegerField()),
                ("was_taken", models.BooleanField()),
            ],
            options={"ordering": ["key"]},
        ),
        migrations.RunSQL(
            # Room in each page, and no second index: an update then touches one page.
            "ALTER TABLE core_limitbucket SET UNLOGGED, SET (fillfactor = 50)",
            "ALTER TABLE core_limitbucket SET LOGGED, RESET (fillfactor)",
        ),
    ]
