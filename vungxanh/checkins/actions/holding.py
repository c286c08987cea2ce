"""Who may do what to a point, and its row held while it is done."""

from typing import Final

from vungxanh.checkins.models import Point
from vungxanh.checkins.queries.own_places import own_place
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.core.viewer import Viewer
from vungxanh.locations.queries import within
from vungxanh.people.queries.holders import holder_id

MAY_MANAGE: Final = "points.manage"


def locked(point_id: int) -> Point:
    """The row of a point, held until the caller's transaction ends."""
    row = Point.objects.select_for_update().filter(pk=point_id).first()
    if row is None:
        raise refusals.NoSuchPointError
    return row


def held_living(point_id: int, *, by: Viewer) -> Point:
    """The row of a living point, held for who may change it."""
    row = locked(point_id)
    must_change(row, by=by)
    if row.state not in LIVING:
        raise refusals.not_living()
    return row


def must_change(row: Point, *, by: Viewer) -> None:
    """Refuse who neither owns a point nor manages the points of its area."""
    if not by.is_citizen:
        must_manage(by=by, unit_id=row.unit_id)
    elif row.owner_id is None or holder_id(by) != row.owner_id:
        raise refusals.NoSuchPointError


def must_equip(row: Point, *, by: Viewer) -> None:
    """Refuse who may not give a door its devices: owners, their accounts, officers of the area."""
    if by.is_citizen or by.may(MAY_MANAGE):
        must_change(row, by=by)
    else:
        own_place(by, row.pk)


def must_manage(*, by: Viewer, unit_id: str) -> None:
    """Refuse who may not decide on points here."""
    by.require(MAY_MANAGE)
    if not by.id.startswith("system:") and not within(by.units, unit_id):
        raise refusals.outside_area()


def point_ref(point: Point) -> str:
    """How the log names a point."""
    return f"point:{point.pk}"
