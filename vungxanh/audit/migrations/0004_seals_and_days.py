"""One seal for many rows in place of one link for each, and a signature for each day.

The head of the former chain becomes seal number 0, under our tag, and all rows are queued to be sealed
into the new chain. Digests kept of the former chain can still be compared with that head.
"""

import hashlib

from django.db import migrations, models

from vungxanh.core import keys
from vungxanh.core.keys import Use

FORMER = """
CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON audit_auditlink
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_auditlink
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
# Only audit_purge_day sets this, and only an owner of the tables may delete at all.
REFUSE = """
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('vungxanh.audit_purge', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit log is written once: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON audit_auditseal
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_written_once BEFORE UPDATE OR DELETE ON audit_auditday
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_never_emptied BEFORE TRUNCATE ON audit_auditday
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
REFUSE_AGAIN = """
DROP TRIGGER audit_written_once ON audit_auditseal;
DROP TRIGGER audit_written_once ON audit_auditday;
DROP TRIGGER audit_never_emptied ON audit_auditseal;
DROP TRIGGER audit_never_emptied ON audit_auditday;
"""
PURGE = """
CREATE FUNCTION audit_purge_day(which date, keep_days integer) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    signed audit_auditday;
    span text;
    removed bigint := 0;
    n_gone bigint;
BEGIN
    SELECT * INTO signed FROM audit_auditday WHERE day = which;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'day % of the audit log is not signed', which;
    END IF;
    IF greatest(keep_days, 365) >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - which THEN
        RAISE EXCEPTION 'day % of the audit log is still kept', which;
    END IF;
    IF EXISTS (SELECT FROM audit_auditseal WHERE number > 0 AND number < signed.first_seal) THEN
        RAISE EXCEPTION 'days of the audit log go oldest first, not %', which;
    END IF;
    PERFORM set_config('vungxanh.audit_purge', 'on', true);
    FOR span IN
        SELECT regexp_split_to_table(sequences, ',') FROM audit_auditseal
        WHERE number BETWEEN signed.first_seal AND signed.last_seal
    LOOP
        DELETE FROM audit_auditevent
        WHERE sequence BETWEEN split_part(span, '-', 1)::bigint AND split_part(span, '-', 2)::bigint;
        GET DIAGNOSTICS n_gone = ROW_COUNT;
        removed := removed + n_gone;
    END LOOP;
    DELETE FROM audit_auditseal WHERE number BETWEEN signed.first_seal AND signed.last_seal;
    PERFORM set_config('vungxanh.audit_purge', '', true);
    RETURN removed;
END $$;
REVOKE ALL ON FUNCTION audit_purge_day(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_purge_day(date, integer) TO vungxanh_worker;
"""
DO_NOT_PURGE = "DROP FUNCTION audit_purge_day(date, integer)"
GRANTS = """
REVOKE ALL ON audit_auditseal, audit_auditday
    FROM PUBLIC, vungxanh_web, vungxanh_worker, vungxanh_intake;
GRANT SELECT ON audit_auditseal, audit_auditday TO vungxanh_web, vungxanh_auditor;
GRANT SELECT, INSERT ON audit_auditseal, audit_auditday TO vungxanh_worker;
"""


def keep_the_head(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT position, digest, sealed_at FROM audit_auditlink ORDER BY position DESC LIMIT 1"
        )
        last = cursor.fetchone()
        if last is None:
            return
        ring = keys.ring(Use.SEAL)
        key = keys.derived(ring.keys[ring.current], "audit:seal")
        head = bytes(last[1])
        tag = ring.current + hashlib.blake2b(head, key=key, digest_size=16).digest()
        cursor.execute(
            "INSERT INTO audit_auditseal"
            " (number, sealed_at, last_position, n_rows, sequences, digest, tag)"
            " VALUES (0, %s, 0, 0, '', %s, %s)",
            [last[2], head, tag],
        )
        cursor.execute(
            "INSERT INTO audit_unsealedevent (sequence)"
            " SELECT sequence FROM audit_auditevent ON CONFLICT DO NOTHING"
        )


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_tagged_rows")]
    operations = [
        migrations.CreateModel(
            name="AuditDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("first_seal", models.BigIntegerField()),
                ("last_seal", models.BigIntegerField()),
                ("first_position", models.BigIntegerField()),
                ("last_position", models.BigIntegerField()),
                ("head", models.BinaryField(max_length=32)),
                ("before", models.BinaryField(max_length=32)),
                ("signed_at", models.DateTimeField()),
                ("key", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={"ordering": ["day"]},
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("sealed_at", models.DateTimeField()),
                ("last_position", models.BigIntegerField()),
                ("n_rows", models.IntegerField()),
                ("sequences", models.TextField()),
                ("digest", models.BinaryField(max_length=32)),
                ("tag", models.BinaryField(max_length=20)),
            ],
            options={"ordering": ["number"]},
        ),
        migrations.AddField(
            "unsealedevent",
            "queued_at",
            models.DateTimeField(db_default=models.Func(function="clock_timestamp")),
        ),
        migrations.RunPython(keep_the_head, migrations.RunPython.noop),
        migrations.RunSQL(migrations.RunSQL.noop, FORMER),
        migrations.DeleteModel("AuditLink"),
        migrations.RunSQL(REFUSE, REFUSE_AGAIN),
        migrations.RunSQL(PURGE, DO_NOT_PURGE),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
