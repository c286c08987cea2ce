"""The log and its chain: written once, never changed; the database itself refuses."""

from typing import ClassVar

from django.db import models
from django.db.models import Func, Value

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous


class AuditEvent(models.Model):
    """Who did or saw what, when and for what purpose; plain text references, no names.

    `sequence` counts in the order of writing; a transaction that is rolled back leaves a gap.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sequence = models.BigIntegerField(
        unique=True,
        editable=False,
        db_default=Func(Value("audit_auditevent_sequence_seq"), function="nextval"),
    )
    event = models.CharField(max_length=64)
    by = models.CharField(max_length=64)
    at = models.DateTimeField()
    subject = models.CharField(max_length=128)
    purpose = models.CharField(max_length=32)
    detail = models.JSONField(default=dict)

    privacy = internal("id", "sequence", "event", "at", "purpose") | pseudonymous(
        "by", "subject", "detail"
    )

    class Meta:
        ordering: ClassVar = ["-sequence"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "sequence"], name="audit_by_subject"),
            models.Index(fields=["by", "sequence"], name="audit_by_person"),
            models.Index(fields=["event", "sequence"], name="audit_by_event"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]


class AuditLink(models.Model):
    """One link of the chain, in the order of sealing; refers to its event by id alone."""

    position = models.BigIntegerField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    privacy = internal("position", "event_id", "digest", "sealed_at")

    class Meta:
        ordering: ClassVar = ["position"]


class UnsealedEvent(models.Model):
    """An event that waits for its link; a trigger writes it, sealing takes it away."""

    sequence = models.BigIntegerField(primary_key=True)

    privacy = internal("sequence")

    class Meta:
        ordering: ClassVar = ["sequence"]
