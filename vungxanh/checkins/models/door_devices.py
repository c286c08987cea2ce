"""Which point an enrolled device keeps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.models.keepers import PointKeeper
from vungxanh.checkins.models.points import Point
from vungxanh.core.privacy import Keep, internal, pseudonymous

KEPT = Keep(365, after="the device ended, or its link was never used")


class DoorDevice(models.Model):
    """One enrolled device of `accounts` and the one point that it keeps, at one of its entrances.

    `keeper` is the right by which a keeper enrolled a browser of their own: it ends with that.
    `by` is who bound it.
    """

    device_id = models.UUIDField(primary_key=True)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="door_devices")
    entrance = models.SmallIntegerField(default=0)
    keeper = models.ForeignKey(
        PointKeeper, null=True, on_delete=models.SET_NULL, related_name="door_devices"
    )
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = internal("device_id", "point", "entrance", "at", keep=KEPT) | pseudonymous(
        "keeper", "by", keep=KEPT
    )

    class Meta:
        ordering: ClassVar = ["at", "device_id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="door_device_entrance_fits_its_code", condition=Q(entrance__range=(0, 255))
            )
        ]
