"""Enrolled devices and API keys; of their secrets only keyed digests lie here."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from vungxanh.accounts.rules.devices import DEVICE, DeviceTimes, Ending, Kind
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

DEVICE_KEPT = Keep(365, after="the device ended, or its link was never used")


def _as_it_is(secret: str) -> str:
    """Letters of a secret are never folded."""
    return secret


LINKS = IndexKey("accounts_enrolleddevice.link", _as_it_is)
TOKENS = IndexKey("accounts_enrolleddevice.token", _as_it_is)


class EnrolledDevice(models.Model):
    """A phone, a wall display, a reader or the key of a machine, for one unit and one scope.

    `organisation` is the one for which it acts; without, it acts for its unit.

    `token_digest` admits it; after it asked for a new token `next_digest` does too, and takes the
    old one's place when it is first used. Whoever enrolled or ended it is a reference.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = SealedField()
    kind = models.CharField(max_length=16)
    scope = models.CharField(max_length=32)
    unit = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "locations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_by = models.CharField(max_length=64)
    invited_at = models.DateTimeField()
    link_digest = models.BinaryField(max_length=32, null=True, unique=True)
    link_until = models.DateTimeField(null=True)
    token_digest = models.BinaryField(max_length=32, null=True)
    next_digest = models.BinaryField(max_length=32, null=True)
    enrolled_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    ending = models.CharField(max_length=16, blank=True)

    privacy = (
        internal("id", "kind", "scope", "unit", "organisation", keep=DEVICE_KEPT)
        | internal("invited_at", "link_until", keep=DEVICE_KEPT)
        | internal("enrolled_at", "refused_at", "ended_at", "ending", keep=DEVICE_KEPT)
        | pseudonymous("invited_by", "ended_by", "last_contact_at", keep=DEVICE_KEPT)
        | pseudonymous("link_digest", "token_digest", "next_digest", keep=DEVICE_KEPT)
        | personal("name", keep=DEVICE_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-invited_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "-invited_at"], name="devices_by_unit"),
            models.Index(fields=["last_contact_at"], name="devices_by_contact"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="device_kind_is_known",
                condition=models.Q(kind__in=[str(one) for one in Kind]),
            ),
            models.CheckConstraint(
                name="device_ending_is_known",
                condition=models.Q(ending__in=["", *(str(one) for one in Ending)]),
            ),
            models.CheckConstraint(
                name="device_ended_wholly",
                condition=models.Q(ending="", ended_at=None, ended_by="")
                | models.Q(ending__gt="", ended_at__isnull=False, ended_by__gt=""),
            ),
            models.CheckConstraint(
                name="device_link_ends",
                condition=~(models.Q(link_digest=None) ^ models.Q(link_until=None)),
            ),
            models.CheckConstraint(
                name="device_token_was_enrolled",
                condition=models.Q(token_digest=None, enrolled_at=None, last_contact_at=None)
                | models.Q(
                    token_digest__isnull=False,
                    enrolled_at__isnull=False,
                    last_contact_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        """The reference, never the name."""
        return ref_of_device(self.pk)

    @property
    def times(self) -> DeviceTimes:
        """What decides where it stands."""
        return DeviceTimes(self.ending, self.link_until, self.last_contact_at)


def ref_of_device(device_id: UUID) -> str:
    """The text by which the log and viewers refer to a device."""
    return f"{DEVICE}{device_id}"
