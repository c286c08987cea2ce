"""Of targets that stood twice for one unit and count, the one set last stands on."""

from django.db import migrations

MEND = """
UPDATE uptake_target AS older
SET ended_at = greatest(follower.next_at, older.set_at)
FROM (
    SELECT id, lead(set_at) OVER (PARTITION BY unit_id, numerator ORDER BY set_at, id) AS next_at
    FROM uptake_target
    WHERE ended_at IS NULL
) AS follower
WHERE follower.id = older.id AND follower.next_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("uptake", "0005_reported_once")]

    operations = [migrations.RunSQL(MEND, migrations.RunSQL.noop)]
