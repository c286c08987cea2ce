"""What intake may do here for keepers: find persons by keyed digests, begin those not known.

It adds what was read, sealed, and reads none of it: no name, number, paper, and no person's key.
"""

from django.db import migrations

GRANTS = """
GRANT SELECT (guardian_id, companion, residence_id, kept_until), UPDATE (kept_until)
    ON people_person TO vungxanh_intake;
GRANT SELECT (id, person_id, number_index), INSERT ON people_document TO vungxanh_intake;
GRANT SELECT (id, person_id, number_index, proved_at), INSERT ON people_phone TO vungxanh_intake;
GRANT SELECT (id, person_id, code_index), INSERT ON people_nationalcode TO vungxanh_intake;
GRANT SELECT (person_id, serial, revoked_at) ON people_printedcard TO vungxanh_intake;
GRANT SELECT, INSERT ON people_usedcode TO vungxanh_intake;
GRANT INSERT ON people_searchtoken TO vungxanh_intake;
"""
TAKE_BACK = """
REVOKE ALL ON people_document, people_phone, people_nationalcode, people_printedcard,
    people_usedcode, people_searchtoken FROM vungxanh_intake;
REVOKE SELECT (guardian_id, companion, residence_id, kept_until), UPDATE (kept_until)
    ON people_person FROM vungxanh_intake;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_shown_subjects")]
    operations = [migrations.RunSQL(GRANTS, TAKE_BACK)]
