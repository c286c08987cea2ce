"""The outbox, and whom it must not write to."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, OptionalSealedField, SealedField
from vungxanh.messaging.models.erasable import ErasableField
from vungxanh.messaging.rules import Channel, Grade, State

KEPT = Keep(30, after="the message went or was given up")
WORDS_KEPT = Keep(2, after="the message went, at once where its delivery is known")
REPORTS_KEPT = Keep(2, after="the report came")
WISH_KEPT = Keep(0, after="the address takes messages again")
# One index of addresses, so that what somebody refuses by SMS is found where somebody writes.
ADDRESS = IndexKey("messaging_message.to")


class Message(models.Model):
    """One message on its way out; address, subject, text and values lie sealed.

    `n_parts` and `n_dong` are what one sending costs. `provider_id` is what the gateway calls it.
    `instead_channel` and `instead_to` are where it goes when this way fails for good, as a message
    of its own whose `instead_of` is this one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=128, null=True, unique=True)  # noqa: DJ001 (null: no key)
    about = models.CharField(max_length=128)
    channel = models.CharField(max_length=8, default=Channel.MAIL.value)
    grade = models.CharField(max_length=12, default=Grade.ESSENTIAL.value)
    to = SealedField()
    to_index = models.BinaryField(max_length=32, null=True)
    subject = ErasableField()
    text = ErasableField()
    values = ErasableField()
    template = models.CharField(max_length=64, blank=True)
    template_version = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2, default="vi")
    n_parts = models.PositiveSmallIntegerField(default=1)
    n_dong = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, default=State.WAITING)
    created_at = models.DateTimeField(db_default=Now())
    next_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    n_tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=32, blank=True)
    provider_id = models.CharField(max_length=128, blank=True)
    instead_channel = models.CharField(max_length=8, blank=True)
    instead_to = ErasableField()
    instead_of = models.UUIDField(null=True)

    privacy = (
        internal("id", "kind", "channel", "grade", "state", "created_at", "next_at", keep=KEPT)
        | internal("until_at", "ended_at", "reported_at", "n_tries", "problem", keep=KEPT)
        | internal("template", "template_version", "language", "n_parts", "n_dong", keep=KEPT)
        | internal("instead_channel", "instead_of", keep=KEPT)
        | pseudonymous("about", "key", "to_index", "provider_id", keep=KEPT)
        | personal("to", keep=KEPT)
        | personal("subject", "text", "values", "instead_to", keep=WORDS_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "grade", "next_at", "id"],
                name="messages_due",
                condition=models.Q(next_at__isnull=False),
            ),
            models.Index(fields=["ended_at"], name="messages_ended"),
            models.Index(
                fields=["ended_at"],
                name="messages_to_erase",
                condition=models.Q(ended_at__isnull=False, text__isnull=False),
            ),
            models.Index(fields=["to_index", "created_at"], name="messages_of_address"),
            models.Index(
                fields=["provider_id"],
                name="messages_of_provider",
                condition=~models.Q(provider_id=""),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="message_state_is_known",
                condition=models.Q(state__in=[str(one) for one in State]),
            ),
            models.CheckConstraint(
                name="message_channel_is_known",
                condition=models.Q(channel__in=[str(one) for one in Channel]),
            ),
            models.CheckConstraint(
                name="message_grade_is_known",
                condition=models.Q(grade__in=[str(one) for one in Grade]),
            ),
            models.CheckConstraint(
                name="message_is_due_or_ended",
                condition=models.Q(next_at__isnull=False) ^ models.Q(ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="message_waits_with_its_text",
                condition=models.Q(text__isnull=False) | models.Q(next_at__isnull=True),
            ),
        ]


class OptOut(models.Model):
    """An address that takes no ordinary messages: of one kind, or of all where `kind` is empty.

    `address` is sealed; null where the refusal is from before it was kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address_index = models.BinaryField(max_length=32)
    address = OptionalSealedField()
    kind = models.CharField(max_length=64, blank=True)
    since = models.DateTimeField()

    privacy = (
        internal("id", "kind", "since")
        | pseudonymous("address_index")
        | personal("address", keep=WISH_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address_index", "kind"], name="opted_out_once"),
        ]


class EarlyReceipt(models.Model):
    """A delivery report on what no message is known by yet: the gateway was faster than we."""

    provider_id = models.CharField(max_length=128, primary_key=True)
    outcome = models.CharField(max_length=12)
    came_at = models.DateTimeField()

    privacy = internal("outcome", "came_at", keep=REPORTS_KEPT) | pseudonymous(
        "provider_id", keep=REPORTS_KEPT
    )

    class Meta:
        ordering: ClassVar = ["came_at", "provider_id"]
        indexes: ClassVar = [models.Index(fields=["came_at"], name="early_receipts_came")]
