"""Duties, and each time that they fall due."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, pseudonymous
from vungxanh.duties.rules import ENDED, MET, HolderKind, Pace, SourceKind, State, Step


class Duty(models.Model):
    """What a unit or an organisation owes to a unit, once or again and again.

    `key` lets the room that it belongs to find it again and keeps it from being written twice.
    `role` is the role of staff that it falls to; empty: whoever acts for the holder.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 (null: no key)
    title = models.CharField(max_length=300)
    note = models.CharField(max_length=1000, blank=True)
    unit = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "locations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=32, blank=True)
    owed_to = models.ForeignKey("locations.AdminUnit", on_delete=models.PROTECT, related_name="+")
    source_kind = models.CharField(max_length=8)
    source = models.CharField(max_length=300)
    starts_on = models.DateField()
    due_time = models.TimeField()
    recurrence = models.CharField(max_length=60, blank=True)
    ends_on = models.DateField(null=True)
    pace = models.CharField(max_length=8)
    planned_until = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    privacy = (
        internal("id", "kind", "key", "title", "note", "unit", "organisation", "role", "owed_to")
        | internal("source_kind", "source", "starts_on", "due_time", "recurrence", "ends_on")
        | internal("pace", "planned_until", "created_at", "ended_at", "ended_reason")
        | pseudonymous("created_by", "ended_by")
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["planned_until"], name="duty_to_plan", condition=Q(ended_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) ^ Q(organisation__isnull=False),
                name="duty_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(source_kind__in=[str(one) for one in SourceKind]),
                name="duty_source_known",
            ),
            models.CheckConstraint(
                condition=Q(pace__in=[str(one) for one in Pace]), name="duty_pace_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="duty_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason="")),
                name="duty_ended_with_who_and_why",
            ),
        ]

    @property
    def holder_kind(self) -> HolderKind:
        """Whether a unit or an organisation owes it."""
        return HolderKind.UNIT if self.unit_id else HolderKind.ORGANISATION


class Occurrence(models.Model):
    """One time that a duty falls due, and what became of it.

    `evidence` names what met it ("submission:<id>"). `step` is how far reminding has gone;
    `proposed_at` when going one unit up was proposed, and `answered_at` when that was answered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="occurrences")
    day = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, default=State.OPEN.value)
    met_at = models.DateTimeField(null=True)
    met_by = models.CharField(max_length=80, blank=True)
    evidence = models.CharField(max_length=128, blank=True)
    n_met = models.PositiveSmallIntegerField(default=0)
    was_late = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    step = models.CharField(max_length=10, default=Step.NONE.value)
    proposed_at = models.DateTimeField(null=True)
    raised_to = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=300, blank=True)

    privacy = (
        internal("id", "duty", "day", "due_at", "state", "met_at", "evidence", "n_met", "was_late")
        | internal("decided_at", "reason", "step", "proposed_at", "raised_to")
        | internal("answered_at", "answer")
        | pseudonymous("met_by", "decided_by", "answered_by")
    )

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="occurrence_open", condition=Q(state=State.OPEN.value)
            ),
            models.Index(fields=["day"], name="occurrence_of_day"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["duty", "due_at"], name="occurrence_once"),
            models.CheckConstraint(
                condition=Q(state__in=[str(one) for one in State]), name="occurrence_state_known"
            ),
            models.CheckConstraint(
                condition=Q(step__in=[str(one) for one in Step]), name="occurrence_step_known"
            ),
            models.CheckConstraint(
                condition=(Q(met_at__isnull=True, met_by="", evidence="", n_met=0))
                | (Q(met_at__isnull=False, n_met__gt=0) & ~Q(met_by="") & ~Q(evidence="")),
                name="occurrence_met_with_who_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(MET)) | Q(met_at__isnull=False),
                name="occurrence_state_with_evidence",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ENDED))
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(reason="")),
                name="occurrence_ended_with_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", answer="")
                | (Q(answered_at__isnull=False, proposed_at__isnull=False) & ~Q(answered_by="")),
                name="occurrence_answered_after_proposed",
            ),
            models.CheckConstraint(
                condition=Q(raised_to__isnull=True) | Q(answered_at__isnull=False),
                name="occurrence_raised_by_answer",
            ),
        ]


class CalendarFeed(models.Model):
    """The address of somebody's calendar of duties; only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.CharField(max_length=80, unique=True)
    digest = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()

    privacy = internal("id", "created_at") | pseudonymous("owner", "digest")

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
