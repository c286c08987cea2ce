"""Identifiers that sort by the time they were made: UUID version 7 (RFC 9562, 5.7)."""

import hashlib
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

_RANDOM_BITS = 74
_STEP_BITS = 32
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Sequence:
    """Monotonic random (RFC 9562, 6.2, method 2): inside a millisecond the random part only grows.

    If the wall clock goes back, or the random part runs over, the last millisecond is kept or
    stepped on, so that identifiers of one process never sort before earlier ones.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._millisecond = 0
        self._random = 0

    def following(self, millisecond: int) -> tuple[int, int]:
        """The next (millisecond, random part)."""
        with self._lock:
            if millisecond > self._millisecond:
                self._begin(millisecond)
            else:
                self._random += 1 + secrets.randbits(_STEP_BITS)
                if self._random >> _RANDOM_BITS:
                    self._begin(self._millisecond + 1)
            return self._millisecond, self._random

    def _begin(self, millisecond: int) -> None:
        self._millisecond = millisecond
        self._random = secrets.randbits(_RANDOM_BITS)


_sequence = _Sequence()


def new_id() -> UUID:
    """A new UUIDv7, greater than every one made before it in this process."""
    millisecond, random = _sequence.following(time.time_ns() // 1_000_000)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)


def made_at(identifier: UUID) -> datetime:
    """The instant inside a UUIDv7, to the millisecond.

    >>> made_at(UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")).isoformat()
    '2022-02-22T19:22:22+00:00'
    """
    if identifier.version != 7:
        message = "only a version 7 identifier carries its time"
        raise ValueError(message)
    return _EPOCH + timedelta(milliseconds=identifier.int >> 80)


def told_again(at: datetime, said: bytes) -> UUID:
    """A UUIDv7 of an instant whose random part is made of `said`: for the same two, the same.

    >>> when = datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    >>> one = told_again(when, b"first")
    >>> one == told_again(when, b"first"), one == told_again(when, b"second"), made_at(one) == when
    (True, False, True)
    """
    millisecond = (at - _EPOCH) // timedelta(milliseconds=1)
    random = int.from_bytes(hashlib.sha256(said).digest()[:10], "big") >> 6
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=millisecond << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
