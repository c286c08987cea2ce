"""Identity papers, printed cards, and one-time codes that were used."""

from typing import ClassVar

from django.db import models

from vungxanh.core.enveloped import EnvelopedField
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey
from vungxanh.people.models.persons import KEPT, Person

DOCUMENTS = IndexKey("people_document.number")
NATIONAL_CODES = IndexKey("people_nationalcode.code", str)
CARD_KEPT = Keep(365, after="the card was printed")
# As long as it could be shown again and a day more: an over code is refused for being over.
CODE_KEPT = Keep(1, after="the code ended")


class Document(models.Model):
    """One identity paper of a person: CMND, CCCD, passport or health insurance."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=8)
    number = EnvelopedField(null=False)
    number_index = models.BinaryField(max_length=32)
    said_at = models.DateTimeField()

    privacy = (
        internal("id", "kind", "said_at", keep=KEPT)
        | pseudonymous("person", "number_index", keep=KEPT)
        | personal("number", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["number_index"], name="document_by_number"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="document_stands_once_for_a_person", fields=["person", "kind", "number_index"]
            ),
            models.CheckConstraint(
                name="document_kind_is_known",
                condition=models.Q(kind__in=["bhyt", "cccd", "cmnd", "passport"]),
            ),
        ]


class NationalCode(models.Model):
    """The national code of 2021 by which somebody was read: its QID, without one the whole text."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="national_codes")
    code = EnvelopedField(null=False)
    code_index = models.BinaryField(max_length=32)
    said_at = models.DateTimeField()

    privacy = (
        internal("id", "said_at", keep=KEPT)
        | pseudonymous("person", "code_index", keep=KEPT)
        | personal("code", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["code_index"], name="national_code_by_index")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="national_code_stands_once_for_a_person", fields=["person", "code_index"]
            ),
        ]


class PrintedCard(models.Model):
    """A card on paper that carries a code of its person until it is revoked or its time is over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards")
    serial = models.BigIntegerField(unique=True)
    printed_at = models.DateTimeField()
    printed_by = models.CharField(max_length=64)
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    privacy = internal("id", "printed_at", "until", "revoked_at", keep=CARD_KEPT) | pseudonymous(
        "person", "serial", "printed_by", keep=CARD_KEPT
    )

    class Meta:
        ordering: ClassVar = ["-printed_at", "-id"]


class UsedCode(models.Model):
    """A one-time code that was read at a door: it is not taken a second time.

    The table is partitioned by days of `until`, the end that the code itself says.
    """

    pk = models.CompositePrimaryKey("digest", "until")
    digest = models.BinaryField(max_length=32)
    until = models.DateTimeField()
    used_at = models.DateTimeField()

    privacy = pseudonymous("digest", "until", "used_at", keep=CODE_KEPT)

    class Meta:
        ordering: ClassVar = ["until", "digest"]
        indexes: ClassVar = [models.Index(fields=["until"], name="used_code_to_purge")]
