"""Keys by which doors seal what they read: their times, and the bytes that are signed and bound.

Devices seal to the newest key that they know; a device is without contact for three days at most,
then its right lapses. So each key is made two weeks before the one before it ends, and is kept for
a week after nobody seals to it any more.
"""

import struct
from datetime import datetime, timedelta
from typing import Final

MADE_EVERY: Final = timedelta(days=90)
BOTH_HOLD: Final = timedelta(days=14)
"""How long before the end of a key the next one is made."""
KEPT_AFTER: Final = timedelta(days=7)
"""How long a key still opens what was sealed to it before it ended."""
PUBLIC_BYTES: Final = 65
"""An uncompressed point of P-256 (SEC 1, 2.3.3)."""
_SIGNED_AS: Final = b"vungxanh.doorkey"
_SEALED_AS: Final = b"vungxanh.keeper.v1"
_SECONDS: Final = struct.Struct(">Q")


def end_of(made_at: datetime) -> datetime:
    """The whole second from which nobody seals to a key that was made then."""
    return made_at.replace(microsecond=0) + MADE_EVERY + BOTH_HOLD


def is_next_due(newest_until: datetime | None, at: datetime) -> bool:
    """Whether a new key is to be made: there is none, or the newest ends soon."""
    return newest_until is None or newest_until - at <= BOTH_HOLD


def signed_bytes(key_id: str, public: bytes, until: datetime) -> bytes:
    """What the key of codes signs of a key of doors.

    >>> from datetime import UTC
    >>> len(signed_bytes("00ff00ff", bytes(65), datetime(2026, 1, 1, tzinfo=UTC)))
    93
    """
    return _SIGNED_AS + bytes.fromhex(key_id) + public + _SECONDS.pack(int(until.timestamp()))


def bound_to(scan_id: bytes, code: str) -> bytes:
    """What a box is bound to: one scan at one point; elsewhere it does not open.

    `scan_id` are the 16 bytes of the identifier, `code` the nine letters of the point.

    >>> bound_to(bytes(16), "7K2M9QX4A")[-9:]
    b'7K2M9QX4A'
    """
    return _SEALED_AS + scan_id + code.encode("ascii")
