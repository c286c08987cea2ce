"""Who keeps a point beside its owner: named by a number that they prove, or by an account."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from vungxanh.checkins.models.points import KEPT, Point
from vungxanh.core.ids import new_id
from vungxanh.core.privacy import internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

KEEPER_PHONES = IndexKey("checkins_pointkeeper.phone")


class PointKeeper(models.Model):
    """Somebody may keep a point until it is taken back.

    They are whoever has proved `phone` when they look: so nobody learns by naming a number whether
    it is known here. Or they are an account, `account` being its reference.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="keepers")
    phone = SealedField(blank=True)
    phone_index = models.BinaryField(max_length=32, null=True)
    account = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=64, blank=True)

    privacy = (
        internal("id", "point", "at", "ended_at", keep=KEPT)
        | personal("phone", keep=KEPT)
        | pseudonymous("phone_index", "account", "by", "ended_by", keep=KEPT)
    )

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["phone_index"], name="keeper_by_phone", condition=Q(ended_at__isnull=True)
            ),
            models.Index(
                fields=["account"], name="keeper_by_account", condition=Q(ended_at__isnull=True)
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="keeper_by_number_or_account",
                condition=Q(phone_index__isnull=False, account="")
                | Q(phone_index__isnull=True) & ~Q(account=""),
            ),
            models.CheckConstraint(
                name="keeper_ended_by_and_at",
                condition=Q(ended_at__isnull=True, ended_by="")
                | Q(ended_at__isnull=False) & ~Q(ended_by=""),
            ),
            models.UniqueConstraint(
                name="keeper_once_by_account",
                fields=["point", "account"],
                condition=Q(ended_at__isnull=True) & ~Q(account=""),
            ),
        ]
