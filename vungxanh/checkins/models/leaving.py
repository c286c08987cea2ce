"""When everybody who was inside was said to have left, so that it may be taken back."""

from typing import ClassVar

from django.db import models

from vungxanh.checkins.models.points import Point
from vungxanh.checkins.models.scans import SCANS_KEPT
from vungxanh.core.privacy import internal, pseudonymous


class AllLeft(models.Model):
    """One act of a keeper's device, under the id that the device gave it.

    Its scans are those of the device at the point whose `at` is this very instant.
    """

    id = models.UUIDField(primary_key=True)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    device_id = models.UUIDField()
    at = models.DateTimeField()
    n = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True)

    privacy = internal("id", "point", "at", "n", "undone_at", keep=SCANS_KEPT) | pseudonymous(
        "device_id", keep=SCANS_KEPT
    )

    class Meta:
        ordering: ClassVar = ["-at", "id"]
