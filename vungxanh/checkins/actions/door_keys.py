"""Making keys for doors in time, and destroying those that nobody needs any more."""

import secrets
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from vungxanh.audit.actions import record
from vungxanh.checkins.gateways import sealed_visits
from vungxanh.checkins.models import DoorKey
from vungxanh.checkins.queries.door_keys import newest_until, past_door_keys
from vungxanh.checkins.rules.door_keys import end_of, is_next_due
from vungxanh.core.viewer import Viewer

_MAKING: Final = 0x76785F646F6F72  # the advisory lock of whoever makes a key


def keep_door_keys(*, by: Viewer, at: datetime) -> int:
    """Make the next key where it is due, destroy what is over; how many keys changed.

    Audit events: `checkins.door_key_made`, `checkins.door_key_destroyed`.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_MAKING])
        return _made_if_due(by=by, at=at) + destroy_door_keys(by=by, at=at)


def destroy_door_keys(*, by: Viewer, at: datetime) -> int:
    """Destroy the private part of keys that are over; of how many.

    Audit event: `checkins.door_key_destroyed`.
    """
    with transaction.atomic():
        found = list(past_door_keys(at).defer("private_part").order_by("id"))
        for row in found:
            DoorKey.objects.filter(pk=row.pk).update(private_part=None, destroyed_at=at)
            record(event="checkins.door_key_destroyed", by=by, at=at, subject=_ref(row))
    return len(found)


def _made_if_due(*, by: Viewer, at: datetime) -> int:
    if not is_next_due(newest_until(), at):
        return 0
    public, private = sealed_visits.new_pair()
    row = DoorKey.objects.create(
        id=secrets.token_hex(4),
        public_part=public,
        private_part=private,
        made_at=at,
        until=end_of(at),
    )
    record(event="checkins.door_key_made", by=by, at=at, subject=_ref(row))
    return 1


def _ref(row: DoorKey) -> str:
    return f"door-key:{row.pk}"
