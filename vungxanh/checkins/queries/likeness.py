"""Points that may be one."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from vungxanh.checkins.models import CONTACT_PHONES, Point
from vungxanh.checkins.rules.duplicates import Likeness, may_be_one
from vungxanh.checkins.values.kinds import KINDS, LIVING, Kind
from vungxanh.checkins.values.points import PointEntry
from vungxanh.checkins.values.words import same_key
from vungxanh.protocol.places import short_codes
from vungxanh.refusals import Words

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """A point that is there and may be the one that is asked about."""

    id: int
    code: str
    name: str
    address: str
    kind: Kind

    @property
    def shown_code(self) -> str:
        """The code in groups."""
        return short_codes.shown(self.code)

    @property
    def kind_words(self) -> Words:
        """The kind in words."""
        return KINDS[self.kind].words


def like_entry(entry: PointEntry) -> tuple[Alike, ...]:
    """Living points that an entry may mean, oldest first; one query."""
    contact = CONTACT_PHONES.digest(entry.contact_phone) if entry.contact_phone else b""
    return _alike(Likeness(entry.unit, same_key(entry.name), entry.kind, contact))


def like_point(point: Point) -> tuple[Alike, ...]:
    """Other living points that a point may mean, oldest first; one query."""
    contact = bytes(point.contact_phone_index or b"")
    asked = Likeness(point.unit_id, point.same_key, point.kind, contact)
    return tuple(one for one in _alike(asked, MOST + 1) if one.id != point.pk)[:MOST]


def _alike(asked: Likeness, most: int = MOST) -> tuple[Alike, ...]:
    return tuple(
        Alike(row.pk, row.code, row.name, row.address, Kind(row.kind))
        for row in _near(asked)
        if may_be_one(asked, _likeness(row))
    )[:most]


def _near(asked: Likeness) -> "QuerySet[Point]":
    """Points of the commune that share a key or a contact; the rule has the last word."""
    shared = Q(same_key=asked.same_key)
    if asked.contact:
        shared |= Q(contact_phone_index=asked.contact)
    rows = Point.objects.filter(shared, unit=asked.unit, kind=asked.kind, state__in=LIVING)
    return rows.order_by("id")[: MOST * 4]


def _likeness(row: Point) -> Likeness:
    contact = bytes(row.contact_phone_index or b"")
    return Likeness(row.unit_id, row.same_key, row.kind, contact)
