"""Changes of items are appended and never changed: the database refuses, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION directives_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'changes are appended, never changed: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER directives_written_once BEFORE UPDATE OR DELETE ON directives_itemchange
    FOR EACH ROW EXECUTE FUNCTION directives_refuse_change();
"""
ALLOW = """
DROP TRIGGER directives_written_once ON directives_itemchange;
DROP FUNCTION directives_refuse_change();
"""
GRANTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON directives_itemchange
    FROM vungxanh_web, vungxanh_worker, vungxanh_intake;
"""
TAKE_BACK = """
GRANT UPDATE, DELETE ON directives_itemchange TO vungxanh_web, vungxanh_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_letters"), ("core", "0001_roles")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(GRANTS, TAKE_BACK),
    ]
