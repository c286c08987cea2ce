"""The database itself refuses to change the log, whoever asks.

Processes may add events and nothing else; triggers hold even the owner of the tables back. Another
trigger puts each new event into the queue for sealing, so that sealing never has to search the log.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is written once: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON audit_auditlink
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
ALLOW = """
DROP TRIGGER audit_written_once ON audit_auditevent;
DROP TRIGGER audit_written_once ON audit_auditlink;
DROP TRIGGER audit_never_emptied ON audit_auditevent;
DROP TRIGGER audit_never_emptied ON audit_auditlink;
DROP FUNCTION audit_refuse_change();
"""
QUEUE = """
CREATE FUNCTION audit_queue_for_sealing() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO audit_unsealedevent (sequence) VALUES (NEW.sequence);
    RETURN NULL;
END $$;
CREATE TRIGGER audit_queued AFTER INSERT ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_queue_for_sealing();
"""
DO_NOT_QUEUE = """
DROP TRIGGER audit_queued ON audit_auditevent;
DROP FUNCTION audit_queue_for_sealing();
"""
# Intake returns the sequence of what it writes, and so may read that column.
GRANTS = """
REVOKE ALL ON audit_auditevent, audit_auditlink, audit_unsealedevent
    FROM PUBLIC, vungxanh_web, vungxanh_worker, vungxanh_intake;
GRANT SELECT, INSERT ON audit_auditevent TO vungxanh_web, vungxanh_worker;
GRANT INSERT, SELECT (sequence) ON audit_auditevent TO vungxanh_intake;
GRANT SELECT ON audit_auditlink TO vungxanh_web;
GRANT SELECT, INSERT ON audit_auditlink TO vungxanh_worker;
GRANT SELECT ON audit_unsealedevent TO vungxanh_web;
GRANT SELECT, DELETE, UPDATE ON audit_unsealedevent TO vungxanh_worker;
GRANT SELECT ON audit_auditevent, audit_auditlink, audit_unsealedevent TO vungxanh_auditor;
"""
TAKE_BACK = (
    "REVOKE ALL ON audit_auditevent, audit_auditlink, audit_unsealedevent FROM vungxanh_auditor"
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("core", "0001_roles")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(QUEUE, DO_NOT_QUEUE),
        migrations.RunSQL(GRANTS, TAKE_BACK),
    ]
