"""Devices that keep a point: invited by its owner or officers, enrolled by keepers, ended."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from vungxanh.accounts.actions.room_devices import (
    end_for_room,
    enrol_for_room,
    invite_for_room,
)
from vungxanh.accounts.values.devices import Granted, Kind, Link, NewDevice
from vungxanh.audit.actions import record
from vungxanh.audit.values import Detail
from vungxanh.checkins.actions.door_keys import keep_door_keys
from vungxanh.checkins.actions.holding import locked, must_equip, point_ref
from vungxanh.checkins.models import DoorDevice, Entrance, Point
from vungxanh.checkins.queries.door_devices import bound, living_at
from vungxanh.checkins.queries.keepers import account_right, own_right
from vungxanh.checkins.values import door_devices as told
from vungxanh.checkins.values.kinds import LIVING
from vungxanh.checkins.values.refusals import NoSuchPointError, not_living
from vungxanh.core.viewer import SYSTEM, Viewer


def invite_door_device(*, point: Point, entrance: int, name: str, by: Viewer, at: datetime) -> Link:
    """Make a device that is to keep this point, and the link by which it enrols within 10 minutes.

    For the point's owner, accounts that own or keep it, and officers of its area. Records
    accounts.device_invited and checkins.door_device_bound.
    """
    with transaction.atomic():
        row = locked(point.pk)
        must_equip(row, by=by)
        if row.state not in LIVING:
            raise not_living()
        _must_fit(row, entrance, name, at=at)
        link = invite_for_room(new=_new(row, name), by=by, at=at)
        keeper = account_right(by, row)
        bond = DoorDevice(device_id=link.device_id, point=row, entrance=entrance, keeper=keeper)
        _bind(bond, by=by, at=at)
    return link


def enrol_own(*, point: Point, name: str, by: Viewer, at: datetime) -> Granted:
    """Enrol the browser of whoever keeps or owns the point, a citizen or an account, for all doors.

    Records accounts.device_enrolled and checkins.door_device_bound.
    """
    with transaction.atomic():
        row = locked(point.pk)
        keeper = own_right(by, row) or account_right(by, row)
        if keeper is None:
            must_equip(row, by=by)
        if row.state not in LIVING:
            raise not_living()
        _must_fit(row, 0, name, at=at)
        granted = enrol_for_room(new=_new(row, name), by=by, at=at)
        bond = DoorDevice(device_id=granted.device_id, point=row, keeper=keeper)
        _bind(bond, by=by, at=at)
    return granted


def end_door_device(*, point: Point, device_id: UUID, by: Viewer, at: datetime) -> bool:
    """End a device of the point from its next request on; whether it had any access.

    Records accounts.device_revoked.
    """
    with transaction.atomic():
        row = locked(point.pk)
        must_equip(row, by=by)
        if not bound([device_id]).filter(point=row).exists():
            raise NoSuchPointError
        return end_for_room(device_id=device_id, by=by, at=at)


def end_devices_of(*, bonds: Iterable[DoorDevice], by: Viewer, at: datetime) -> int:
    """End devices whose right is gone, inside the caller's transaction; how many had access."""
    return sum(end_for_room(device_id=one.device_id, by=by, at=at) for one in bonds)


def _must_fit(row: Point, entrance: int, name: str, *, at: datetime) -> None:
    if not name.strip():
        raise told.no_device_name()
    if (
        entrance
        and not Entrance.objects.filter(point=row, number=entrance, closed_at=None).exists()
    ):
        raise NoSuchPointError
    if living_at(row, at) >= told.MOST_DEVICES:
        raise told.many_devices()


def _new(row: Point, name: str) -> NewDevice:
    return NewDevice(name=name, kind=Kind.PHONE, scope=told.SCOPE, unit=row.unit_id)


def _bind(bond: DoorDevice, *, by: Viewer, at: datetime) -> None:
    """The first device of an installation finds a key to seal to."""
    keep_door_keys(by=SYSTEM, at=at)
    bond.at, bond.by = at, by.id
    bond.save(force_insert=True)
    detail: Detail = {"device": str(bond.device_id), "entrance": bond.entrance}
    event, subject = "checkins.door_device_bound", point_ref(bond.point)
    record(event=event, by=by, at=at, subject=subject, detail=detail)
