"""The end of a former key that signs codes: when the last code under it is over.

Codes are not made again: they are on screens and on paper. A former key goes on to prove them for
as long as a code lives, and is destroyed then.
"""

from datetime import datetime, timedelta

from django.apps import apps

from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.models import KeyChange
from vungxanh.core.reseal import KeySettlingError


def take_into_use(*, at: datetime) -> bytes:
    """Sign new codes with the key that was coming; returns its id. Notes until when which lasts."""
    former, new = keys.ring(Use.QR).current, keys.take_into_use(Use.QR)
    if new != former:
        KeyChange.objects.create(
            use=Use.QR, to_key=new.hex(), place=former.hex(), begun_at=at, ended_at=at
        )
    return new


def needed_until(key_id: bytes) -> datetime | None:
    """When the last code signed by a former key is over; None where no change is noted.

    Up to then a process that read the keys before the change may have signed.
    """
    change = KeyChange.objects.filter(use=Use.QR, place=key_id.hex()).first()
    if change is None:
        return None
    return change.begun_at + timedelta(seconds=keys.FRESH_SECONDS) + _longest()


def destroy(key_id: bytes, *, at: datetime) -> None:
    """Take a former signing key out of its file, once no code can stand under it any more.

    Where it was not noted when the key went out of use, it counts as if that were now.
    """
    ring = keys.ring(Use.QR)
    ring.key(key_id)
    until = needed_until(key_id) or at + _longest()
    if key_id not in (ring.current, ring.coming) and at < until:
        raise KeySettlingError(until)
    keys.destroy_key(Use.QR, key_id)


def _longest() -> timedelta:
    """How long codes live, as rooms register it in their AppConfig as `codes_live`."""
    lives = (getattr(config, "codes_live", timedelta()) for config in apps.get_app_configs())
    return max(lives)
