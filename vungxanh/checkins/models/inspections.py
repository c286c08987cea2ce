"""Inspections, reminders and proposals to suspend; reports that a poster was tampered with."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.models.points import Point
from vungxanh.checkins.models.premises import Premises
from vungxanh.checkins.values.inspections import Result, Tamper
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous

PHOTO_KEPT = Keep(180, after="the photo was taken")


class Inspection(models.Model):
    """One visit of an officer to a point, or to premises that have none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(
        Point, null=True, on_delete=models.CASCADE, related_name="inspections"
    )
    premises = models.ForeignKey(
        Premises, null=True, on_delete=models.CASCADE, related_name="inspections"
    )
    result = models.CharField(max_length=16)
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    answer = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)

    privacy = internal(
        "id", "point", "premises", "result", "note", "at", "answer", "answered_at"
    ) | pseudonymous("by")

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="inspection_is_of_one_place",
                condition=Q(point__isnull=False, premises__isnull=True)
                | Q(point__isnull=True, premises__isnull=False),
            ),
            models.CheckConstraint(
                name="inspection_result_is_known",
                condition=Q(result__in=sorted(str(one) for one in Result)),
            ),
            models.CheckConstraint(
                name="inspection_answered_with_words",
                condition=Q(answered_at__isnull=True, answer="")
                | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]


class Photo(models.Model):
    """A photo of a door or a poster, without faces: of an inspection or of a report."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(
        Inspection, null=True, on_delete=models.CASCADE, related_name="photos"
    )
    report = models.ForeignKey(
        "checkins.TamperReport", null=True, on_delete=models.CASCADE, related_name="photos"
    )
    file_id = models.UUIDField()
    at = models.DateTimeField()

    privacy = internal("id", "inspection", "report", "file_id", "at", keep=PHOTO_KEPT)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="photo_belongs_to_one",
                condition=Q(inspection__isnull=False, report__isnull=True)
                | Q(inspection__isnull=True, report__isnull=False),
            ),
        ]


class Reminder(models.Model):
    """One of three reminders to a point or to premises without one, before a proposal.

    A round of reminders ends when what they asked for was done (`met_at`) or when a proposal to
    suspend was decided on (`lapsed_at`). `duty` is what the commune owes meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, null=True, on_delete=models.CASCADE, related_name="reminders")
    premises = models.ForeignKey(
        Premises, null=True, on_delete=models.CASCADE, related_name="reminders"
    )
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=16)
    note = models.CharField(max_length=1000, blank=True)
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    met_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    duty = models.UUIDField(null=True)

    privacy = (
        internal("id", "point", "premises", "number", "reason", "note", "due_on", "at", "met_at")
        | internal("lapsed_at", "duty")
        | pseudonymous("by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="reminder_is_to_one_place",
                condition=Q(point__isnull=False, premises__isnull=True)
                | Q(point__isnull=True, premises__isnull=False),
            ),
            models.CheckConstraint(
                name="reminder_is_one_of_three", condition=Q(number__range=(1, 3))
            ),
            models.CheckConstraint(
                name="reminder_reason_is_known",
                condition=Q(reason__in=sorted(str(one) for one in Result)),
            ),
            models.CheckConstraint(
                name="reminder_met_or_lapsed",
                condition=Q(met_at__isnull=True) | Q(lapsed_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="reminder_of_a_point_counts_upward",
                fields=["point", "number"],
                condition=Q(point__isnull=False, met_at__isnull=True, lapsed_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="reminder_of_premises_counts_upward",
                fields=["premises", "number"],
                condition=Q(premises__isnull=False, met_at__isnull=True, lapsed_at__isnull=True),
            ),
        ]


class SuspensionProposal(models.Model):
    """A proposal to suspend a point or the premises' business after three reminders.

    Once accepted it holds until what was asked for is done (`ended_at`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, null=True, on_delete=models.CASCADE, related_name="proposals")
    premises = models.ForeignKey(
        Premises, null=True, on_delete=models.CASCADE, related_name="proposals"
    )
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="proposed")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)
    duty = models.UUIDField(null=True)

    privacy = (
        internal("id", "point", "premises", "reason", "at", "state", "decided_at")
        | internal("decided_reason", "ended_at", "duty")
        | pseudonymous("by", "decided_by", "ended_by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="proposal_is_of_one_place",
                condition=Q(point__isnull=False, premises__isnull=True)
                | Q(point__isnull=True, premises__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_decided_by_and_at",
                condition=Q(state="proposed", decided_at__isnull=True, decided_by="")
                | Q(state__in=["accepted", "rejected"], decided_at__isnull=False)
                & ~Q(decided_by=""),
            ),
            models.CheckConstraint(
                name="proposal_rejected_with_a_reason",
                condition=~Q(state="rejected") | ~Q(decided_reason=""),
            ),
            models.CheckConstraint(
                name="proposal_ended_after_it_was_accepted",
                condition=Q(ended_at__isnull=True, ended_by="")
                | Q(state="accepted", ended_at__isnull=False) & ~Q(ended_by=""),
            ),
            models.UniqueConstraint(
                name="proposal_in_force_once_of_a_point",
                fields=["point"],
                condition=Q(point__isnull=False, ended_at__isnull=True) & ~Q(state="rejected"),
            ),
            models.UniqueConstraint(
                name="proposal_in_force_once_of_premises",
                fields=["premises"],
                condition=Q(premises__isnull=False, ended_at__isnull=True) & ~Q(state="rejected"),
            ),
        ]


class TamperReport(models.Model):
    """Somebody says that a poster is not what it was: pasted over, damaged, of another place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="tamper_reports")
    entrance = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=12)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, default="open")
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    duty = models.UUIDField(null=True)

    privacy = (
        internal("id", "point", "entrance", "what", "note", "at", "state", "handled_at")
        | internal("outcome", "duty")
        | pseudonymous("by", "handled_by")
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["state", "-at"], name="tamper_report_open")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="tamper_report_handled_by_and_at",
                condition=Q(state="open", handled_at__isnull=True, handled_by="")
                | Q(state="handled", handled_at__isnull=False) & ~Q(handled_by=""),
            ),
            models.CheckConstraint(
                name="tamper_report_says_what",
                condition=Q(what__in=sorted(str(one) for one in Tamper)),
            ),
        ]
