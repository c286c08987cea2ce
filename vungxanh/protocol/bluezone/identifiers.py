"""Keys and identifiers of Bluezone.

A base key (32 bytes) is drawn once; each UTC day's key is the SHA-256 of the day before; a day has
`per_day` slots, each with an identifier of 12 bytes. Whoever knows one day's key knows all later
identifiers.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from vungxanh.protocol.lengths import exactly, within

DAY_S: Final = 86_400
PER_DAY: Final = 96
SLOTS: Final = (1, DAY_S)  # a day may have
KEY_BYTES: Final = 32
ID_BYTES: Final = 12
_SALT: Final = b"bluzonesubkey"  # so spelt by the app
_PICKED: Final = (0, 4, 8, 12, 16, 18, 20, 22, 24, 26, 28, 30)


def daily_key(base: bytes, n_days: int) -> bytes:
    """The key of the day `n_days` after the base key's. Raises `protocol.wrong_length`."""
    key = exactly(base, KEY_BYTES, name="base_id")
    for _ in range(n_days):
        key = next_day_key(key)
    return key


def next_day_key(key: bytes) -> bytes:
    """The key of the following day."""
    return sha256(key).digest()


def identifiers(key: bytes, per_day: int = PER_DAY) -> tuple[bytes, ...]:
    """The identifiers of one day's key in the order of its slots, 12 bytes each.

    Raises `protocol.wrong_length`, `protocol.out_of_bounds` (per_day from 1).
    """
    exactly(key, KEY_BYTES, name="daily_key")
    within(per_day, SLOTS, name="per_day")
    return tuple(bytes(sub_key[at] for at in _PICKED) for sub_key in _sub_keys(key, per_day))


def slot_of(second: int, per_day: int = PER_DAY) -> int:
    """Which slot of its UTC day a unix second falls in."""
    return second % DAY_S * 1000 // slot_ms(per_day)


def slot_ms(per_day: int) -> int:
    """How long a slot is, rounded down to milliseconds. Raises `protocol.out_of_bounds`."""
    return DAY_S * 1000 // within(per_day, SLOTS, name="per_day")


def _sub_keys(key: bytes, n: int) -> Iterator[bytes]:
    sub_key = sha256(key + _SALT).digest()
    for _ in range(n):
        yield sub_key
        sub_key = sha256(sub_key).digest()
