"""Reading enrolled devices: the viewer behind a token, and the devices of an area."""

import hmac
from datetime import datetime, timedelta

from vungxanh.accounts.models.devices import TOKENS, EnrolledDevice, ref_of_device
from vungxanh.accounts.rules import devices as rules
from vungxanh.core.viewer import Viewer

_OF_TOKEN = (
    "id",
    "name",
    "scope",
    "unit_id",
    "token_digest",
    "next_digest",
    "last_contact_at",
    "refused_at",
    "link_until",
    "ending",
)


def device_viewer(token: str, at: datetime) -> Viewer | None:
    """The viewer that a token stands for; None where it is wrong, revoked or lapsed.

    One query, and at most once a minute another that writes the contact down. The viewer's scope
    `device:<scope>` says where it is somebody (`rules.devices.SCOPES`); who asks here must heed it.
    """
    row = device_with(token)
    if row is None or not is_live(row, at):
        return None
    note_contact(row, token, at)
    return viewer_of_device(row)


def device_with(token: str) -> EnrolledDevice | None:
    """The device whose present or next token this is, live or not; one query."""
    parsed = rules.parsed_token(token)
    if parsed is None:
        return None
    row = EnrolledDevice.objects.only(*_OF_TOKEN).filter(pk=parsed[0]).first()
    if row is None:
        return None
    return row if _is_right(token, row.token_digest) | _is_right(token, row.next_digest) else None


def is_live(row: EnrolledDevice, at: datetime) -> bool:
    """Whether a device may come in: neither ended nor silent for too long."""
    return rules.state_of(row.times, at) is rules.DeviceState.ACTIVE


def note_contact(row: EnrolledDevice, token: str, at: datetime) -> None:
    """Write down that a device was heard of; a next token in use takes the place of the old."""
    known = row.last_contact_at or at
    is_next = _is_right(token, row.next_digest)
    if not is_next and timedelta(0) <= at - known < rules.CONTACT_STEP:
        return
    change: dict[str, object] = {"last_contact_at": max(at, known)}
    if is_next:
        change |= {"token_digest": row.next_digest, "next_digest": None}
    EnrolledDevice.objects.filter(pk=row.pk, ending="").update(**change)
    row.last_contact_at = max(at, known)


def viewer_of_device(row: EnrolledDevice) -> Viewer:
    """The viewer that a device is: its unit, and what its scope may do."""
    scope = rules.SCOPES.get(row.scope)
    return Viewer(
        id=ref_of_device(row.pk),
        name=row.name,
        units=frozenset({row.unit_id}),
        scopes=frozenset({f"{rules.DEVICE}{row.scope}"}),
        capabilities=scope.capabilities if scope else frozenset(),
    )


def _is_right(token: str, kept: bytes | memoryview | None) -> bool:
    """Whether a token has this digest, compared in constant time under every index key held."""
    if kept is None:
        return False
    right = [hmac.compare_digest(one, bytes(kept)) for one in TOKENS.digests(token)]
    return any(right)
