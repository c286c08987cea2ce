"""Owners of control points and what they say of them, all invented."""

from datetime import datetime

from tests.factories.points import QUY_NHON
from tests.factories.register import AT, NUMBER, a_citizen
from vungxanh.checkins.actions.registering import Asked, register_point
from vungxanh.checkins.models import Point
from vungxanh.checkins.values.kinds import Kind
from vungxanh.checkins.values.points import NewEntrance, PointEntry, Whose
from vungxanh.core.viewer import Viewer
from vungxanh.locations.values import UnitId
from vungxanh.people.models import Device, Person
from vungxanh.people.queries.devices import viewer_of

ENTRY = PointEntry(
    kind=Kind.RESTAURANT,
    name="Quán Mẫu Bến Sông",
    unit=UnitId(QUY_NHON),
    address="12 đường Mẫu",
    entrances=(NewEntrance("Cổng trước"), NewEntrance("Sân sau")),
    contact_name="Người Mẫu Một",
    contact_phone=NUMBER,
)


def an_owner(number: str = NUMBER) -> tuple[Person, Viewer]:
    """Somebody with a proved number, and the viewer that their phone is."""
    person = a_citizen(number=number)
    return person, viewer_of(Device.objects.get(person=person))


def owned(owner: tuple[Person, Viewer], entry: PointEntry = ENTRY, at: datetime = AT) -> Point:
    """A point that its owner registered."""
    person, by = owner
    asked = Asked(is_another=True, is_invented=True)
    return register_point(entry=entry, whose=Whose(person.pk), by=by, at=at, asked=asked)
