"""What the administrator stated, and what was frozen as a paper."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.config.processing.values import Kind
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField

# Ten years, as letters are kept; the statement in force stays however old it is.
REPLACED_KEPT = Keep(3653, after="a newer one took its place")
PAPER_KEPT = Keep(3653)


class Statement(models.Model):
    """What the controller says of itself, as JSON of `values.Stated`; a newer one takes its place.

    `duty` is the duty to hand in the first dossier that it began.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    said = SealedField()
    duty = models.UUIDField(null=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=64)

    privacy = (
        internal("id", "unit", "duty", "written_at", keep=REPLACED_KEPT)
        | personal("said", keep=REPLACED_KEPT)
        | pseudonymous("written_by", keep=REPLACED_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-written_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-written_at"], name="processing_stated_of_unit")
        ]


class Paper(models.Model):
    """One frozen paper: version 1, 2, … of its `series`; a breach's later versions are corrections.

    `content` is the document as JSON and `digest` its SHA-256; `configured` is the SHA-256 of what
    was configured. `said` is what was typed of a breach; `duty` what the paper began or answers.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    content = SealedField()
    said = SealedField(default="", blank=True)
    reason = SealedField(default="", blank=True)
    digest = models.CharField(max_length=64)
    configured = models.CharField(max_length=64)
    found_at = models.DateTimeField(null=True)
    duty = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=64, blank=True)

    privacy = (
        internal("id", "kind", "unit", "series", "version", "digest", "configured", keep=PAPER_KEPT)
        | internal("found_at", "duty", "made_at", "sent_at", keep=PAPER_KEPT)
        | personal("content", "said", "reason", keep=PAPER_KEPT)
        | pseudonymous("made_by", "sent_by", keep=PAPER_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "kind", "-made_at"], name="processing_paper_of_unit")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "version"], name="processing_version_once"),
            models.CheckConstraint(
                name="processing_kind_known",
                condition=Q(kind__in=sorted(one.value for one in Kind)),
            ),
            models.CheckConstraint(
                name="processing_sent_after_made",
                condition=Q(sent_at=None) | Q(sent_at__gte=F("made_at")),
            ),
        ]
