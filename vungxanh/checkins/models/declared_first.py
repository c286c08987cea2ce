"""Where nobody goes in who did not declare their health that day."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.models.points import Point
from vungxanh.checkins.values.kinds import KINDS
from vungxanh.core.privacy import internal, pseudonymous


class DeclaredFirst(models.Model):
    """One point, or one kind of point within a unit of today's map, from a time on.

    Elsewhere a missing declaration is told at the door and stops nobody.
    """

    id = models.BigAutoField(primary_key=True)
    point = models.OneToOneField(
        Point, null=True, on_delete=models.CASCADE, related_name="declared_first"
    )
    kind = models.CharField(max_length=16, blank=True)
    unit = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = internal("id", "point", "kind", "unit", "starts_at", "at") | pseudonymous("by")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="declared_first_once_for_a_kind", fields=["unit", "kind"]),
            models.CheckConstraint(
                name="declared_first_of_a_point_or_a_kind",
                condition=Q(point__isnull=False, kind="", unit__isnull=True)
                | Q(
                    point__isnull=True,
                    kind__in=sorted(str(one) for one in KINDS),
                    unit__isnull=False,
                ),
            ),
        ]
