"""Devices of the app: phones and browsers of citizens."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField
from vungxanh.people.models.persons import Person
from vungxanh.people.values import Platform

KEPT = Keep(180, after="the device was last heard of")


def _as_it_is(secret: str) -> str:
    """Letters of a secret are never folded."""
    return secret


TOKENS = IndexKey("people_device.token", _as_it_is)


class Device(models.Model):
    """One phone or browser; of its token there is a keyed digest.

    `second_day_on` is the second day on which it was seen, since when it counts as an install.
    `bluetooth` is what the app itself says. `push` is where its messages go.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_digest = models.BinaryField(max_length=32)
    platform = models.CharField(max_length=8)
    version = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, default="vi")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="devices")
    residence = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    second_day_on = models.DateField(null=True)
    bluetooth = models.BooleanField(null=True)
    bluetooth_at = models.DateTimeField(null=True)
    push = SealedField(default="")
    ended_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "platform", "version", "language", "registered_at", keep=KEPT)
        | internal("second_day_on", "bluetooth", "bluetooth_at", "ended_at", keep=KEPT)
        | pseudonymous("token_digest", "person", "residence", "last_seen_at", keep=KEPT)
        | personal("push", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-registered_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["last_seen_at"], name="device_to_purge"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="device_platform_is_known",
                condition=Q(platform__in=sorted(str(one) for one in Platform)),
            ),
            models.CheckConstraint(
                name="device_bluetooth_has_its_time",
                condition=Q(bluetooth__isnull=True, bluetooth_at__isnull=True)
                | Q(bluetooth__isnull=False, bluetooth_at__isnull=False),
            ),
        ]
