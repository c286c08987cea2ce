"""Tables of reporting: forms, who reports on them, what came for a day, and the day's tables."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous, public
from vungxanh.core.sealed import SealedField
from vungxanh.uptake.models.figures import Submission
from vungxanh.uptake.rules.reporting import HAS_COUNTED, Channel, ReportState, TableState

CALLERS = Keep(365, after="the day that was reported")
ORIGINALS = Keep(30, after="the day's table was published")


class ReportForm(models.Model):
    """Columns, bases and the level of units that reporters fill in, as data.

    `columns` as `rules.columns.FormColumn` writes them. `follows` is the form that this one stands
    for since; what came on a form stays under it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=300)
    heading = models.CharField(max_length=120)
    attached_to = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=10)
    columns = models.JSONField()
    due_time = models.TimeField()
    table_time = models.TimeField()
    is_illustrative = models.BooleanField(default=False)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "number", "title", "heading", "attached_to", "level", "columns")
        | public("due_time", "table_time", "is_illustrative", "follows")
        | internal("created_at", "ended_at")
        | pseudonymous("created_by")
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]


class Reporter(models.Model):
    """A unit or an organisation that reports on a form to an area; the duty says by when.

    `covers` are the units of the form's level that it reports on; empty: all of the area.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT, related_name="reporters")
    organisation = models.ForeignKey(
        "locations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    covers = ArrayField(models.CharField(max_length=24), default=list)
    duty = models.UUIDField(unique=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "form", "organisation", "unit", "area", "covers", "duty")
        | internal("created_at", "ended_at")
        | pseudonymous("created_by")
    )

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(organisation__isnull=False),
                name="reporter_is_one_holder",
            ),
            models.UniqueConstraint(
                fields=["form", "area", "organisation"],
                name="reporter_organisation_once",
                condition=Q(ended_at__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["form", "area", "unit"],
                name="reporter_unit_once",
                condition=Q(ended_at__isnull=True, unit__isnull=False),
            ),
        ]


class ColumnMapping(models.Model):
    """What a reporter's heads mean, as somebody said once; used again for the same heads."""

    id = models.BigAutoField(primary_key=True)
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="mappings")
    heads = models.CharField(max_length=64)
    meanings = models.JSONField()
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=80)

    privacy = internal("id", "reporter", "heads", "meanings", "said_at") | pseudonymous("said_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reporter", "heads"], name="mapping_once")
        ]


class FigureReport(models.Model):
    """What a reporter brought for a day: looked at, then accepted whole, or not at all.

    `revision` counts what was accepted for the day, from 1; a draft has none. `as_of` is the moment
    that the report speaks of. `digest` is the SHA-256 of the original, which is purged once the
    day's table is published. `caller` and `called_at` where it was told by telephone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="reports")
    day = models.DateField()
    occurrence = models.UUIDField()
    as_of = models.DateTimeField()
    revision = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, default=ReportState.DRAFT.value)
    channel = models.CharField(max_length=10)
    caller = SealedField(blank=True)
    called_at = models.DateTimeField(null=True)
    original = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT)
    original_name = models.CharField(max_length=200, blank=True)
    digest = models.BinaryField(max_length=32)
    content = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    n_figures = models.PositiveIntegerField()
    n_errors = models.PositiveIntegerField()
    is_zero = models.BooleanField()
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=80)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    privacy = (
        internal("id", "reporter", "day", "occurrence", "as_of", "revision", "state", "channel")
        | internal("called_at", "digest", "content", "findings", "n_figures", "n_errors")
        | internal("is_zero", "brought_at", "accepted_at", "ended_at", "reason")
        | internal("original", "original_name", keep=ORIGINALS)
        | personal("caller", keep=CALLERS)
        | pseudonymous("brought_by", "ended_by")
    )

    class Meta:
        ordering: ClassVar = ["-brought_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["reporter", "day"], name="report_of_day"),
            models.Index(
                fields=["ended_at"], name="report_original", condition=Q(original__isnull=False)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in ReportState]), name="report_state_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[str(one) for one in Channel]), name="report_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=sorted(str(one) for one in HAS_COUNTED),
                    revision__isnull=False,
                    accepted_at__isnull=False,
                )
                | (
                    ~Q(state__in=sorted(str(one) for one in HAS_COUNTED))
                    & Q(revision__isnull=True, accepted_at__isnull=True)
                ),
                name="report_counted_with_revision",
            ),
            models.CheckConstraint(
                condition=Q(channel="telephone", called_at__isnull=False)
                | (~Q(channel="telephone") & Q(called_at__isnull=True)),
                name="report_told_with_call",
            ),
            models.UniqueConstraint(
                fields=["reporter", "day"],
                name="report_accepted_once",
                condition=Q(state="accepted"),
            ),
            models.UniqueConstraint(
                fields=["reporter", "day", "revision"], name="report_revision_once"
            ),
        ]


class ReportedFigure(models.Model):
    """One figure of an accepted report; what was not told has no row. Never changed afterwards."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(
        FigureReport, on_delete=models.PROTECT, related_name="figures", db_index=False
    )
    unit = models.ForeignKey(
        "locations.AdminUnit", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    element = models.CharField(max_length=20)
    value = models.BigIntegerField()

    privacy = internal("id", "report", "unit", "element", "value")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "unit", "element"], name="reported_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="reported_not_negative"),
        ]


class DayTable(models.Model):
    """The sum of a day's reports on a form to an area: version 1, then a correction with a reason.

    `reporters` says of each expected one whether its report is in it, and which revision. The
    figures are the facts of `submission`. What is approved or published is never made anew: a
    correction is the next version.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey(ReportForm, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=TableState.MADE.value)
    reason = models.CharField(max_length=300, blank=True)
    submission = models.OneToOneField(
        Submission, null=True, on_delete=models.PROTECT, related_name="day_table"
    )
    reporters = models.JSONField()
    n_expected = models.PositiveIntegerField()
    n_came = models.PositiveIntegerField()
    message = models.TextField(blank=True)
    document = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=80, blank=True)

    privacy = (
        public("id", "form", "area", "day", "version", "state", "reason", "submission")
        | public("reporters", "n_expected", "n_came", "message", "document")
        | internal("made_at", "approved_at", "published_at")
        | pseudonymous("made_by", "approved_by", "published_by")
    )

    class Meta:
        ordering: ClassVar = ["-day", "-version", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "area", "day", "version"], name="day_table_version_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in TableState]),
                name="day_table_state_known",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""), name="day_table_corrected_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="made", approved_at__isnull=True, published_at__isnull=True)
                | Q(state="approved", approved_at__isnull=False, published_at__isnull=True)
                | Q(state="published", approved_at__isnull=False, published_at__isnull=False),
                name="day_table_state_with_times",
            ),
        ]
