"""Changes of a letter that was discarded a month ago may go, by one function and nobody's hand."""

from django.db import migrations

FORMER = """
CREATE OR REPLACE FUNCTION directives_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'changes are appended, never changed: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
# Only directives_forget_changes sets this, and only an owner of the table may delete at all.
REFUSE = """
CREATE OR REPLACE FUNCTION directives_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('vungxanh.directives_forget', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'changes are appended, never changed: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
FORGET = """
CREATE FUNCTION directives_forget_changes(which uuid) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    removed bigint;
BEGIN
    PERFORM 1 FROM directives_receivedletter
        WHERE id = which AND state = 'discarded' AND discarded_at <= now() - interval '30 days';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'letter % was not discarded a month ago', which;
    END IF;
    PERFORM set_config('vungxanh.directives_forget', 'on', true);
    DELETE FROM directives_itemchange WHERE letter_id = which;
    GET DIAGNOSTICS removed = ROW_COUNT;
    PERFORM set_config('vungxanh.directives_forget', '', true);
    RETURN removed;
END $$;
REVOKE ALL ON FUNCTION directives_forget_changes(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directives_forget_changes(uuid) TO vungxanh_worker;
"""
KEEP = "DROP FUNCTION directives_forget_changes(uuid)"


class Migration(migrations.Migration):
    dependencies = [("directives", "0002_written_once")]
    operations = [
        migrations.RunSQL(REFUSE, FORMER),
        migrations.RunSQL(FORGET, KEEP),
    ]
