"""What intake may do here: know a device by its token, and begin the row of somebody new.

It reads no name, no number and no address to which messages go.
"""

from django.db import migrations

GRANTS = """
GRANT SELECT (id, token_digest, person_id, residence_id, registered_at, last_seen_at, second_day_on,
    ended_at), UPDATE (person_id, last_seen_at, second_day_on) ON people_device TO vungxanh_intake;
GRANT SELECT (id), INSERT ON people_person TO vungxanh_intake;
GRANT SELECT, INSERT, UPDATE (n) ON people_livecount TO vungxanh_intake;
"""
TAKE_BACK = """
REVOKE ALL ON people_device, people_person, people_livecount FROM vungxanh_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_bases_by_two"), ("core", "0006_intake_by_grant")]
    operations = [migrations.RunSQL(GRANTS, TAKE_BACK)]
