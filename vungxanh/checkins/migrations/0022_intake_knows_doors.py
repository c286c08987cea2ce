"""What intake may do here for keepers: know which point a device keeps."""

from django.db import migrations

GRANTS = "GRANT SELECT (device_id, point_id) ON checkins_doordevice TO vungxanh_intake;"
TAKE_BACK = "REVOKE ALL ON checkins_doordevice FROM vungxanh_intake;"


class Migration(migrations.Migration):
    dependencies = [
        ("checkins", "0021_door_devices"),
        ("accounts", "0046_intake_knows_devices"),
        ("people", "0009_intake_meets_subjects"),
    ]
    operations = [migrations.RunSQL(GRANTS, TAKE_BACK)]
