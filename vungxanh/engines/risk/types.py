"""What risk takes: what a published key says, and when a phone heard it, by column.

Source: Exposure Notification, ExposureWindow and DailySummary (v1.5 to v1.7 of the framework).
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.refusals import RefusalError

Int64s = NDArray[np.int64]
Float64s = NDArray[np.float64]

MISSING: Final = np.iinfo(np.int64).min
DAY_S: Final = 86_400


class RiskError(RefusalError):
    """Sightings, parameters or measurements that risk cannot be computed from."""


class ReportType(IntEnum):
    """Who says that the key's owner is a case."""

    UNKNOWN = 0
    CONFIRMED_TEST = 1
    CLINICAL_DIAGNOSIS = 2
    SELF_REPORT = 3
    RECURSIVE = 4
    REVOKED = 5


class Infectiousness(IntEnum):
    """How infectious the key's owner was on the day of the key."""

    NONE = 0
    STANDARD = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What is published of one key, `None` where the file does not say.

    `starts_at` unix second of its first interval (UTC midnight of its day, if not cut);
    `report_type` 0 to 5; `days_since_onset` -14 to 14; `transmission_risk` 0 to 8.
    """

    starts_at: int
    report_type: int | None = None
    days_since_onset: int | None = None
    transmission_risk: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scans:
    """Sightings of one key, one a row, in any order; int64 (n) each.

    `at` unix seconds; `previous` the scan before, unix seconds, not after `at`, `MISSING` where
    not known; `attenuation_db` TX power less RSSI, 0 to 255 dB.
    """

    at: Int64s
    previous: Int64s
    attenuation_db: Int64s

    def __len__(self) -> int:
        return len(self.at)
