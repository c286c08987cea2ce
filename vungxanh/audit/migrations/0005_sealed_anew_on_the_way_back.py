"""Going back loses the seals and the days' signatures, which the former form has no place for.

So on the way back every row waits again for its seal, and the version that is gone back to, or this
one when it comes again, seals them anew. Rows are never lost; that they stood sealed before can then
be proved only by seals that were kept elsewhere (`vungxanh audit seal DAY`).
"""

from django.db import migrations

QUEUE = """
INSERT INTO audit_unsealedevent (sequence)
SELECT sequence FROM audit_auditevent ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_seals_and_days")]
    operations = [migrations.RunSQL(migrations.RunSQL.noop, QUEUE)]
