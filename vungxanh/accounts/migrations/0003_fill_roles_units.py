"""The one role and the one unit of before become the first of the lists."""

from django.db import migrations

FILL = """
UPDATE accounts_staff
SET roles = ARRAY[role], units = CASE WHEN unit = '' THEN '{}'::varchar[] ELSE ARRAY[unit] END
"""
TAKE_BACK = "UPDATE accounts_staff SET role = roles[1], unit = coalesce(units[1], '')"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_roles_units")]
    operations = [migrations.RunSQL(FILL, TAKE_BACK)]
