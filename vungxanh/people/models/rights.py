"""Consents, requests of persons under the law, and proofs that what had to go is gone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous, sensitive
from vungxanh.core.sealed import SealedField
from vungxanh.people.models.devices import Device
from vungxanh.people.models.persons import Person

CONSENT_KEPT = Keep(730, after="it was withdrawn")
REQUEST_KEPT = Keep(730, after="it was answered")
PROOF_KEPT = Keep(1825)


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

    `duty` refers to the duty that carries the days of the law. After an erasure `person` is null
    and the row tells only that a request was met.
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
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True)

    privacy = (
        internal("id", "unit", "kind", "asked_at", "duty", keep=REQUEST_KEPT)
        | internal("answered_at", "ended_at", "outcome", keep=REQUEST_KEPT)
        | pseudonymous("person", "answered_by", keep=REQUEST_KEPT)
        | sensitive("words", "answer", keep=REQUEST_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="request_kind_is_known",
                condition=Q(kind__in=["correct", "delete", "object", "see", "withdraw"]),
            ),
        ]


class ErasureProof(models.Model):
    """That a person was erased: how many rows and files of each room, and what remains of keys."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reference = models.BinaryField(max_length=32)
    erased_at = models.DateTimeField()
    erased_by = models.CharField(max_length=64)
    counts = models.JSONField()
    key_id = models.CharField(max_length=8)

    privacy = internal("id", "erased_at", "counts", "key_id", keep=PROOF_KEPT) | pseudonymous(
        "reference", "erased_by", keep=PROOF_KEPT
    )

    class Meta:
        ordering: ClassVar = ["-erased_at", "-id"]


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
