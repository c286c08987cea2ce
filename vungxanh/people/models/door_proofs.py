"""Codes by which somebody without a phone of their own app is known at a door."""

from typing import ClassVar

from django.db import models

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

DOOR_PROVED = IndexKey("people_doorproof.number")
PROOF_KEPT = Keep(1, after="the code was asked for")


class DoorProof(models.Model):
    """A code that was sent to the number of somebody who stands at a door.

    `device_id` is the keeper's device, which is none of a citizen. The number lies sealed under the
    house's own key; of the code there is a keyed digest. Once answered the row is gone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device_id = models.UUIDField()
    number = SealedField()
    number_index = models.BinaryField(max_length=32)
    code_digest = models.BinaryField(max_length=32)
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    n_tries = models.PositiveSmallIntegerField(default=0)

    privacy = (
        internal("id", "asked_at", "until", "n_tries", keep=PROOF_KEPT)
        | pseudonymous("device_id", "number_index", "code_digest", keep=PROOF_KEPT)
        | personal("number", keep=PROOF_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["asked_at"], name="door_proof_to_purge"),
            models.Index(fields=["number_index"], name="door_proof_by_number"),
        ]
