"""When an account was closed: its particulars are kept for a time from then on.

Of accounts that are closed already the moment is not known here; their time begins now.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0044_export_subjects")]

    operations = [
        migrations.AddField(
            model_name="staff",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(
            "UPDATE accounts_staff SET closed_at = now() WHERE NOT is_active",
            migrations.RunSQL.noop,
        ),
    ]
