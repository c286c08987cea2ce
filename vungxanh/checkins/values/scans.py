"""Scans: what a phone sends of one reading of a code, and what is kept of it."""

from datetime import timedelta
from enum import IntEnum, IntFlag, StrEnum
from typing import Final, NamedTuple
from uuid import UUID

MOST_IN_A_BODY: Final = 100
SCANS_KEPT_DAYS: Final = 30
"""How long the scans of a day are kept after it ended."""
MAY_LIE_AHEAD: Final = timedelta(days=1)
"""A phone's clock may be so far ahead; what it says is kept beside when it was received."""
AHEAD_FROM: Final = timedelta(minutes=10)
LATE_FROM: Final = timedelta(hours=24)
ID_MAY_DIFFER: Final = timedelta(minutes=10)
WATCHED_FOR: Final = timedelta(minutes=30)
"""How long is looked for scans of somebody who is gone. Intake remembers a phone for one minute,
reads a body for a quarter, and what it has waiting is written or given up within two."""


class Direction(IntEnum):
    """Which way somebody went."""

    IN = 0
    OUT = 1


class Means(IntEnum):
    """How the reading came about: their own phone, a keeper's, or from memory."""

    SCAN = 0
    KEEPER = 1
    DECLARED = 2


class ScanFlag(IntFlag):
    """What is odd about a scan; it is kept all the same.

    The bits between are those of visits, `engines.stays.Doubt`. `CODE_OLD`: the code that was shown
    was over by then, so perhaps a photograph of a screen; `CODE_AGAIN`: a one-time code that was
    read before.
    """

    LATE = 1
    AHEAD = 2
    POINT_CLOSED = 4
    ENTRANCE_UNKNOWN = 8
    CODE_OLD = 256
    CODE_AGAIN = 512


class Refusal(StrEnum):
    """Why a scan is not kept; the sender need not send it again."""

    ID_VERSION = "id_version"
    ID_TIME_MISMATCH = "id_time_mismatch"
    ID_REUSED = "id_reused"
    TIME_OUT_OF_RANGE = "time_out_of_range"
    POINT_UNKNOWN = "point_unknown"
    SUBJECT_NOT_ALLOWED = "subject_not_allowed"
    SUBJECT_UNKNOWN = "subject_unknown"
    NOT_TAKEN = "not_taken"


class ChangeReason(StrEnum):
    """Why a day of visits is written again."""

    CORRECTED = "corrected"
    ERASED = "erased"
    MERGED = "merged"


class Outcome(IntEnum):
    """What became of a scan that was put to the table."""

    STORED = 0
    DUPLICATE = 1
    REUSED = 2
    NOT_TAKEN = 3


class KnownPoint(NamedTuple):
    """What intake must know of a point: its number, whether it lives, its entrances."""

    id: int
    is_living: bool
    entrances: frozenset[int]


class ScanRow(NamedTuple):
    """A scan as it is kept, see `models.scans`; instants in microseconds since 1970, UTC."""

    id: UUID
    person_id: int
    point_id: int
    entrance: int
    direction: int
    means: int
    at: int
    received_at: int
    device_id: UUID
    flags: int

    def sent(self) -> tuple[object, ...]:
        """What the phone said: a repetition says the same, whoever holds the phone by then."""
        return (self.id, *self[2:7], self.device_id)
