"""Calls of a health station, and what an officer decided on a contest."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, sensitive
from vungxanh.declarations.models.care import CARE_KEPT, CONTEST_KEPT, Care, Contest
from vungxanh.declarations.values.states import CareResult


class CareCall(models.Model):
    """One call for somebody ill and what came of it; what was undone stays and counts no more.

    `again_at` is when somebody not reached is called again, `follow_on` the day on which somebody
    followed is. `note` lies sealed under the person's own key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    care = models.ForeignKey(Care, on_delete=models.CASCADE, related_name="calls")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    result = models.CharField(max_length=11)
    note = EnvelopedField()
    again_at = models.DateTimeField(null=True)
    follow_on = models.DateField(null=True)
    undone_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "care", "at", "again_at", "follow_on", "undone_at", keep=CARE_KEPT)
        | pseudonymous("by", "result", keep=CARE_KEPT)
        | sensitive("note", keep=CARE_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="carecall_result_is_known",
                condition=Q(result__in=sorted(str(one) for one in CareResult)),
            )
        ]


class Decision(models.Model):
    """What an officer made of a contest: the colour before and after, and on what it stood.

    `rules_id` is the version of the rules of the declaration's outcome, `inputs` what they were
    given, sealed with `reason` under the person's own key; never changed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contest = models.OneToOneField(Contest, on_delete=models.CASCADE, related_name="decision")
    declaration_id = models.UUIDField()
    person_id = models.BigIntegerField()
    rules_id = models.IntegerField(null=True)
    before = models.CharField(max_length=8)
    after = models.CharField(max_length=8)
    inputs = EnvelopedField()
    reason = EnvelopedField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = (
        internal("id", "contest", "rules_id", "at", keep=CONTEST_KEPT)
        | pseudonymous("declaration_id", "person_id", "before", "after", "by", keep=CONTEST_KEPT)
        | sensitive("inputs", "reason", keep=CONTEST_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["person_id"], name="decision_of_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_colours_are_known",
                condition=Q(before__in=["green", "orange", "red", "yellow"])
                & Q(after__in=["green", "orange", "red", "yellow"]),
            )
        ]
