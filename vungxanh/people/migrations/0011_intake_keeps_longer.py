"""Intake keeps persons longer, never shorter: whoever takes its role over lets nobody be purged."""

from django.db import migrations

LONGER = """
CREATE FUNCTION people_keep_longer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'permission denied: intake keeps persons longer, never shorter'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER people_intake_keeps_longer BEFORE UPDATE OF kept_until ON people_person
    FOR EACH ROW WHEN (current_user = 'vungxanh_intake' AND NEW.kept_until < OLD.kept_until)
    EXECUTE FUNCTION people_keep_longer();
"""
AS_BEFORE = """
DROP TRIGGER people_intake_keeps_longer ON people_person;
DROP FUNCTION people_keep_longer();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_door_proofs")]
    operations = [migrations.RunSQL(LONGER, AS_BEFORE)]
