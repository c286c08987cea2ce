"""Tables of figures: append-only facts with two times, their sources, claims, findings, targets."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public
from vungxanh.uptake.rules import FindingState, SubmissionState
from vungxanh.uptake.values import ELEMENTS, SOURCE_KINDS


class Source(models.Model):
    """Where figures come from: a letter's annex, a ministry's table, a census, the press."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    published_on = models.DateField(null=True)
    is_illustrative = models.BooleanField(default=False)

    privacy = public("id", "title", "kind", "published_on", "is_illustrative")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=list(SOURCE_KINDS)),
                name="source_kind_known",
            ),
            models.UniqueConstraint(fields=["title", "kind"], name="source_once"),
        )


class Submission(models.Model):
    """One table of figures brought in by one person: a draft, then recorded, perhaps withdrawn.

    `lacking` names for a unit the reporters whose figures are not in its sum.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    scope = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    original = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT)
    original_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, default=SubmissionState.DRAFT.value)
    elements = ArrayField(models.CharField(max_length=20), default=list)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    lacking = models.JSONField(default=dict)

    privacy = (
        public("id", "scope", "as_of", "source", "state", "recorded_at", "published_at")
        | public("withdrawn_at", "withdrawn_reason", "elements", "lacking")
        | internal("original", "original_name", "content", "created_at")
        | pseudonymous("created_by")
    )

    class Meta:
        indexes = (models.Index(fields=["scope", "as_of"], name="submission_scope_as_of"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in SubmissionState]),
                name="submission_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", recorded_at__isnull=True)
                | Q(state="discarded", recorded_at__isnull=True)
                | Q(state__in=["recorded", "withdrawn"], recorded_at__isnull=False),
                name="submission_recorded_at_with_state",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & ~Q(state="withdrawn")
                | Q(withdrawn_at__isnull=False, state="withdrawn"),
                name="submission_withdrawn_at_with_state",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(recorded_at__isnull=False),
                name="submission_published_after_recorded",
            ),
        )


class Fact(models.Model):
    """One figure: element, unit, as-of, value; when it was received; never changed afterwards."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(
        "locations.AdminUnit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    element = models.CharField(max_length=20)
    as_of = models.DateTimeField()
    received_at = models.DateTimeField()
    revision = models.PositiveSmallIntegerField()
    value = models.BigIntegerField()
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT)

    privacy = public(
        "id", "unit", "element", "as_of", "received_at", "revision", "value", "submission"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "element", "as_of", "revision"], name="fact_revision_once"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="fact_value_not_negative"),
            models.CheckConstraint(
                condition=Q(element__in=sorted(ELEMENTS)), name="fact_element_known"
            ),
        )


class Version(models.Model):
    """One row that changes whenever a table is recorded, published or taken back."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=new_id)

    privacy = internal("id", "version")

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="version_is_one_row"),)


class Claim(models.Model):
    """A figure that a text states beside a table: kept in its words, counted nowhere."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="claims")
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    element = models.CharField(max_length=20)
    as_of = models.DateTimeField(null=True)
    value = models.BigIntegerField(null=True)
    share_percent = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    rank = models.PositiveIntegerField(null=True)
    rank_of = models.PositiveIntegerField(null=True)
    base_as_written = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200)
    quote = models.TextField()

    privacy = public(
        "id", "submission", "unit", "element", "as_of", "value", "share_percent"
    ) | public("rank", "rank_of", "base_as_written", "place", "quote")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(rank__isnull=True, rank_of__isnull=True)
                | Q(rank__gte=1, rank_of__gte=F("rank")),
                name="claim_rank_with_its_of",
            ),
        )


class FindingRecord(models.Model):
    """A fault found in a submission, and what people did about it."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=60)
    severity = models.CharField(max_length=8)
    place = models.CharField(max_length=200)
    claim = models.TextField(null=True)  # noqa: DJ001 - null is "says nothing" in the published shape
    found = models.TextField(null=True)  # noqa: DJ001
    expected = models.TextField(null=True)  # noqa: DJ001
    message_vi = models.TextField()
    message_en = models.TextField()
    rule = models.CharField(max_length=60, blank=True)
    about_unit = models.CharField(max_length=24, blank=True)
    element = models.CharField(max_length=20, blank=True)
    blocks = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=FindingState.OPEN.value)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)

    privacy = (
        public("id", "submission", "code", "severity", "place", "claim", "found", "expected")
        | public("message_vi", "message_en", "rule", "about_unit", "element", "blocks", "state")
        | internal("decided_at", "note")
        | pseudonymous("decided_by")
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(severity__in=["error", "warning", "info"]),
                name="finding_severity_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state__in=["asked", "accepted"], decided_at__isnull=False),
                name="finding_decided_at_with_state",
            ),
        )

    def message(self, lang: str) -> str:
        """The sentence in the reader's language."""
        return self.message_en if lang.startswith("en") else self.message_vi


class Target(models.Model):
    """A share of a named base, or a number, that a unit is to reach by a day, and who says so.

    `letter` is the reference of a received letter's item (`values.targets`), empty without one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    numerator = models.CharField(max_length=20)
    denominator = models.CharField(max_length=20, blank=True)
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    n_asked = models.BigIntegerField(null=True)
    due_on = models.DateField()
    origin = models.CharField(max_length=300)
    letter = models.CharField(max_length=100, blank=True)
    campaign = models.ForeignKey(
        "uptake.Campaign", null=True, on_delete=models.PROTECT, related_name="targets"
    )
    is_illustrative = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "unit", "numerator", "denominator", "share_percent", "due_on", "origin")
        | public("is_illustrative", "set_at", "ended_at", "n_asked", "campaign")
        | internal("letter")
        | pseudonymous("set_by")
    )

    class Meta:
        indexes = (
            models.Index(
                fields=["letter"],
                name="target_of_letter",
                opclasses=["varchar_pattern_ops"],
                condition=~Q(letter=""),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["unit", "numerator"],
                condition=Q(ended_at__isnull=True),
                name="target_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__isnull=False, n_asked__isnull=True)
                | Q(share_percent__isnull=True, n_asked__gt=0, denominator=""),
                name="target_share_or_number",
            ),
            models.CheckConstraint(
                condition=Q(share_percent__gt=0, share_percent__lte=100),
                name="target_share_in_range",
            ),
            models.CheckConstraint(
                condition=Q(n_asked__isnull=False)
                | Q(denominator__in=[e.name for e in ELEMENTS.values() if e.is_base]),
                name="target_base_known",
            ),
        )
