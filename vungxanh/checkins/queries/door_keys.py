"""Keys of doors: those to seal to, as anybody may know them, and those that open."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db.models import QuerySet

from vungxanh.checkins.models import DoorKey
from vungxanh.checkins.rules.door_keys import KEPT_AFTER, signed_bytes
from vungxanh.core import keys
from vungxanh.core.keys import Use
from vungxanh.core.prepared import Statement
from vungxanh.core.sealed import unseal_text

_OPENING: Final = Statement("""
SELECT id, private_part FROM checkins_doorkey WHERE id = ANY(%(names)s::text[])
""")


@dataclass(frozen=True, slots=True)
class SignedDoorKey:
    """A key to seal to, signed by the key of codes whose id is `signed_by`."""

    id: str
    public: bytes
    made_at: datetime
    until: datetime
    signed_by: str
    signature: bytes


def door_keys(at: datetime) -> tuple[SignedDoorKey, ...]:
    """Those that doors may seal to, the one that lasts longest first; one query."""
    ring = keys.ring(Use.QR)
    signer = Ed25519PrivateKey.from_private_bytes(ring.keys[ring.current])
    rows = DoorKey.objects.filter(until__gt=at, destroyed_at=None).defer("private_part")
    return tuple(_signed(row, ring.current.hex(), signer) for row in rows)


def opening_keys(names: Collection[str]) -> dict[str, str | None]:
    """The private parts of keys by their names, None of those that were destroyed; one query."""
    known = _OPENING.rows(names=sorted(set(names)))
    return {name: None if lying is None else _private(lying) for name, lying in known}


def newest_until() -> datetime | None:
    """When the newest key ends; None where there never was one."""
    return DoorKey.objects.values_list("until", flat=True).first()


def past_door_keys(at: datetime) -> "QuerySet[DoorKey]":
    """Keys that no door needs any more, whose private part is still there."""
    return DoorKey.objects.filter(destroyed_at=None, until__lte=at - KEPT_AFTER)


def _private(lying: bytes) -> str:
    return unseal_text(bytes(lying), "checkins_doorkey.private_part")


def _signed(row: DoorKey, signed_by: str, signer: Ed25519PrivateKey) -> SignedDoorKey:
    public = bytes(row.public_part)
    signature = signer.sign(signed_bytes(row.pk, public, row.until))
    return SignedDoorKey(row.pk, public, row.made_at, row.until, signed_by, signature)
