"""Who has to declare, links by which somebody is asked, and forms begun and not sent."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField
from vungxanh.declarations.values.states import Every

LINK_KEPT = Keep(30, after="it ended")
DRAFT_KEPT = Keep(7, after="it was last written")


class Obligation(models.Model):
    """A group that has to declare: of a unit, an organisation, or points of some kinds.

    `words` name the group as an order does, `letter` is the order's number and day; `form` is a
    questionnaire's code. Never deleted: it ends.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    words = models.CharField(max_length=200)
    unit = models.ForeignKey(
        "locations.AdminUnit", null=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "locations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    point_kinds = models.JSONField(default=list)
    form = models.CharField(max_length=24, db_collation="C")
    every = models.CharField(max_length=6)
    letter = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)

    privacy = internal(
        "id", "words", "unit", "organisation", "point_kinds", "form", "every", "starts_on"
    ) | internal("letter", "ends_on", "at", "by", "ended_at", "ended_by")

    class Meta:
        ordering: ClassVar = ["starts_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="obligation_every_is_known",
                condition=Q(every__in=sorted(str(one) for one in Every)),
            ),
            models.CheckConstraint(
                name="obligation_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]


class DeclarationLink(models.Model):
    """A signed link, sent by SMS, by which one person may declare once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    person_id = models.BigIntegerField()
    form = models.CharField(max_length=24, db_collation="C")
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    privacy = internal("id", "form", "at", "until", "used_at", keep=LINK_KEPT) | pseudonymous(
        "digest", "person_id", "by", keep=LINK_KEPT
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["person_id"], name="link_of_person"),
            models.Index(fields=["until"], name="link_to_purge"),
        ]


class Draft(models.Model):
    """Answers of the pages without scripts, between one page and the next.

    They lie under the installation's key: whose they are is not settled before they are sent.
    `person_id` is who they are about, null for the holder of the phone.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device_id = models.UUIDField()
    person_id = models.BigIntegerField(null=True)
    questionnaire_id = models.SmallIntegerField()
    answers = SealedField()
    at = models.DateTimeField()

    privacy = (
        internal("id", "questionnaire_id", "at", keep=DRAFT_KEPT)
        | pseudonymous("device_id", "person_id", keep=DRAFT_KEPT)
        | personal("answers", keep=DRAFT_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["at"], name="declaration_draft_to_purge")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="declaration_draft_once",
                fields=["device_id", "person_id", "questionnaire_id"],
                nulls_distinct=False,
            )
        ]
