"""Everybody leaves at closing, by one act of a keeper's device; taken back within ten minutes."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.actions.holding import point_ref
from vungxanh.checkins.actions.person_visits import days_of_scans, let_write_again
from vungxanh.checkins.models import AllLeft, Point, Scan
from vungxanh.checkins.queries.inside import persons_inside
from vungxanh.checkins.queries.inside_table import first_id
from vungxanh.checkins.rules.states import UNDO_WITHIN
from vungxanh.checkins.values import refusals
from vungxanh.checkins.values.door_devices import DoorKept
from vungxanh.checkins.values.keeper_refusals import LeavingTakenError
from vungxanh.checkins.values.scans import ChangeReason, Direction, Means, ScanFlag
from vungxanh.core.errors import MissingError
from vungxanh.core.ids import told_again
from vungxanh.core.viewer import Viewer

_A_MOMENT: Final = timedelta(milliseconds=1)
_TAKE_OUT: Final = """
DELETE FROM checkins_scan
WHERE point_id = %s AND device_id = %s AND at = %s AND direction = %s AND id >= %s AND id < %s
RETURNING at, direction
"""


def leave_all(*, door: DoorKept, device_id: UUID, act_id: UUID, by: Viewer, at: datetime) -> int:
    """Everybody who is inside went out at `at`; how many. The same act again changes nothing.

    Audit event: `checkins.all_left`.
    """
    with transaction.atomic():
        # One act at a time at a point: two would tell the same people out twice.
        point = Point.objects.select_for_update().get(pk=door.point_id)
        act = AllLeft(id=act_id, point=point, device_id=device_id, at=at)
        known = AllLeft.objects.filter(pk=act_id).first()
        if known is not None:
            return _own(known, door, device_id).n
        scans = [_out(person, act, door) for person in persons_inside(point.pk, at)]
        Scan.objects.bulk_create(scans)
        act.n = len(scans)
        act.save(force_insert=True)
        detail = {"people": len(scans)}
        record(event="checkins.all_left", by=by, at=at, subject=point_ref(point), detail=detail)
    return len(scans)


def undo_leave_all(
    *, door: DoorKept, device_id: UUID, act_id: UUID, by: Viewer, at: datetime
) -> int:
    """Take such an act of this device back; how many are inside again by it.

    Audit event: `checkins.all_left_undone`. Their days are written again.
    """
    with transaction.atomic():
        act = AllLeft.objects.select_for_update().filter(pk=act_id).first()
        if act is None:
            raise MissingError
        if _own(act, door, device_id).undone_at is not None:
            return act.n
        if at - act.at > UNDO_WITHIN:
            raise refusals.too_late_to_undo()
        n = _taken_out(act, at)
        act.undone_at = at
        act.save(update_fields=["undone_at"])
        told = {"people": n}
        subject = point_ref(act.point)
        record(event="checkins.all_left_undone", by=by, at=at, subject=subject, detail=told)
    return n


def _own(act: AllLeft, door: DoorKept, device_id: UUID) -> AllLeft:
    if (act.point_id, act.device_id) != (door.point_id, device_id):
        raise LeavingTakenError
    return act


def _out(person: int, act: AllLeft, door: DoorKept) -> Scan:
    return Scan(
        id=told_again(act.at, act.id.bytes + person.to_bytes(8, "big", signed=True)),
        person_id=person,
        point_id=act.point_id,
        entrance=door.entrance,
        direction=Direction.OUT,
        means=Means.KEEPER,
        at=act.at,
        received_at=act.at,
        device_id=act.device_id,
        flags=0 if door.is_living else ScanFlag.POINT_CLOSED.value,
    )


def _taken_out(act: AllLeft, at: datetime) -> int:
    bounds = (first_id(act.at), first_id(act.at + 2 * _A_MOMENT))
    with connection.cursor() as cursor:
        asked = (act.point_id, act.device_id, act.at, Direction.OUT.value, *bounds)
        cursor.execute(_TAKE_OUT, asked)
        scans = cursor.fetchall()
    let_write_again(days=days_of_scans(scans), reason=ChangeReason.ERASED, at=at)
    return len(scans)
