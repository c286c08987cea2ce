"""The mails and SMS that came in."""

from typing import ClassVar

from django.db import models

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField
from vungxanh.messaging.models.erasable import ErasableField
from vungxanh.messaging.rules import Incoming

CAME = Keep(30, after="the mail was dealt with")
SENDER = IndexKey("messaging_incomingmail.sender")


class IncomingMail(models.Model):
    """One mail that came in, and what became of it; the mail itself lies sealed as a file.

    `digest` tells a mail that comes twice. `sender_index` finds mails of an address. `taken_as`
    names what a room made of it ("submission:<id>").
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    digest = models.BinaryField(max_length=32, unique=True)
    sender = SealedField()
    sender_index = models.BinaryField(max_length=32)
    subject = SealedField()
    sent_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField()
    n_bytes = models.PositiveIntegerField()
    n_attachments = models.PositiveSmallIntegerField()
    original = models.ForeignKey(
        "core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=12, default=Incoming.WAITING.value)
    problem = models.CharField(max_length=40, blank=True)
    taken_as = models.CharField(max_length=128, blank=True)
    ended_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "sent_at", "came_at", "n_bytes", "n_attachments", "original", keep=CAME)
        | internal("state", "problem", "taken_as", "ended_at", keep=CAME)
        | pseudonymous("digest", "sender_index", keep=CAME)
        | personal("sender", "subject", keep=CAME)
    )

    class Meta:
        ordering: ClassVar = ["-came_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["sender_index", "came_at"], name="incoming_of_sender"),
            models.Index(fields=["ended_at"], name="incoming_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="incoming_state_is_known",
                condition=models.Q(state__in=[str(one) for one in Incoming]),
            ),
            models.CheckConstraint(
                name="incoming_waits_or_ended",
                condition=models.Q(state="waiting", ended_at__isnull=True)
                | (~models.Q(state="waiting") & models.Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="incoming_taken_as_something",
                condition=~models.Q(state="taken") | ~models.Q(taken_as=""),
            ),
        ]


class IncomingSms(models.Model):
    """One SMS that came in, and what became of it; its text goes once it was dealt with.

    `provider_id` tells one that is handed out twice. `verb` is the word that was read in it.
    `taken_as` names what a room made of it ("visit:<id>").
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider_id = models.CharField(max_length=128, unique=True)
    sender = SealedField()
    sender_index = models.BinaryField(max_length=32)
    text = ErasableField()
    sent_at = models.DateTimeField()
    came_at = models.DateTimeField()
    verb = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12, default=Incoming.WAITING.value)
    problem = models.CharField(max_length=40, blank=True)
    taken_as = models.CharField(max_length=128, blank=True)
    ended_at = models.DateTimeField(null=True)

    privacy = (
        internal("id", "sent_at", "came_at", "verb", "state", "problem", "ended_at", keep=CAME)
        | pseudonymous("provider_id", "sender_index", "taken_as", keep=CAME)
        | personal("sender", "text", keep=CAME)
    )

    class Meta:
        ordering: ClassVar = ["-came_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["sender_index", "came_at"], name="sms_of_sender"),
            models.Index(fields=["ended_at"], name="sms_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="sms_state_is_known",
                condition=models.Q(state__in=[str(one) for one in Incoming]),
            ),
            models.CheckConstraint(
                name="sms_waits_with_its_text_or_ended_without",
                condition=models.Q(state="waiting", ended_at__isnull=True, text__isnull=False)
                | (
                    ~models.Q(state="waiting") & models.Q(ended_at__isnull=False, text__isnull=True)
                ),
            ),
        ]
