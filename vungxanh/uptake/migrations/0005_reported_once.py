"""Reported figures are appended and never changed: the database refuses, whoever asks."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER uptake_written_once BEFORE UPDATE OR DELETE ON uptake_reportedfigure
    FOR EACH ROW EXECUTE FUNCTION uptake_refuse_change();
"""
ALLOW = "DROP TRIGGER uptake_written_once ON uptake_reportedfigure;"
GRANTS = """
REVOKE UPDATE, DELETE, TRUNCATE ON uptake_reportedfigure
    FROM vungxanh_web, vungxanh_worker, vungxanh_intake;
"""
TAKE_BACK = "GRANT UPDATE, DELETE ON uptake_reportedfigure TO vungxanh_web, vungxanh_worker;"


class Migration(migrations.Migration):
    dependencies = [("uptake", "0004_reporting"), ("core", "0001_roles")]
    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(GRANTS, TAKE_BACK),
    ]
