"""Signed codes for entrances of points, one or many at once."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from vungxanh.checkins.actions.copying import new_keys
from vungxanh.checkins.models import PointCode
from vungxanh.core import keys
from vungxanh.core.clock import TZ
from vungxanh.core.keys import Use
from vungxanh.core.viewer import Viewer
from vungxanh.protocol.places import payloads, short_codes
from vungxanh.protocol.places.payloads import PlaceCode

ISSUING: Final = 0x76785F69737375
"""The advisory lock that issuers share: a list of revoked codes waits for numbers under way."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a code is for: the point's row, its code as people type it, the entrance's number."""

    point_id: int
    code: str
    entrance: int = 0


def new_short_codes(n: int) -> list[str]:
    """So many codes of points, drawn by chance; that one was drawn before is up to the table."""
    return [short_codes.written(secrets.randbits(short_codes.BITS)) for _ in range(n)]


def issue_codes(*, doors: Sequence[Door], by: Viewer, at: datetime) -> list[PointCode]:
    """Sign and keep a code for each door, good from today on, inside the caller's transaction.

    The caller records what happened to the points.
    """
    rows = signed_codes(doors=doors, by=by, at=at)
    return PointCode.objects.bulk_create(rows, batch_size=5_000)


def signed_codes(*, doors: Sequence[Door], by: Viewer, at: datetime) -> list[PointCode]:
    """A signed code for each door, to be kept in the same transaction."""
    sign = _signer(at.astimezone(TZ).date())
    return [
        PointCode(
            id=number,
            point_id=door.point_id,
            entrance=door.entrance,
            payload=sign(door, number),
            valid_from=at,
            issued_at=at,
            issued_by=by.id,
        )
        for number, door in zip(_numbers(len(doors)), doors, strict=True)
    ]


def _numbers(n: int) -> list[int]:
    """Numbers of issues that nobody else gets, counting upward."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [ISSUING])
    return new_keys("checkins_pointcode", n)


def _signer(day: date) -> Callable[[Door, int], str]:
    """What signs a door's code of a number, good from that day on, under the present key."""
    ring = keys.ring(Use.QR)
    key = Ed25519PrivateKey.from_private_bytes(ring.keys[ring.current])

    def signed(door: Door, number: int) -> str:
        code = short_codes.read(door.code)
        return payloads.write(PlaceCode(code, door.entrance, day, number, ring.current), key)

    return signed
