"""Codes of points as they were issued, and the lists of those that no longer hold."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.models.points import Point
from vungxanh.core.privacy import internal, pseudonymous, public


class PointCode(models.Model):
    """One signed code of one entrance; `id` is the number in its payload and counts upward.

    `payload` is the signed text behind the "#" of its address. A code ends by rotation (`ends_at`,
    when the new posters must hang) or is revoked at once; from then on it stands on the list.
    """

    id = models.BigAutoField(primary_key=True)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="codes")
    entrance = models.PositiveSmallIntegerField(default=0)
    payload = models.CharField(max_length=110, db_collation="C")
    valid_from = models.DateTimeField()
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=64)
    ends_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    privacy = (
        public("id", "point", "entrance", "payload", "valid_from", "issued_at", "ends_at")
        | public("revoked_at")
        | internal("revoked_reason")
        | pseudonymous("issued_by", "revoked_by")
    )

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["point", "entrance", "-id"], name="code_of_an_entrance"),
            models.Index(
                fields=["ends_at"], name="code_that_ends", condition=Q(ends_at__isnull=False)
            ),
            models.Index(
                fields=["revoked_at"],
                name="code_that_was_revoked",
                condition=Q(revoked_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="code_revoked_by_and_at",
                condition=Q(revoked_at__isnull=True, revoked_by="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_by=""),
            ),
        ]


class RevocationList(models.Model):
    """A list as phones fetch it: of codes up to `upto`, which no longer hold.

    `content` is signed and never changes; the newest is the one that counts.
    """

    id = models.BigAutoField(primary_key=True)
    built_at = models.DateTimeField()
    upto = models.BigIntegerField()
    n_valid = models.PositiveIntegerField()
    n_revoked = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64, db_collation="C")

    privacy = public("id", "built_at", "upto", "n_valid", "n_revoked", "content", "digest")

    class Meta:
        ordering: ClassVar = ["-id"]
