"""How points are used: counted by night from scans, by unit and kind; nobody is named."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.values.activity import COUNTS_KEPT_DAYS, PATTERNS_KEPT_DAYS, Pattern
from vungxanh.core.privacy import Keep, internal

COUNTS_KEPT = Keep(COUNTS_KEPT_DAYS, after="the day that was counted")
PATTERNS_KEPT = Keep(PATTERNS_KEPT_DAYS, after="the day of the scans")


class PointUse(models.Model):
    """The last day on which there was a scan at a point; no row where there never was one."""

    point_id = models.BigIntegerField(primary_key=True)
    last_on = models.DateField()

    privacy = internal("point_id", "last_on")

    class Meta:
        ordering: ClassVar = ["point_id"]


class CountedDay(models.Model):
    """A day of Vietnam whose scans were counted: when, and before which transaction they lay there.

    Scans of transactions from `tx` on may not be in the counts.
    """

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    tx = models.BigIntegerField()

    privacy = internal("day", "at", "tx", keep=COUNTS_KEPT)

    class Meta:
        ordering: ClassVar = ["day"]


class DayActivity(models.Model):
    """Scans of a day at the points of a kind in a commune; see `values.activity.DaySum`."""

    pk = models.CompositePrimaryKey("day", "unit", "kind")
    day = models.DateField()
    unit = models.CharField(max_length=24, db_collation="C")
    kind = models.CharField(max_length=16)
    n_points = models.BigIntegerField()
    n_scans = models.BigIntegerField()
    n_in = models.BigIntegerField()
    n_people = models.BigIntegerField()
    n_by_keeper = models.BigIntegerField()

    privacy = internal(
        *("day", "unit", "kind", "n_points", "n_scans", "n_in", "n_people", "n_by_keeper"),
        keep=COUNTS_KEPT,
    )

    class Meta:
        ordering: ClassVar = ["day", "unit", "kind"]


class UseCount(models.Model):
    """Living points of a kind in a commune as of the last counted day; see `values.activity.Use`.

    All rows are written anew together.
    """

    pk = models.CompositePrimaryKey("unit", "kind")
    unit = models.CharField(max_length=24, db_collation="C")
    kind = models.CharField(max_length=16)
    n_points = models.BigIntegerField()
    n_active = models.BigIntegerField()
    n_scanned = models.BigIntegerField()

    privacy = internal("unit", "kind", "n_points", "n_active", "n_scanned")

    class Meta:
        ordering: ClassVar = ["unit", "kind"]


class PointPattern(models.Model):
    """What was odd about the scans at a point on a day, and about how many of them."""

    pk = models.CompositePrimaryKey("day", "point_id", "pattern")
    day = models.DateField()
    point_id = models.BigIntegerField()
    pattern = models.CharField(max_length=12)
    n = models.BigIntegerField()

    privacy = internal("day", "point_id", "pattern", "n", keep=PATTERNS_KEPT)

    class Meta:
        ordering: ClassVar = ["-day", "point_id", "pattern"]
        indexes: ClassVar = [models.Index(fields=["point_id", "-day"], name="pattern_at_point")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="point_pattern_is_known",
                condition=Q(pattern__in=sorted(str(one) for one in Pattern)),
            ),
            models.CheckConstraint(name="point_pattern_is_of_scans", condition=Q(n__gt=0)),
        ]
