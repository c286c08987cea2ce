"""Digests of the room, made again when the index key changes."""

from vungxanh.checkins.models import CONTACT_PHONES, Point
from vungxanh.core.index_places import Digests
from vungxanh.core.sealed_places import Place


def index_places() -> tuple[Place, ...]:
    """The numbers of contacts."""
    told = Point.objects.filter(contact_phone_index__isnull=False)
    key = CONTACT_PHONES
    return (Digests(told.all, "contact_phone_index", key, lambda row: row.contact_phone),)
