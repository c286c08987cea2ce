"""Consents, requests of persons under the law, and proofs that what had to go is gone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.accounts.values.purposes import Decision
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous, public, sensitive
from vungxanh.core.sealed import OptionalSealedField, SealedField
from vungxanh.people.models.devices import Device
from vungxanh.people.models.persons import Person

CONSENT_KEPT = Keep(730, after="it was withdrawn")
REQUEST_KEPT = Keep(730, after="it was answered")
PROOF_KEPT = Keep(1825)
UNCHECKED_KEPT = Keep(0, after="everything was read again, seconds after the erasure")


class Consent(models.Model):
    """What somebody agreed to: purpose, version of the text, language, time; or withdrew."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="consents")
    device = models.ForeignKey(Device, null=True, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    privacy = pseudonymous(
        "id",
        "person",
        "device",
        "purpose",
        "version",
        "language",
        "given_at",
        "withdrawn_at",
        keep=CONSENT_KEPT,
    )

    class Meta:
        ordering: ClassVar = ["-given_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="consent_is_of_somebody",
                condition=Q(person__isnull=False) | Q(device__isnull=False),
            ),
        ]


class PersonRequest(models.Model):
    """What a person asks for: to see, correct, withdraw, object, or be deleted.

    `duty` and `act_duty` refer to the duties that carry the days of the law, to answer and to
    carry out, which fall due with the days beside them. After an erasure `person` is null and the
    row tells only that a request was met.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="requests"
    )
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    asked_at = models.DateTimeField()
    words = SealedField(default="")
    answer = SealedField(default="")
    duty = models.CharField(max_length=80, blank=True)
    act_duty = models.CharField(max_length=80, blank=True)
    answer_due_on = models.DateField()
    act_due_on = models.DateField()
    extended_at = models.DateTimeField(null=True)
    extended_why = SealedField(default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    privacy = (
        internal("id", "unit", "kind", "asked_at", "duty", keep=REQUEST_KEPT)
        | internal("answered_at", "ended_at", "outcome", "act_duty", keep=REQUEST_KEPT)
        | internal("answer_due_on", "act_due_on", "extended_at", keep=REQUEST_KEPT)
        | pseudonymous("person", "answered_by", keep=REQUEST_KEPT)
        | sensitive("words", "answer", "extended_why", keep=REQUEST_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        indexes: ClassVar = [models.Index(fields=["ended_at", "unit"], name="request_open")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="request_ends_with_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="")
                | Q(ended_at__isnull=False, outcome__in=["done", "dropped", "refused"]),
            ),
            models.CheckConstraint(
                name="request_is_answered_by_somebody",
                condition=Q(answered_at__isnull=True, answered_by="")
                | (Q(answered_at__isnull=False) & ~Q(answered_by="")),
            ),
            models.CheckConstraint(
                name="request_kind_is_known",
                condition=Q(kind__in=["correct", "delete", "object", "see", "withdraw"]),
            ),
        ]


class ErasureProof(models.Model):
    """That a person was erased: how many rows and files of each room, and what remains of keys.

    `left` is what was found when everything was read again after the commit, by table and store:
    zeros. Until then `subject` says, sealed, who was erased. Backups need `key_id`, the key that
    wrapped theirs, and `data_key_id`, the installation's for messages and requests, until these are
    destroyed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.BinaryField(max_length=32)
    erased_at = models.DateTimeField()
    erased_by = models.CharField(max_length=64)
    counts = models.JSONField()
    key_id = models.CharField(max_length=8)
    data_key_id = models.CharField(max_length=8)
    subject = OptionalSealedField()
    left = models.JSONField(null=True)
    checked_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "erased_at", "counts", "key_id", keep=PROOF_KEPT)
        | internal("data_key_id", "left", "checked_at", keep=PROOF_KEPT)
        | pseudonymous("reference", "erased_by", keep=PROOF_KEPT)
        | personal("subject", keep=UNCHECKED_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-erased_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="erasure_proof_once_checked_names_nobody",
                condition=Q(checked_at__isnull=True) | Q(subject__isnull=True),
            ),
        ]


class PurgeProof(models.Model):
    """One night's purge: what each room deleted, and what was still there afterwards (nothing)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    is_dry = models.BooleanField(default=False)
    counts = models.JSONField()
    overdue = models.JSONField()

    privacy = internal("id", "began_at", "ended_at", "is_dry", "counts", "overdue", keep=PROOF_KEPT)

    class Meta:
        ordering: ClassVar = ["-began_at", "-id"]


class ProcessingBasis(models.Model):
    """The law that a campaign rests on without consent, from a day until a day.

    It is in force once another administrator than the one who wrote it approved it. `covers` names
    the consent (`values.consents.Consenting`) that is not asked for meanwhile; empty for none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    campaign = models.CharField(max_length=200, default="")
    covers = models.CharField(max_length=32, blank=True, default="")
    vi = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    law = models.CharField(max_length=200)
    article = models.CharField(max_length=100)
    law_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=64)
    decision = models.CharField(max_length=16, default=Decision.WAITING)
    decided_by = models.CharField(max_length=64, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "campaign", "vi", "en", "law", "article", "law_on", "starts_on", "ends_on")
        | internal("covers", "written_at", "decision", "decided_at")
        | pseudonymous("written_by", "decided_by")
    )

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="basis_ends_after_it_starts", condition=Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="basis_is_decided_by_somebody",
                condition=Q(decision=Decision.WAITING, decided_by="", decided_at__isnull=True)
                | (
                    Q(decision__in=[Decision.APPROVED, Decision.REFUSED, Decision.WITHDRAWN])
                    & ~Q(decided_by="")
                    & Q(decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="basis_is_approved_by_another",
                condition=~Q(decision=Decision.APPROVED) | ~Q(decided_by=models.F("written_by")),
            ),
        ]
