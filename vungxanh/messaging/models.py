"""The outbox."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import SealedField
from vungxanh.messaging.rules import State

KEPT = Keep(30, after="the message went or was given up")


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
