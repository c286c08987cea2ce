"""Received letters: the sealed original and its text, what was read, every change a person made."""

from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.models import ORIGINALS
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField
from vungxanh.directives.rules import ChangeKind, LetterState

# A letter brought by mistake goes for good then; the database itself keeps to this.
DISCARDED_KEPT = Keep(30, after="the letter was discarded")
# The same file or text given twice is known by this digest, without keeping a plain one.
CONTENT = IndexKey("directives_receivedletter.content", normalise=str)


class ReceivedLetter(models.Model):
    """One official letter that a unit received: its original, text, reading and corrected items.

    `head` is a short part of the reading for lists; `version` counts the changes made by people.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32)
    state = models.CharField(max_length=10)
    original = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT)
    original_name = SealedField(blank=True)
    kind = models.CharField(max_length=8, blank=True)
    n_pages = models.PositiveIntegerField(null=True)
    text = SealedField(blank=True)
    head = SealedField(blank=True)
    reading = SealedField(blank=True)
    findings = SealedField(blank=True)
    items = SealedField(blank=True)
    refusal = SealedField(blank=True)
    reader = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)
    n_tasks = models.PositiveIntegerField(default=0)
    n_open = models.PositiveIntegerField(default=0)
    n_confirmed = models.PositiveIntegerField(default=0)
    n_deadlines = models.PositiveIntegerField(default=0)
    n_findings = models.PositiveIntegerField(default=0)
    first_due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=80)
    read_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "unit", "state", "original", "kind", "n_pages", "reader", "version")
        | internal("n_tasks", "n_open", "n_confirmed", "n_deadlines", "n_findings", "first_due_at")
        | internal("received_at", "read_at", "discarded_at")
        | pseudonymous("digest", "received_by")
        | personal("original_name", "text", "head", "reading", "findings", "items", keep=ORIGINALS)
        | personal("refusal", keep=ORIGINALS)
    )

    class Meta:
        indexes = (
            models.Index(fields=["unit", "-received_at"], name="letter_unit_received"),
            models.Index(fields=["unit", "first_due_at"], name="letter_unit_due"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in LetterState]), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "viewing", "done"], read_at__isnull=False)
                | Q(state__in=["waiting", "failed"], read_at__isnull=True)
                | Q(state="discarded"),
                name="letter_read_at_with_state",
            ),
            models.CheckConstraint(
                condition=Q(state="discarded", discarded_at__isnull=False)
                | (~Q(state="discarded") & Q(discarded_at__isnull=True)),
                name="letter_discarded_at_with_state",
            ),
            models.CheckConstraint(
                condition=Q(n_open__lte=models.F("n_tasks")), name="letter_open_among_tasks"
            ),
            models.UniqueConstraint(
                fields=["unit", "digest"],
                condition=~Q(state="discarded"),
                name="letter_once_in_a_unit",
            ),
        )


class ItemChange(models.Model):
    """One change of items: who, when, before and after. Appended, never changed."""

    id = models.BigAutoField(primary_key=True)
    letter = models.ForeignKey(ReceivedLetter, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    before = SealedField()
    after = SealedField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=80)

    privacy = (
        internal("id", "letter", "number", "kind", "undoes", "changed_at")
        | pseudonymous("changed_by")
        | personal("before", "after", keep=ORIGINALS)
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["letter", "number"], name="item_change_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in ChangeKind]), name="item_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="undone", undoes__isnull=False)
                | (~Q(kind="undone") & Q(undoes__isnull=True)),
                name="item_change_undoes_with_kind",
            ),
        )


class FixtureCandidate(models.Model):
    """A corrected reading that somebody offers as an example for the reader's own tests.

    Its content goes when it is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    letter = models.ForeignKey(ReceivedLetter, on_delete=models.PROTECT, related_name="candidates")
    letter_version = models.PositiveIntegerField()
    expected = SealedField(blank=True)
    text = SealedField(blank=True)
    reader = models.CharField(max_length=40)
    n_changes = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)

    privacy = (
        internal("id", "letter", "letter_version", "reader", "n_changes", "kept_at", "withdrawn_at")
        | pseudonymous("kept_by", "withdrawn_by")
        | personal("expected", "text", keep=ORIGINALS)
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="candidate_withdrawn_at_with_by",
            ),
            models.UniqueConstraint(
                fields=["letter", "letter_version"],
                condition=Q(withdrawn_at__isnull=True),
                name="candidate_once_for_a_version",
            ),
        )
