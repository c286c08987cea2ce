"""A point without an owner, offered to whoever proves a number."""

from typing import ClassVar

from django.db import models

from vungxanh.checkins.models.points import Point
from vungxanh.core.privacy import Keep, internal, personal, pseudonymous
from vungxanh.core.sealed import IndexKey, SealedField

OFFER_PHONES = IndexKey("checkins_pointoffer.phone")
OFFER_KEPT = Keep(14, after="the offer was made")


class PointOffer(models.Model):
    """An officer offers a point to a new owner; there is one offer at a time, none once answered.

    They are whoever has proved `phone` when they look: so nobody learns by naming a number whether
    it is known here.
    """

    point = models.OneToOneField(
        Point, primary_key=True, on_delete=models.CASCADE, related_name="offer"
    )
    phone = SealedField()
    phone_index = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    by = models.CharField(max_length=64)

    privacy = (
        internal("point", "at", keep=OFFER_KEPT)
        | personal("phone", keep=OFFER_KEPT)
        | pseudonymous("phone_index", "by", keep=OFFER_KEPT)
    )

    class Meta:
        ordering: ClassVar = ["point"]
        indexes: ClassVar = [models.Index(fields=["phone_index"], name="offer_by_phone")]
