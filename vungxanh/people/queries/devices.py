"""Citizens' devices by their tokens."""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from vungxanh.core.viewer import CITIZEN, Viewer
from vungxanh.people.models import TOKENS, Device
from vungxanh.people.rules.devices import SILENT_FOR, parsed_token
from vungxanh.people.values.devices import device_ref

# Contacts are written down at most this often, so that reading stays reading.
SEEN_EVERY = timedelta(hours=1)


def device_with(token: str, at: datetime) -> Device | None:
    """The living device whose token this is; one query, none for what has not the form."""
    device_id = parsed_token(token)
    row = Device.objects.filter(pk=device_id, ended_at=None).first() if device_id else None
    if row is None or at - row.last_seen_at > SILENT_FOR:
        return None
    digests = TOKENS.digests(token)
    is_right = [hmac.compare_digest(bytes(row.token_digest), one) for one in digests]
    return row if any(is_right) else None


def viewer_of(device: Device) -> Viewer:
    """The citizen as a viewer: one phone, its own pages, no capability of staff."""
    return Viewer(id=device_ref(device.pk), name="", purpose="self")


def device_id_of(viewer: Viewer) -> UUID:
    """The device that a citizen's viewer stands for."""
    return UUID(viewer.id.removeprefix(CITIZEN))
