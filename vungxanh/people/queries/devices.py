"""Citizens' devices by their tokens."""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from vungxanh.core.viewer import CITIZEN, Viewer
from vungxanh.people.models import TOKENS, Device
from vungxanh.people.rules.devices import SILENT_FOR, parsed_token
from vungxanh.people.values.devices import device_ref

# What tells whose a token is; where messages go is none of it.
KNOWN_BY = (
    "token_digest",
    "person_id",
    "residence_id",
    "registered_at",
    "last_seen_at",
    "second_day_on",
)
# Contacts are written down at most this often, so that reading stays reading.
SEEN_EVERY = timedelta(hours=1)


def device_with(token: str, at: datetime) -> Device | None:
    """The living device whose token this is; one query, none for what has not the form."""
    device_id = parsed_token(token)
    row = Device.objects.filter(pk=device_id, ended_at=None).first() if device_id else None
    return row if row is not None and _is_of(row, token, at) else None


def devices_with(tokens: Iterable[str], at: datetime) -> dict[str, Device]:
    """The living devices of many tokens, by token, in one query; none for what opens nothing."""
    named = {token: device_id for token in tokens if (device_id := parsed_token(token))}
    rows = Device.objects.filter(ended_at=None).only(*KNOWN_BY).in_bulk(set(named.values()))
    found = {token: rows.get(device_id) for token, device_id in named.items()}
    return {token: row for token, row in found.items() if row and _is_of(row, token, at)}


def _is_of(row: Device, token: str, at: datetime) -> bool:
    if at - row.last_seen_at > SILENT_FOR:
        return False
    digests = TOKENS.digests(token)
    is_right = [hmac.compare_digest(bytes(row.token_digest), one) for one in digests]
    return any(is_right)


def viewer_of(device: Device) -> Viewer:
    """The citizen as a viewer: one phone, its own pages, no capability of staff."""
    return Viewer(id=device_ref(device.pk), name="", purpose="self")


def device_id_of(viewer: Viewer) -> UUID:
    """The device that a citizen's viewer stands for."""
    return UUID(viewer.id.removeprefix(CITIZEN))
