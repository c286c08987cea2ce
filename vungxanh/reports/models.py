"""Official documents as records: what was frozen, in which files, and what corrects it."""

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public
from vungxanh.documents.formats import Format
from vungxanh.reports.values import ReportKind


class Report(models.Model):
    """One frozen document: its content, digest and the software that made it never change.

    `subject` is what its editions have in common; `content` is the document as JSON, stamp
    included; `digest` and `check_code` cover it without the stamp. The database refuses changes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    edition = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    check_code = models.CharField(max_length=9, db_index=True)
    software = models.CharField(max_length=40)
    as_of = models.DateTimeField()
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=80)
    number = models.CharField(max_length=60, blank=True)
    numbered_on = models.DateField(null=True)
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    correction_reason = models.CharField(max_length=300, blank=True)

    privacy = (
        public("id", "title", "edition", "check_code", "as_of", "frozen_at", "corrects")
        | internal("unit", "kind", "subject", "content", "digest", "software")
        | internal("number", "numbered_on", "correction_reason")
        | pseudonymous("frozen_by")
    )

    class Meta:
        indexes = (
            models.Index(fields=["-as_of", "-frozen_at", "-id"], name="report_newest"),
            models.Index(fields=["unit", "-as_of"], name="report_of_unit"),
        )
        constraints = (
            models.UniqueConstraint(fields=["subject", "edition"], name="report_edition_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ReportKind]), name="report_kind_known"
            ),
            models.CheckConstraint(condition=Q(edition__gte=1), name="report_edition_from_one"),
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="report_digest_is_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(number="", numbered_on__isnull=True)
                | ~Q(number="") & Q(numbered_on__isnull=False),
                name="report_number_with_date",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_reason="")
                | Q(corrects__isnull=False) & ~Q(correction_reason=""),
                name="report_correction_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="report_corrects_another",
            ),
        )


class ReportFile(models.Model):
    """One file of a frozen report, kept byte for byte."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4)
    stored = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")

    privacy = internal("id", "report", "format", "stored")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report", "format"], name="report_file_once"),
            models.CheckConstraint(
                condition=Q(format__in=[one.value for one in Format]),
                name="report_format_known",
            ),
        )
