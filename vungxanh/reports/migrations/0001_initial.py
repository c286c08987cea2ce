"""Frozen documents and their files; the database itself refuses to change what was frozen.

The number and day of the signed paper may be noted once: only from nothing to something.
"""

import django.db.models.deletion
from django.db import migrations, models

import vungxanh.core.ids

REFUSE = """
CREATE FUNCTION reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen report never changes: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER reports_written_once BEFORE UPDATE ON reports_report FOR EACH ROW
    WHEN (OLD.number <> '' OR (to_jsonb(OLD) - 'number' - 'numbered_on')
          IS DISTINCT FROM (to_jsonb(NEW) - 'number' - 'numbered_on'))
    EXECUTE FUNCTION reports_refuse_change();
CREATE TRIGGER reports_never_deleted BEFORE DELETE ON reports_report
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
CREATE TRIGGER reports_written_once BEFORE UPDATE OR DELETE ON reports_reportfile
    FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
"""
ALLOW = """
DROP TRIGGER reports_written_once ON reports_report;
DROP TRIGGER reports_never_deleted ON reports_report;
DROP TRIGGER reports_written_once ON reports_reportfile;
DROP FUNCTION reports_refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_stored_file"),
        ("locations", "0001_units"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=vungxanh.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=300)),
                ("edition", models.PositiveSmallIntegerField()),
                ("content", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("check_code", models.CharField(db_index=True, max_length=9)),
                ("software", models.CharField(max_length=40)),
                ("as_of", models.DateTimeField()),
                ("frozen_at", models.DateTimeField()),
                ("frozen_by", models.CharField(max_length=80)),
                ("number", models.CharField(blank=True, max_length=60)),
                ("numbered_on", models.DateField(null=True)),
                ("correction_reason", models.CharField(blank=True, max_length=300)),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="reports.report",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="locations.adminunit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("format", models.CharField(max_length=4)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.report",
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["-as_of", "-frozen_at", "-id"], name="report_newest"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["unit", "-as_of"], name="report_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("subject", "edition"), name="report_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["annex", "letter"])), name="report_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("edition__gte", 1)), name="report_edition_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                name="report_digest_is_a_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", ""), ("numbered_on__isnull", True)),
                    models.Q(
                        models.Q(("number", ""), _negated=True), ("numbered_on__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="report_number_with_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("correction_reason", ""), ("corrects__isnull", True)),
                    models.Q(
                        ("corrects__isnull", False),
                        models.Q(("correction_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="report_correction_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True),
                    models.Q(("corrects", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="report_corrects_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(
                fields=("report", "format"), name="report_file_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("format__in", ["pdf", "docx", "xlsx", "csv"])),
                name="report_format_known",
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
