"""Scans as phones sent them, what was corrected, and the numbers that persons have in files."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.checkins.values.scans import SCANS_KEPT_DAYS, ChangeReason
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import A_DAY, Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField

SCANS_KEPT = Keep(SCANS_KEPT_DAYS, after="the day of the scan ended")


class Scan(models.Model):
    """One reading of a code, in or out; written by device intake, never changed.

    The table lies in partitions by the UTC day inside `id`, a UUIDv7; its column `tx`, the
    transaction that wrote a row, is the database's own. `at` is what the phone's clock said,
    `received_at` what ours did. Numbers, not foreign keys: intake checks them before.
    """

    id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField()
    point_id = models.BigIntegerField()
    entrance = models.SmallIntegerField()
    direction = models.SmallIntegerField()
    means = models.SmallIntegerField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    device_id = models.UUIDField()
    flags = models.SmallIntegerField()

    privacy = internal(
        "id", "entrance", "direction", "means", "received_at", "flags", keep=SCANS_KEPT
    ) | pseudonymous("person_id", "point_id", "at", "device_id", keep=SCANS_KEPT)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["person_id", "at"], name="scan_of_person"),
            models.Index(fields=["point_id", "at"], name="scan_at_point"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="scan_entrance_fits_its_code", condition=Q(entrance__range=(0, 255))
            ),
            models.CheckConstraint(
                name="scan_direction_is_known", condition=Q(direction__in=(0, 1))
            ),
            models.CheckConstraint(name="scan_means_is_known", condition=Q(means__range=(0, 2))),
        ]


class StaleDay(models.Model):
    """A UTC day on which visits began that are no longer so, where no new scan tells it; and why.

    Its column `tx` is the database's own, as that of scans: a file of the day that was read before
    has to be written again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    day = models.DateField()
    reason = models.CharField(max_length=9)
    at = models.DateTimeField()

    privacy = internal("id", "day", "reason", "at", keep=SCANS_KEPT)

    class Meta:
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stale_day_reason_is_known",
                condition=Q(reason__in=sorted(str(one) for one in ChangeReason)),
            )
        ]


class VisitCorrection(models.Model):
    """What an officer or the person says of a visit instead: the last one counts.

    `visit_id` is the id of the visit's first scan.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    visit_id = models.UUIDField()
    person_id = models.BigIntegerField()
    t_in = models.DateTimeField()
    t_out = models.DateTimeField()
    reason = SealedField()
    by = models.CharField(max_length=64)
    at = models.DateTimeField()

    privacy = (
        internal("id", "visit_id", "at", keep=SCANS_KEPT)
        | pseudonymous("person_id", "t_in", "t_out", "by", keep=SCANS_KEPT)
        | personal("reason", keep=SCANS_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["visit_id", "at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="correction_of_person"),
            models.Index(fields=["visit_id", "-at"], name="correction_of_visit"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="correction_ends_after_it_begins", condition=Q(t_out__gte=F("t_in"))
            )
        ]


class VisitNumber(models.Model):
    """The random number under which a person stands in files of visits, anew for each period."""

    pk = models.CompositePrimaryKey("person_id", "period")
    person_id = models.BigIntegerField()
    number = models.BigIntegerField(unique=True)
    period = models.DateField()

    privacy = pseudonymous("person_id", "number", "period", keep=SCANS_KEPT)

    class Meta:
        ordering: ClassVar = ["person_id", "period"]
        constraints: ClassVar = [
            models.CheckConstraint(name="visit_number_is_positive", condition=Q(number__gt=0))
        ]


class GonePerson(models.Model):
    """Somebody who was erased, or turned out to be another (`kept_id`), a moment ago.

    Intake may still write of them: it remembers whose phone is whose. They are looked for again
    until nothing comes any more; `looked_at` is the first time, or the last that found something.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person_id = models.BigIntegerField()
    kept_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)

    privacy = internal("id", "at", "looked_at", keep=A_DAY) | pseudonymous(
        "person_id", "kept_id", keep=A_DAY
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["kept_id"], name="gone_into", condition=Q(kept_id__isnull=False)),
        ]
