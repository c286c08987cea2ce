"""Which scans are kept, and what is odd about them. Source: the outer surface, `POST …/visits`."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from vungxanh.checkins.values.scans import (
    AHEAD_FROM,
    ID_MAY_DIFFER,
    LATE_FROM,
    MAY_LIE_AHEAD,
    SCANS_KEPT_DAYS,
    Refusal,
    ScanFlag,
)

_VERSION: Final = 7
_MOST_MS_APART: Final = ID_MAY_DIFFER // timedelta(milliseconds=1)
_OLDEST: Final = timedelta(days=SCANS_KEPT_DAYS)


def refusal_of(identifier: UUID, at: datetime, now: datetime) -> Refusal | None:
    """Why the identifier or the time of a scan is not taken; None where they are.

    >>> from datetime import UTC
    >>> one = UUID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    >>> at = datetime(2022, 2, 22, 19, 22, tzinfo=UTC)
    >>> refusal_of(one, at, at) is None, str(refusal_of(one, at + timedelta(hours=1), at))
    (True, 'id_time_mismatch')
    """
    whole = identifier.int
    if whole >> 76 & 15 != _VERSION or whole >> 62 & 3 != 0b10:
        return Refusal.ID_VERSION
    if abs((whole >> 80) - at.timestamp() * 1000) > _MOST_MS_APART:
        return Refusal.ID_TIME_MISMATCH
    if not -MAY_LIE_AHEAD <= now - at <= _OLDEST:
        return Refusal.TIME_OUT_OF_RANGE
    return None


def oddness(at: datetime, received_at: datetime) -> ScanFlag:
    """What the two clocks say about a scan."""
    apart = received_at - at
    if apart > LATE_FROM:
        return ScanFlag.LATE
    return ScanFlag.AHEAD if apart < -AHEAD_FROM else ScanFlag(0)
