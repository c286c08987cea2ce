"""What the public was told of a day: written once, when the day is over, never changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.privacy import public


class ToldDay(models.Model):
    """The counts of a day as everybody may read them, small ones withheld.

    `units` has for each unit of `tree` all declarations, those with signs and those without, null
    where it is withheld; `forms` and `ways` those of the country, empty where nothing is told.
    What came in after `at` is in no published count: telling a day twice would give away who.
    """

    day = models.DateField(primary_key=True)
    tree = models.CharField(max_length=16)
    least = models.PositiveSmallIntegerField()
    units = models.JSONField()
    forms = models.JSONField()
    ways = models.JSONField()
    at = models.DateTimeField()

    privacy = public("day", "tree", "least", "units", "forms", "ways", "at")

    class Meta:
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.CheckConstraint(name="told_day_withholds", condition=Q(least__gte=2)),
        ]
