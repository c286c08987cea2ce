"""Keys to which doors seal what they read, so that a device cannot read its own queue."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.privacy import Keep, internal, public
from vungxanh.core.sealed import OptionalSealedField

PRIVATE_KEPT = Keep(7, after="nobody seals to the key any more")


class DoorKey(models.Model):
    """One pair of keys of P-256; `id`, four bytes in hexadecimal, is what boxes call it.

    Doors seal to it from `made_at` until `until`. `private_part` is its other half, 32 bytes in
    hexadecimal; it is gone since `destroyed_at`, and with it whatever was never sent.
    """

    id = models.CharField(primary_key=True, max_length=8)
    public_part = models.BinaryField(max_length=65)
    private_part = OptionalSealedField()
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    privacy = (
        public("id", "public_part", "made_at", "until")
        | internal("destroyed_at")
        | internal("private_part", keep=PRIVATE_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-until", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="door_key_has_its_name", condition=Q(id__regex="^[0-9a-f]{8}$")
            ),
            models.CheckConstraint(
                name="door_key_ends_after_it_begins", condition=Q(until__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="door_key_is_destroyed_wholly",
                condition=Q(private_part__isnull=True, destroyed_at__isnull=False)
                | Q(private_part__isnull=False, destroyed_at__isnull=True),
            ),
        ]
