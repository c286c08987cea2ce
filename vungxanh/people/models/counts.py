"""Counts that move in the transaction of what they count."""

from typing import ClassVar

from django.db import models

from vungxanh.core.privacy import internal


class LiveCount(models.Model):
    """How many there are in a unit, in parts that many transactions may move side by side.

    `unit` is a unit's id, empty for those whose commune is not known; the count is the sum of its
    parts.
    """

    pk = models.CompositePrimaryKey("unit", "element", "part")
    unit = models.CharField(max_length=24, db_collation="C")
    element = models.CharField(max_length=40)
    part = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()

    privacy = internal("unit", "element", "part", "n")

    class Meta:
        ordering: ClassVar = ["unit", "element", "part"]
