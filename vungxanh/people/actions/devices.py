"""Devices of citizens: registered, heard of, ended."""

import hashlib
import hmac
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from vungxanh.audit.actions import record
from vungxanh.core import keys
from vungxanh.core.clock import TZ
from vungxanh.core.ids import made_at, new_id, told_again
from vungxanh.core.keys import Use
from vungxanh.core.viewer import Viewer
from vungxanh.people.actions.counting import move
from vungxanh.people.actions.refusals import BadPlatformError
from vungxanh.people.models import TOKENS, Device
from vungxanh.people.rules.devices import is_second_day, new_token, token_of
from vungxanh.people.values import Platform
from vungxanh.people.values.counts import Element
from vungxanh.people.values.devices import NewDevice, Registered, device_ref


def register_device(*, device: NewDevice, by: Viewer, at: datetime) -> Registered:
    """Let a phone or browser in, anonymous; its token is told this once.

    Records people.device_registered.
    """
    device_id = new_id()
    made = Registered(device_id, new_token(device_id))
    _register(made, device, by=by, at=at)
    return made


def register_device_once(
    *, device: NewDevice, form: UUID, secret: str, by: Viewer, at: datetime
) -> Registered:
    """The same for a form that may be sent twice: both times one device and one token.

    `secret` is what only the browser of the form knows, beside the form's own identifier. Records
    people.device_registered.
    """
    key = keys.derived(keys.key_of(Use.INDEX, keys.ring(Use.INDEX).current), "people.device_once")
    bits = hmac.digest(key, f"{form}:{secret}".encode(), hashlib.sha512)
    device_id = told_again(made_at(form), bits[32:])
    made = Registered(device_id, token_of(device_id, bits[:32]))
    try:
        _register(made, device, by=by, at=at)
    except IntegrityError:
        if not Device.objects.filter(pk=device_id).exists():
            raise
    return made


def _register(made: Registered, device: NewDevice, *, by: Viewer, at: datetime) -> None:
    if device.platform not in set(Platform):
        raise BadPlatformError
    row = Device(
        id=made.id,
        token_digest=TOKENS.digest(made.token),
        platform=device.platform,
        version=device.version[:20],
        language=device.language,
        registered_at=at,
        last_seen_at=at,
    )
    with transaction.atomic():
        row.save(force_insert=True)
        detail = {"platform": row.platform}
        record(
            event="people.device_registered",
            by=by,
            at=at,
            subject=device_ref(made.id),
            detail=detail,
        )


def note_seen(*, device: Device, at: datetime) -> None:
    """Write down that a device was heard of; on its second day it becomes an install."""
    first_on = device.registered_at.astimezone(TZ).date()
    today = at.astimezone(TZ).date()
    is_install = device.second_day_on is None and is_second_day(first_on, today)
    with transaction.atomic():
        Device.objects.filter(pk=device.pk).update(last_seen_at=at)
        if is_install and _second_day(device.pk, at):
            move({(device.residence_id or "", Element.DEVICES): 1})
    device.last_seen_at = at


def note_bluetooth(*, device_id: UUID, is_on: bool, at: datetime) -> None:
    """Keep what the app says of its Bluetooth, and when it said so."""
    Device.objects.filter(pk=device_id, ended_at=None).update(bluetooth=is_on, bluetooth_at=at)


def end_device(*, device_id: UUID, by: Viewer, at: datetime) -> None:
    """Let a device go: its token no longer opens, and it is no install any more.

    Records people.device_ended.
    """
    with transaction.atomic():
        device = Device.objects.select_for_update().filter(pk=device_id, ended_at=None).first()
        if device is None:
            return
        if device.second_day_on:
            move({(device.residence_id or "", Element.DEVICES): -1})
        device.ended_at, device.push = at, ""
        device.save(update_fields=["ended_at", "push"])
        record(event="people.device_ended", by=by, at=at, subject=device_ref(device_id))


def _second_day(device_id: UUID, at: datetime) -> bool:
    """Whether this call was the first to see the second day."""
    today = at.astimezone(TZ).date()
    unseen = Device.objects.filter(pk=device_id, second_day_on=None, ended_at=None)
    return bool(unseen.update(second_day_on=today))
