"""Telephone numbers, and the proofs that somebody holds one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField
from vungxanh.people.models.devices import Device
from vungxanh.people.models.persons import KEPT, Person

PHONES = IndexKey("people_phone.number")
PROVED = IndexKey("people_phoneproof.number")
PROOF_KEPT = Keep(1, after="the code was asked for")


class Phone(models.Model):
    """A number of a person: said by somebody, or proved by a code since `proved_at`."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    number = EnvelopedField(null=False)
    number_index = models.BinaryField(max_length=32)
    proved_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField()

    privacy = (
        internal("id", "said_at", "proved_at", keep=KEPT)
        | pseudonymous("person", "number_index", keep=KEPT)
        | personal("number", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["number_index"], name="phone_by_number"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="phone_is_proved_by_one",
                fields=["number_index"],
                condition=Q(proved_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="phone_stands_once_for_a_person", fields=["person", "number_index"]
            ),
        ]


class PhoneProof(models.Model):
    """A code that was sent to a number for a device, and what came of it.

    The number lies sealed under the house's own key; of the code there is a keyed digest. The table
    is partitioned by days of `asked_at`, which in the database belongs to its primary key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="proofs")
    number = SealedField()
    number_index = models.BinaryField(max_length=32)
    code_digest = models.BinaryField(max_length=32)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    n_tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "asked_at", "until", "n_tries", "ended_at", keep=PROOF_KEPT)
        | pseudonymous("device", "number_index", "code_digest", keep=PROOF_KEPT)
        | personal("number", keep=PROOF_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["device", "-asked_at"], name="proof_of_device"),
            models.Index(fields=["asked_at"], name="proof_to_purge"),
        ]
