"""Points that live, counted in the transaction that writes them."""

from typing import ClassVar

from django.db import models

from vungxanh.core.privacy import public


class PointCount(models.Model):
    """How many living points there are of a kind in a commune, in parts moved side by side.

    Moved by triggers of the table of points, whoever writes it; the count is the sum of its parts.
    """

    pk = models.CompositePrimaryKey("unit", "kind", "part")
    unit = models.CharField(max_length=24, db_collation="C")
    kind = models.CharField(max_length=16)
    part = models.PositiveSmallIntegerField()
    n = models.BigIntegerField()

    privacy = public("unit", "kind", "part", "n")

    class Meta:
        ordering: ClassVar = ["unit", "kind", "part"]
