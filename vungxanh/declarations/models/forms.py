"""Versions of questionnaires and of rules."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.privacy import internal, pseudonymous, public
from vungxanh.declarations.values.states import FormState, RulesState


class Questionnaire(models.Model):
    """One version of a form; `content` is what `engines.forms.to_data` writes.

    Never changed once published: who filled it in can read it again as it was.
    """

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=24, db_collation="C")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    content = models.JSONField()
    languages = models.JSONField(default=list)
    state = models.CharField(max_length=9, default=FormState.DRAFT)
    valid_from = models.DateField(null=True)
    retired_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = public(
        "id", "code", "version", "kind", "content", "languages", "state", "valid_from", "retired_at"
    ) | internal("at", "by")

    class Meta:
        ordering: ClassVar = ["code", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="questionnaire_once", fields=["code", "version"]),
            models.CheckConstraint(
                name="questionnaire_state_is_known",
                condition=Q(state__in=sorted(str(one) for one in FormState)),
            ),
            models.CheckConstraint(
                name="questionnaire_retired_at_a_time",
                condition=Q(state="retired", retired_at__isnull=False)
                | (~Q(state="retired") & Q(retired_at__isnull=True)),
            ),
        ]


class RuleSet(models.Model):
    """One version of the rules of the country, or of a province's own beside them.

    `content` is what `engines.decisions.to_data` writes; `dry_run` is what the last trial of it
    against what was declared counted. In force once another than its writer approved it. Cards
    follow at `rejudged_at`, after it began, and again after it ended.
    """

    id = models.AutoField(primary_key=True)
    version = models.PositiveIntegerField()
    province = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField()
    state = models.CharField(max_length=8, default=RulesState.DRAFT)
    starts_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    dry_run = models.JSONField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    rejudged_at = models.DateTimeField(null=True)

    privacy = public("id", "version", "province", "content", "state", "starts_on") | (
        internal("at", "dry_run", "approved_at", "ended_at", "rejudged_at")
        | pseudonymous("by", "approved_by")
    )

    class Meta:
        ordering: ClassVar = ["-version", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="rules_once", fields=["province", "version"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="rules_state_is_known",
                condition=Q(state__in=sorted(str(one) for one in RulesState)),
            ),
            models.CheckConstraint(
                name="rules_approved_by_and_at",
                condition=Q(approved_at__isnull=True, approved_by="", state="draft")
                | (
                    Q(approved_at__isnull=False, state__in=["in_force", "ended"])
                    & ~Q(approved_by="")
                ),
            ),
            models.CheckConstraint(
                name="rules_approved_by_another",
                condition=Q(approved_by="") | ~Q(approved_by=F("by")),
            ),
        ]
