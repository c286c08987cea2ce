"""Devices for rooms above: who may have one, those rooms have checked themselves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from vungxanh.accounts.actions.device_refusals import ScopeNotForKindError
from vungxanh.accounts.actions.devices import end_access, granted_to, linked, note
from vungxanh.accounts.models.devices import EnrolledDevice
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.rules.devices import Ending
from vungxanh.accounts.values.devices import Granted, Link, NewDevice
from vungxanh.core.viewer import Viewer


def invite_for_room(*, new: NewDevice, by: Viewer, at: datetime) -> Link:
    """Make a device and a link by which it enrols once; the caller has checked the right.

    Records accounts.device_invited.
    """
    row = _unsaved(new, by, at)
    with transaction.atomic():
        link = linked(row, at)
        row.save(force_insert=True)
        note("accounts.device_invited", row, by=by, at=at)
    return link


def enrol_for_room(*, new: NewDevice, by: Viewer, at: datetime) -> Granted:
    """Make the device that asks one at once, without a link; the caller has checked the right.

    Records accounts.device_enrolled.
    """
    row = _unsaved(new, by, at)
    with transaction.atomic():
        granted = granted_to(row, at)
        row.save(force_insert=True)
        note("accounts.device_enrolled", row, by=by, at=at)
    return granted


def end_for_room(*, device_id: UUID, by: Viewer, at: datetime) -> bool:
    """End a device's access from its next request on; whether it had any.

    The caller has checked the right. Records accounts.device_revoked.
    """
    with transaction.atomic():
        row = EnrolledDevice.objects.select_for_update().filter(pk=device_id).first()
        if row is None or row.ending == Ending.REVOKED:
            return False
        end_access(row, Ending.REVOKED, by=by, at=at)
    return True


def end_own_browsers(*, ref: str, by: Viewer, at: datetime) -> None:
    """End the browsers that somebody enrolled as their own, without a link, in the transaction.

    Devices that they gave to others stay. Records accounts.device_revoked.
    """
    own = EnrolledDevice.objects.filter(invited_by=ref, enrolled_at=F("invited_at"), ending="")
    for row in own.select_for_update().order_by("id"):
        end_access(row, Ending.REVOKED, by=by, at=at)


def _unsaved(new: NewDevice, by: Viewer, at: datetime) -> EnrolledDevice:
    if new.kind not in rules.SCOPES[new.scope].kinds:
        raise ScopeNotForKindError
    return EnrolledDevice(
        name=new.name.strip(),
        kind=new.kind,
        scope=new.scope,
        unit_id=new.unit,
        invited_by=by.id,
        invited_at=at,
    )
