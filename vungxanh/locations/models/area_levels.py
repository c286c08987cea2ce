"""Levels of areas as dated facts, and the versions of criteria they were told by."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public


class AreaLevelCriteria(models.Model):
    """One version of the criteria; `content` is what the engine reads, with what was checked."""

    version = models.CharField(primary_key=True, max_length=40, db_collation="C")
    content = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)

    privacy = public("version", "content", "valid_from", "valid_to", "set_at") | pseudonymous(
        "set_by"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["valid_from", "version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="area_level_criteria_valid_for_a_while",
            ),
        ]


class AreaLevel(models.Model):
    """The level of a unit from a day on, until a later one; taken back, never changed.

    `way` says whether the rule told it from `inputs` under `criteria`, or a body decided it with a
    numbered decision. `computed` is what the rule told where a decision says something else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    level = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8)
    criteria = models.ForeignKey(AreaLevelCriteria, null=True, on_delete=models.PROTECT)
    inputs = models.JSONField(default=dict)
    computed = models.PositiveSmallIntegerField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=80, blank=True)
    is_invented = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    privacy = (
        public("id", "unit", "on", "level", "way", "criteria", "inputs", "computed")
        | public("decided_by", "decision", "is_invented", "recorded_at", "withdrawn_at")
        | internal("withdrawn_reason")
        | pseudonymous("recorded_by", "withdrawn_by")
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-on", "-recorded_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-on", "-recorded_at"], name="area_level_of_a_unit"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(level__range=(1, 4))
                & (Q(computed__isnull=True) | Q(computed__range=(1, 4))),
                name="area_level_is_one_of_four",
            ),
            models.CheckConstraint(
                condition=Q(way="computed", criteria__isnull=False, decision="")
                | Q(way="decided") & ~Q(decision="") & ~Q(decided_by=""),
                name="area_level_says_who_set_it",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by=""),
                name="area_level_withdrawn_by_somebody",
            ),
        ]
