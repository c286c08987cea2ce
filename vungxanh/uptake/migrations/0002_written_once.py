"""Facts and claims are appended and never changed: the database refuses, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION uptake_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'figures are appended, never changed: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER uptake_written_once BEFORE UPDATE OR DELETE ON uptake_fact
    FOR EACH ROW EXECUTE FUNCTION uptake_refuse_change();
CREATE TRIGGER uptake_written_once BEFORE UPDATE OR DELETE ON uptake_claim
    FOR EACH ROW EXECUTE FUNCTION uptake_refuse_change();
"""
ALLOW = """
DROP TRIGGER uptake_written_once ON uptake_fact;
DROP TRIGGER uptake_written_once ON uptake_claim;
DROP FUNCTION uptake_refuse_change();
"""
GRANTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON uptake_fact, uptake_claim
    FROM vungxanh_web, vungxanh_worker, vungxanh_intake;
"""
TAKE_BACK = """
GRANT UPDATE, DELETE ON uptake_fact, uptake_claim TO vungxanh_web, vungxanh_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("uptake", "0001_figures"), ("core", "0001_roles")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(GRANTS, TAKE_BACK),
    ]
