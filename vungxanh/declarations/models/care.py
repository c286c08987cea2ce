"""What follows somebody ill, and somebody's no to their outcome."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, pseudonymous, sensitive
from vungxanh.declarations.values.states import (
    CARE_KEPT_DAYS,
    CareResult,
    CareState,
    ContestState,
)

CARE_KEPT = Keep(CARE_KEPT_DAYS, after="it was closed, or a year after it was opened")
CONTEST_KEPT = Keep(CARE_KEPT_DAYS, after="it was decided")


class Care(models.Model):
    """One ill person's care by a health station, begun by a declaration.

    `unit` is the commune's, `duty` refers to the duty that carries the deadline; once its time is
    over the unit above has it too (`escalated_to`, `raised_duties`), and `due_at` is that one's
    time. `latest_id` is the newest of the declarations that joined it. What the calls said stands
    in `CareCall`; the rest follows from the last that stands.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    declaration_id = models.UUIDField(unique=True)
    latest_id = models.UUIDField()
    n_joined = models.PositiveSmallIntegerField(default=0)
    person_id = models.BigIntegerField()
    unit = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    duty = models.CharField(max_length=80, blank=True)
    raised_duties = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, default=CareState.OPEN)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_at = models.DateTimeField(null=True)
    n_calls = models.PositiveSmallIntegerField(default=0)
    called_at = models.DateTimeField(null=True)
    again_at = models.DateTimeField(null=True)
    follow_on = models.DateField(null=True)
    result = models.CharField(max_length=11, blank=True)
    note = EnvelopedField()
    handled_by = models.CharField(max_length=64, blank=True)
    handled_at = models.DateTimeField(null=True)
    escalated_to = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True)
    is_at_top = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "unit", "duty", "opened_at", "state", "called_at", keep=CARE_KEPT)
        | internal("handled_at", "escalated_to", "escalated_at", "closed_at", keep=CARE_KEPT)
        | internal("n_joined", "raised_duties", "minutes", "due_at", "claimed_at", keep=CARE_KEPT)
        | internal("n_calls", "again_at", "follow_on", "is_at_top", keep=CARE_KEPT)
        | pseudonymous("declaration_id", "latest_id", "person_id", "result", keep=CARE_KEPT)
        | pseudonymous("claimed_by", "handled_by", keep=CARE_KEPT)
        | sensitive("note", keep=CARE_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["opened_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state", "opened_at"], name="care_of_unit"),
            models.Index(fields=["person_id"], name="care_of_person"),
            models.Index(
                fields=["due_at"],
                name="care_to_call",
                condition=Q(state__in=["calling", "open"]),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="care_waits_once",
                fields=["person_id"],
                condition=Q(state__in=["calling", "open"]),
            ),
            models.CheckConstraint(
                name="care_claimed_by_and_at",
                condition=Q(claimed_at__isnull=True, claimed_by="")
                | (Q(claimed_at__isnull=False) & ~Q(claimed_by="")),
            ),
            models.CheckConstraint(
                name="care_state_is_known",
                condition=Q(state__in=sorted(str(one) for one in CareState)),
            ),
            models.CheckConstraint(
                name="care_result_is_known",
                condition=Q(result__in=["", *sorted(str(one) for one in CareResult)]),
            ),
            models.CheckConstraint(
                name="care_handled_by_and_at",
                condition=Q(handled_at__isnull=True, handled_by="")
                | (Q(handled_at__isnull=False) & ~Q(handled_by="")),
            ),
            models.CheckConstraint(
                name="care_escalated_to_and_at",
                condition=Q(escalated_at__isnull=True, escalated_to__isnull=True)
                | Q(escalated_at__isnull=False, escalated_to__isnull=False),
            ),
        ]


class Contest(models.Model):
    """Somebody's no to the outcome of a declaration, and what was decided.

    `unit` is the commune that answers. `words` and `reason` lie sealed under the person's own key;
    `colour` is what it was set to.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    declaration_id = models.UUIDField()
    person_id = models.BigIntegerField()
    unit = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    duty = models.CharField(max_length=80, blank=True)
    words = EnvelopedField()
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=9, default=ContestState.OPEN)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = EnvelopedField()
    colour = models.CharField(max_length=8, blank=True)

    privacy = (
        internal("id", "unit", "duty", "asked_at", "state", "decided_at", keep=CONTEST_KEPT)
        | pseudonymous("declaration_id", "person_id", "decided_by", "colour", keep=CONTEST_KEPT)
        | sensitive("words", "reason", keep=CONTEST_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="contest_of_person"),
            models.Index(fields=["state", "asked_at"], name="contest_open"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="contest_open_once",
                fields=["declaration_id"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="contest_decided_by_and_at",
                condition=Q(decided_at__isnull=True, decided_by="", state="open")
                | (
                    Q(decided_at__isnull=False, state__in=["corrected", "kept"]) & ~Q(decided_by="")
                ),
            ),
            models.CheckConstraint(
                name="contest_colour_is_known",
                condition=Q(colour__in=["", "green", "orange", "red", "yellow"]),
            ),
        ]
