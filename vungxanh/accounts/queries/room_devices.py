"""Devices of rooms above that say themselves what each is for."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from vungxanh.accounts.models.devices import EnrolledDevice
from vungxanh.accounts.queries.devices import is_live, is_token_of
from vungxanh.accounts.rules import devices as rules
from vungxanh.accounts.rules.devices import DeviceState
from vungxanh.accounts.values.devices import DEVICE_STATE_WORDS, RoomDevice

# Whose a token is and whether it holds; the role of device intake reads nothing else of devices.
_KNOWN_BY = (
    "id",
    "scope",
    "token_digest",
    "next_digest",
    "last_contact_at",
    "link_until",
    "ending",
)


def living_device(token: str, scope: str, at: datetime) -> UUID | None:
    """The living device of this scope whose token this is; one query, none for another text.

    At most once a minute another notes that it was heard of. A next token opens here too, and
    takes the old one's place when it is shown elsewhere.
    """
    parsed = rules.parsed_token(token)
    named = EnrolledDevice.objects.only(*_KNOWN_BY).order_by()
    rows = named.filter(pk=parsed[0], scope=scope) if parsed else ()
    for row in rows:
        if is_token_of(row, token) and is_live(row, at):
            _note_heard(row, at)
            return row.pk
    return None


def room_devices(ids: Iterable[UUID], at: datetime) -> tuple[RoomDevice, ...]:
    """What becomes of these devices, for a room that has checked who asks; one query."""
    rows = EnrolledDevice.objects.filter(pk__in=list(ids)).order_by("invited_at", "id")
    return tuple(_told(row, at) for row in rows)


def known_devices(ids: Iterable[UUID]) -> set[UUID]:
    """Those of these devices of which anything is still kept; one query."""
    rows = EnrolledDevice.objects.filter(pk__in=list(ids)).order_by()
    return set(rows.values_list("id", flat=True))


def _note_heard(row: EnrolledDevice, at: datetime) -> None:
    if row.last_contact_at is None or at - row.last_contact_at < rules.CONTACT_STEP:
        return
    EnrolledDevice.objects.filter(pk=row.pk, ending="").update(last_contact_at=at)


def _told(row: EnrolledDevice, at: datetime) -> RoomDevice:
    state = rules.state_of(row.times, at)
    return RoomDevice(
        id=row.pk,
        name=row.name,
        state=state,
        state_words=DEVICE_STATE_WORDS[state],
        may_end=state in (DeviceState.ACTIVE, DeviceState.INVITED),
        invited_at=row.invited_at,
        last_contact_at=row.last_contact_at,
        valid_until=rules.lapses_at(row.last_contact_at),
    )
