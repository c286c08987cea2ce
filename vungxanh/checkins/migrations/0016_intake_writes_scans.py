"""What intake may do here: know points by their codes, and add scans."""

from django.db import migrations

GRANTS = """
GRANT SELECT (id, code, state, merged_into_id) ON checkins_point TO vungxanh_intake;
GRANT SELECT (point_id, number) ON checkins_entrance TO vungxanh_intake;
GRANT SELECT, INSERT ON checkins_scan TO vungxanh_intake;
"""
TAKE_BACK = """
REVOKE ALL ON checkins_point, checkins_entrance, checkins_scan FROM vungxanh_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("checkins", "0015_scans"), ("people", "0007_intake_meets_devices")]
    operations = [migrations.RunSQL(GRANTS, TAKE_BACK)]
