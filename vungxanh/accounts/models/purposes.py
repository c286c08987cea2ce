"""Purposes of looking at persons: a closed list, and proposals to change it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.accounts.values.purposes import Change, Decision
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous, public

CODE_FORM = r"^[a-z][a-z_]{2,31}$"


class Purpose(models.Model):
    """One purpose for which persons may be looked at, with the law that it rests on."""

    code = models.CharField(max_length=32, primary_key=True)
    vi = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100)
    law_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    privacy = public("code", "vi", "en", "law", "article", "law_on", "starts_on", "ends_on")

    class Meta:
        ordering: ClassVar = ["starts_on", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="purpose_code_is_a_word", condition=Q(code__regex=CODE_FORM)
            ),
            models.CheckConstraint(
                name="purpose_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]


class PurposeProposal(models.Model):
    """One administrator's proposal to add or to end a purpose, decided by another.

    `ends_on` of an ending is the last day on which the purpose holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    change = models.CharField(max_length=8)
    code = models.CharField(max_length=32)
    vi = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100)
    law_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    proposed_by = models.CharField(max_length=64)
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=16, default=Decision.WAITING)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)

    privacy = internal(
        "id", "change", "code", "vi", "en", "law", "article", "law_on", "starts_on", "ends_on"
    ) | pseudonymous("proposed_by", "proposed_at", "decision", "decided_by", "decided_at")

    class Meta:
        ordering: ClassVar = ["-proposed_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="purpose_proposal_change_is_known",
                condition=Q(change__in=[str(one) for one in Change]),
            ),
            models.CheckConstraint(
                name="purpose_proposal_is_decided_by_somebody",
                condition=Q(decision=Decision.WAITING, decided_by="", decided_at__isnull=True)
                | (
                    Q(decision__in=[Decision.APPROVED, Decision.REFUSED, Decision.WITHDRAWN])
                    & ~Q(decided_by="")
                    & Q(decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="purpose_proposal_is_approved_by_another",
                condition=~Q(decision=Decision.APPROVED) | ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                name="purpose_proposal_waits_alone",
                fields=["code"],
                condition=Q(decision=Decision.WAITING),
            ),
        ]
