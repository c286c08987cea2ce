"""What people declared, what waits to be applied, and how many there are."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.privacy import Keep, internal, pseudonymous, sensitive
from vungxanh.declarations.values.states import DECLARATIONS_KEPT_DAYS, Way

DECLARED_KEPT = Keep(DECLARATIONS_KEPT_DAYS, after="the day of the declaration ended")


class Declaration(models.Model):
    """One person's answers to one questionnaire, and what the rules said; never changed.

    The table lies in partitions by the UTC day inside `id`, a UUIDv7. `at` is what the phone's
    clock said, `received_at` what ours did, `day` the day in Vietnam of `at`. `unit_id` is the
    commune where the person lives, empty where that is not known. `colour` is a `ColourNumber`.
    Numbers, not foreign keys: who writes checks them before.
    """

    id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField()
    questionnaire_id = models.SmallIntegerField()
    way = models.CharField(max_length=9)
    lang = models.CharField(max_length=2)
    unit_id = models.CharField(max_length=24, blank=True, db_collation="C")
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    day = models.DateField()
    device_id = models.UUIDField(null=True)
    by = models.CharField(max_length=64, blank=True)
    point_id = models.BigIntegerField(null=True)
    answers = EnvelopedField()
    colour = models.SmallIntegerField()
    is_ill = models.BooleanField()
    rules_id = models.IntegerField(null=True)
    outcome = EnvelopedField()
    until = models.DateTimeField()

    privacy = (
        internal("id", "questionnaire_id", "way", "lang", "received_at", keep=DECLARED_KEPT)
        | internal("day", "rules_id", "until", keep=DECLARED_KEPT)
        | pseudonymous("person_id", "unit_id", "at", "device_id", "by", keep=DECLARED_KEPT)
        | pseudonymous("point_id", "colour", "is_ill", keep=DECLARED_KEPT)
        | sensitive("answers", "outcome", keep=DECLARED_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["person_id", "at"], name="declaration_of_person"),
            models.Index(fields=["unit_id", "day"], name="declaration_of_unit"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="declaration_way_is_known",
                condition=Q(way__in=sorted(str(one) for one in Way)),
            ),
            models.CheckConstraint(
                name="declaration_colour_is_known", condition=Q(colour__range=(0, 3))
            ),
        ]


class Pending(models.Model):
    """A declaration of which card, identity, care and messages are not written yet.

    `work` names what the rules want done, as their version calls it.
    """

    declaration_id = models.UUIDField(primary_key=True)
    person_id = models.BigIntegerField()
    received_at = models.DateTimeField()
    work = models.JSONField(default=list)

    privacy = internal("declaration_id", "received_at", keep=DECLARED_KEPT) | pseudonymous(
        "person_id", "work", keep=DECLARED_KEPT
    )

    class Meta:
        ordering: ClassVar = ["declaration_id"]
        indexes: ClassVar = [models.Index(fields=["person_id"], name="pending_of_person")]


class DeclarationCount(models.Model):
    """How many declared on a day, by commune, form and way; empty unit where it is not known.

    `n_first` counts persons once: the first declaration of each on that day to that form.
    """

    pk = models.CompositePrimaryKey("day", "unit", "form", "way")
    day = models.DateField()
    unit = models.CharField(max_length=24, db_collation="C")
    form = models.CharField(max_length=24, db_collation="C")
    way = models.CharField(max_length=9)
    n = models.IntegerField()
    n_ill = models.IntegerField()
    n_first = models.IntegerField()

    privacy = internal("day", "unit", "form", "way", "n", "n_ill", "n_first")

    class Meta:
        ordering: ClassVar = ["day", "unit", "form", "way"]
