"""Pairs of points that looked like one place and are two."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.checkins.models.points import KEPT, Point
from vungxanh.core.privacy import internal, pseudonymous


class TwoPoints(models.Model):
    """Two points that an officer said are not the same; they are not shown as suspected again."""

    id = models.BigAutoField(primary_key=True)
    first = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = internal("id", "first", "second", "at", keep=KEPT) | pseudonymous("by", keep=KEPT)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="two_points_said_once", fields=["first", "second"]),
            models.CheckConstraint(
                name="two_points_in_their_order", condition=Q(first__lt=F("second"))
            ),
        ]
