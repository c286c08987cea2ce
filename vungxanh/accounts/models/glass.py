"""Broken glass: who opened which unit to read, why, until when, and what the supervisor found."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from vungxanh.accounts.values.glass import Verdict
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField

# As long as the acts of an account may be asked about.
KEPT = Keep(730, after="the opening ended")


class BrokenGlass(models.Model):
    """One opening; `area` are the officer's units at the time, `told` who was told of it.

    `ended_at` is set when the officer closes it, or when it is found to have ended by itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.CharField(max_length=64)
    area = models.TextField(blank=True)
    unit = models.CharField(max_length=32)
    purpose = models.CharField(max_length=32)
    reason = SealedField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    told = ArrayField(models.CharField(max_length=64))
    verdict = models.CharField(max_length=16, blank=True, default=Verdict.OPEN)
    reviewed_by = models.CharField(max_length=64, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    note = SealedField(default="", blank=True)

    privacy = (
        internal("id", "area", "unit", "purpose", "opened_at", "until", "ended_at", keep=KEPT)
        | internal("verdict", "reviewed_at", keep=KEPT)
        | pseudonymous("by", "told", "reviewed_by", keep=KEPT)
        | personal("reason", "note", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-opened_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["by", "opened_at"], name="broken_glass_of_officer"),
            models.Index(fields=["area", "opened_at"], name="broken_glass_of_area"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="broken_glass_one_at_a_time", fields=["by"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="broken_glass_ends_after_it_opened", condition=Q(until__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="broken_glass_somebody_was_told", condition=Q(told__len__gt=0)
            ),
            models.CheckConstraint(
                name="broken_glass_verdict_has_its_reviewer",
                condition=Q(verdict=Verdict.OPEN, reviewed_by="", reviewed_at__isnull=True)
                | (
                    Q(verdict__in=[Verdict.JUSTIFIED, Verdict.UNJUSTIFIED])
                    & ~Q(reviewed_by="")
                    & Q(reviewed_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="broken_glass_never_reviewed_by_its_officer",
                condition=~Q(reviewed_by=F("by")),
            ),
        ]
