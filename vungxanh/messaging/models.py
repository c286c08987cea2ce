"""The outbox, and the mails that came in."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField
from vungxanh.messaging.rules import Incoming, State

KEPT = Keep(30, after="the message went or was given up")
CAME = Keep(30, after="the mail was dealt with")
SENDER = IndexKey("messaging_incomingmail.sender")


class Message(models.Model):
    """One message on its way out; address, subject and text lie sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=128, null=True, unique=True)  # noqa: DJ001 (null: no key)
    about = models.CharField(max_length=128)
    to = SealedField()
    subject = SealedField()
    text = SealedField()
    state = models.CharField(max_length=16, default=State.WAITING)
    created_at = models.DateTimeField(db_default=Now())
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    n_tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=32, blank=True)

    privacy = (
        internal("id", "kind", "state", "created_at", "next_at", keep=KEPT)
        | internal("ended_at", "n_tries", "problem", keep=KEPT)
        | pseudonymous("about", "key", keep=KEPT)
        | personal("to", "subject", "text", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "id"],
                name="messages_due",
                condition=models.Q(next_at__isnull=False),
            ),
            models.Index(fields=["ended_at"], name="messages_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="message_state_is_known",
                condition=models.Q(state__in=[str(one) for one in State]),
            ),
            models.CheckConstraint(
                name="message_is_due_or_ended",
                condition=models.Q(next_at__isnull=False) ^ models.Q(ended_at__isnull=False),
            ),
        ]


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
