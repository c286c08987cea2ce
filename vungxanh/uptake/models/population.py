"""Populations by unit, year, kind and source; several of a year stand side by side."""

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public
from vungxanh.uptake.models.figures import Source, Submission
from vungxanh.uptake.values.population import KINDS, TABLE_STATES


class PopulationTable(models.Model):
    """One list of populations brought by one person: a draft, then recorded, perhaps withdrawn.

    `content` is what the preview shows: rows as read, with what is wrong in each.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    original = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT)
    original_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="draft")
    content = models.JSONField(default=dict)
    n_errors = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "state", "recorded_at", "withdrawn_at")
        | internal("original", "original_name", "content", "n_errors", "created_at")
        | pseudonymous("created_by")
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=TABLE_STATES), name="population_table_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], recorded_at__isnull=True)
                | Q(state__in=["recorded", "withdrawn"], recorded_at__isnull=False, n_errors=0),
                name="population_table_recorded_without_errors",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & ~Q(state="withdrawn")
                | Q(withdrawn_at__isnull=False, state="withdrawn"),
                name="population_table_withdrawn_at_with_state",
            ),
        )


class PopulationFigure(models.Model):
    """How many people lived in a unit: for which year and day, counted how, by which source.

    `used_in` is the table of figures through which it became the base of rates.
    """

    id = models.BigAutoField(primary_key=True)
    table = models.ForeignKey(PopulationTable, on_delete=models.PROTECT, related_name="figures")
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    kind = models.CharField(max_length=12)
    value = models.BigIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    used_in = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT)

    privacy = public("id", "table", "unit", "year", "on", "kind", "value", "source", "used_in")

    class Meta:
        indexes = (models.Index(fields=["unit", "-year"], name="population_of_a_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=["table", "unit", "year", "kind", "source"],
                name="population_once_in_a_table",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="population_kind_known"),
            models.CheckConstraint(condition=Q(value__gt=0), name="population_above_zero"),
            models.CheckConstraint(condition=Q(on__year=F("year")), name="population_day_in_year"),
            models.CheckConstraint(
                condition=~Q(kind="registered") | Q(used_in__isnull=True),
                name="population_registered_is_no_base",
            ),
        )
