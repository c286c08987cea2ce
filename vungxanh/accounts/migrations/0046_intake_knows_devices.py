"""What intake may do here: know a keeper's device by its token, and note that it was heard of.

It reads no name of a device, no unit, nobody of staff, and gives no token.
"""

from django.db import migrations

GRANTS = """
GRANT SELECT (id, scope, token_digest, next_digest, last_contact_at, link_until, ending),
    UPDATE (last_contact_at) ON accounts_enrolleddevice TO vungxanh_intake;
"""
TAKE_BACK = "REVOKE ALL ON accounts_enrolleddevice FROM vungxanh_intake;"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0045_closed_at"), ("core", "0006_intake_by_grant")]
    operations = [migrations.RunSQL(GRANTS, TAKE_BACK)]
