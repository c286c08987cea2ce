"""The log, its seals and signed days: written once; the database itself refuses changes."""

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Func, Value

from vungxanh.audit.rules import detail_text
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous

# As long as somebody whose data was looked at may ask who did; see docs/operators/audit.md.
KEPT = Keep(730, after="the day it was sealed on ended")

if TYPE_CHECKING:
    DetailBase = models.TextField[dict[str, Any], dict[str, Any]]
else:
    DetailBase = models.TextField


class DetailField(DetailBase):
    """Counts, codes and references, kept as the one text that the row's tag covers."""

    def deconstruct(self) -> Any:
        """A plain text to migrations, which know nothing that may change after them."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.TextField", arguments, options

    def get_prep_value(self, value: Any) -> str:
        """To its text."""
        return value if isinstance(value, str) else detail_text(value)

    def from_db_value(self, value: str, expression: object, connection: object) -> dict[str, Any]:
        """From its text."""
        found = json.loads(value)
        return found if isinstance(found, dict) else {}


class AuditEvent(models.Model):
    """Who did or saw what, when and for what purpose; plain text references, no names.

    `sequence` counts in the order of writing; a transaction that is rolled back leaves a gap.
    `tag` proves that the installation wrote the row: see `rules.rows`.
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
    detail = DetailField()
    tag = models.BinaryField(max_length=20)

    privacy = internal("id", "sequence", "event", "at", "purpose", "tag", keep=KEPT) | pseudonymous(
        "by", "subject", "detail", keep=KEPT
    )

    class Meta:
        ordering: ClassVar = ["-sequence"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "sequence"], name="audit_by_subject"),
            models.Index(fields=["by", "sequence"], name="audit_by_person"),
            models.Index(fields=["event", "sequence"], name="audit_by_event"),
            models.Index(fields=["purpose", "sequence"], name="audit_by_purpose"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]


class AuditSeal(models.Model):
    """The rows of one batch, chained to the seal before; number 0 stands for an older chain."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    last_position = models.BigIntegerField()
    n_rows = models.IntegerField()
    sequences = models.TextField()
    digest = models.BinaryField(max_length=32)
    tag = models.BinaryField(max_length=20)

    privacy = internal(
        "number", "sealed_at", "last_position", "n_rows", "sequences", "digest", "tag", keep=KEPT
    )

    class Meta:
        ordering: ClassVar = ["number"]


class AuditDay(models.Model):
    """A day's signature over its seals; it stays when the day's rows go."""

    day = models.DateField(primary_key=True)
    first_seal = models.BigIntegerField()
    last_seal = models.BigIntegerField()
    first_position = models.BigIntegerField()
    last_position = models.BigIntegerField()
    head = models.BinaryField(max_length=32)
    before = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    privacy = internal(
        "day",
        "first_seal",
        "last_seal",
        "first_position",
        "last_position",
        "head",
        "before",
        "signed_at",
        "key",
        "signature",
    )

    class Meta:
        ordering: ClassVar = ["day"]


class UnsealedEvent(models.Model):
    """An event that waits for its seal; a trigger writes it, sealing takes it away."""

    sequence = models.BigIntegerField(primary_key=True)
    queued_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    privacy = internal("sequence", "queued_at")

    class Meta:
        ordering: ClassVar = ["sequence"]
