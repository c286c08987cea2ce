"""Persons, and the keyed tokens by which they are found."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.people.rules.companions import MOST_COMPANIONS
from vungxanh.people.values import Origin

KEPT = Keep(180, after="they or their device were last heard of, or their standing ended")
# A day longer than the scan that told of them lies: whoever reads it finds whose it was.
COMPANION_KEPT = Keep(31, after="somebody last came along with the holder of the phone")


class Person(models.Model):
    """One human being. `key` is their own data key, wrapped; without it their texts do not open.

    `kept_until` is the last day on which somebody still needs this row. A dependant has a
    `guardian`; so has a companion, of whom nothing is known but that they came along: `companion`
    is their place in that count. `residence` is a commune of either era.
    """

    id = models.BigAutoField(primary_key=True)
    origin = models.CharField(max_length=10)
    key = models.BinaryField()
    name = EnvelopedField()
    birth = EnvelopedField()
    sex = EnvelopedField()
    address = EnvelopedField()
    language = models.CharField(max_length=2, default="vi")
    residence = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    guardian = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="dependants"
    )
    companion = models.PositiveSmallIntegerField(null=True)
    has_phone = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=64)
    kept_until = models.DateField()

    privacy = (
        internal("id", "origin", "created_at", "kept_until", "has_phone", "language", keep=KEPT)
        | internal("companion", keep=KEPT)
        | pseudonymous("key", "residence", "guardian", "created_by", keep=KEPT)
        | personal("name", "birth", "sex", "address", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["kept_until"], name="person_to_purge"),
            models.Index(fields=["residence", "id"], name="person_by_residence"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="person_origin_is_known",
                condition=Q(origin__in=sorted(str(one) for one in Origin)),
            ),
            models.CheckConstraint(
                name="person_dependant_has_guardian",
                condition=~Q(origin="dependant") | Q(guardian__isnull=False),
            ),
            models.CheckConstraint(
                name="person_companion_has_place_and_guardian",
                condition=Q(origin="companion", guardian__isnull=False)
                & Q(companion__range=(1, MOST_COMPANIONS))
                | ~Q(origin="companion") & Q(companion__isnull=True),
            ),
            models.UniqueConstraint(
                name="person_companion_stands_once", fields=["guardian", "companion"]
            ),
            models.CheckConstraint(
                name="person_is_not_own_guardian",
                condition=Q(guardian__isnull=True) | ~Q(guardian=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        """The reference, never the name."""
        return f"person:{self.pk}"


class SearchToken(models.Model):
    """One keyed token of a person: a syllable, a pair of syllables, a year of birth.

    `token` already says what sort it is: each sort has its own key.
    """

    pk = models.CompositePrimaryKey("token", "person")
    token = models.BinaryField(max_length=16)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")

    privacy = pseudonymous("token", "person", keep=KEPT)

    class Meta:
        ordering: ClassVar = ["token", "person"]
