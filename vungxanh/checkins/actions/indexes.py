"""Digests of the room, made again when the index key changes."""

from vungxanh.checkins.models import (
    CONTACT_PHONES,
    KEEPER_PHONES,
    OFFER_PHONES,
    Point,
    PointKeeper,
    PointOffer,
)
from vungxanh.core.index_places import Digests
from vungxanh.core.sealed_places import Place


def index_places() -> tuple[Place, ...]:
    """The numbers of contacts, of keepers and of those to whom points are offered."""
    told = Point.objects.filter(contact_phone_index__isnull=False)
    keeping = PointKeeper.objects.filter(phone_index__isnull=False)
    return (
        Digests(told.all, "contact_phone_index", CONTACT_PHONES, lambda row: row.contact_phone),
        Digests(keeping.all, "phone_index", KEEPER_PHONES, lambda row: row.phone),
        Digests(PointOffer.objects.all, "phone_index", OFFER_PHONES, lambda row: row.phone),
    )
