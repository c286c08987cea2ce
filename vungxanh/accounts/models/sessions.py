"""Sessions of staff: where somebody is signed in, and how each session ended."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vungxanh.accounts.models.staff import Staff
from vungxanh.accounts.rules import Why
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

KEPT = Keep(30, after="the session ended")
SESSIONS = IndexKey("accounts_staffsession.key")
ADDRESSES = IndexKey("accounts_staffsession.address")


class StaffSession(models.Model):
    """One session; its key and address lie as keyed digests, so nobody can take it over from here.

    `seen_at` is written at most once a minute; `factor` is the second factor shown in it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.BinaryField(max_length=32)
    browser = SealedField()
    factor = models.CharField(max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=16, blank=True)

    privacy = (
        internal("id", "started_at", "seen_at", "factor", "ended_at", "why", keep=KEPT)
        | pseudonymous("key", "staff", "address", keep=KEPT)
        | personal("browser", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        indexes: ClassVar = [
            models.Index(
                fields=["staff", "seen_at"],
                name="staff_sessions_going_on",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(fields=["ended_at"], name="staff_sessions_ended"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="staff_session_ends_for_a_reason",
                condition=Q(ended_at__isnull=True, why="")
                | Q(ended_at__isnull=False, why__in=[str(one) for one in Why]),
            ),
            models.CheckConstraint(
                name="staff_session_is_seen_after_it_began",
                condition=Q(seen_at__gte=F("started_at")),
            ),
        ]
