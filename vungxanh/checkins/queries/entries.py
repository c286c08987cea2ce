"""What is said of a point, read from its rows."""

from vungxanh.checkins.models import Entrance, Point
from vungxanh.checkins.values.kinds import EntranceKind, Kind
from vungxanh.checkins.values.points import NewEntrance, PointEntry
from vungxanh.locations.values import UnitId
from vungxanh.locations.values.hours import hours_of_wire


def entry_of(row: Point) -> PointEntry:
    """Everything that is said of a point; one query. Opens the contact: for owner and actions."""
    return PointEntry(
        kind=Kind(row.kind),
        name=row.name,
        unit=UnitId(row.unit_id),
        address=row.address,
        entrances=open_entrances(row),
        hours=hours_of_wire(row.hours),
        usual_stay_minutes=row.usual_stay_minutes,
        capacity=row.capacity,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
    )


def open_entrances(row: Point) -> tuple[NewEntrance, ...]:
    """Doors and rooms that are not closed, without the point as a whole; one query."""
    rows = Entrance.objects.filter(point=row, closed_at=None, number__gt=0).order_by("number")
    return tuple(NewEntrance(one.label, EntranceKind(one.kind), one.number) for one in rows)
