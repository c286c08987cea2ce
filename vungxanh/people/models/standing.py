"""What upper rooms write about a person for others to heed: a standing, a card."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.privacy import Keep, internal, pseudonymous
from vungxanh.people.models.persons import Person

STANDING_KEPT = Keep(30, after="it ended")
CARD_KEPT = Keep(30, after="it ended")


class Standing(models.Model):
    """A class from a time until a time, and never why; without an end it lasts until ended."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    cls = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=64)

    privacy = pseudonymous(
        "id",
        "person",
        "cls",
        "starts_at",
        "ends_at",
        "source",
        "written_at",
        "written_by",
        keep=STANDING_KEPT,
    )

    class Meta:
        ordering: ClassVar = ["person", "-starts_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["cls", "ends_at", "person"], name="standing_in_force"),
            models.Index(fields=["ends_at"], name="standing_to_purge"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(name="standing_of_a_source", fields=["person", "source"]),
            models.CheckConstraint(
                name="standing_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
            ),
        ]


class Card(models.Model):
    """The colour that a person's declarations give, until it ends."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="card"
    )
    colour = models.CharField(max_length=8)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    source = models.CharField(max_length=80)

    privacy = internal("starts_at", "ends_at", keep=CARD_KEPT) | pseudonymous(
        "person", "colour", "source", keep=CARD_KEPT
    )

    class Meta:
        ordering: ClassVar = ["person"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="card_colour_is_known",
                condition=Q(colour__in=["green", "orange", "red", "yellow"]),
            ),
        ]
