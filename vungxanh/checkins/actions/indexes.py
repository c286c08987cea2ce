"""Digests of the room, made again when the index key changes."""

from vungxanh.checkins.models import CONTACT_PHONES, KEEPER_PHONES, Point, PointKeeper
from vungxanh.core.index_places import Digests
from vungxanh.core.sealed_places import Place


def index_places() -> tuple[Place, ...]:
    """The numbers of contacts and of keepers."""
    told = Point.objects.filter(contact_phone_index__isnull=False)
    keeping = PointKeeper.objects.filter(phone_index__isnull=False)
    return (
        Digests(told.all, "contact_phone_index", CONTACT_PHONES, lambda row: row.contact_phone),
        Digests(keeping.all, "phone_index", KEEPER_PHONES, lambda row: row.phone),
    )
