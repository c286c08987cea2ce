"""What encounters are made from and what they are: a phone's log, exposures, what was left out.

Times are unix seconds (int64), attenuations decibels. Identifiers have 16 bytes in GAEN, 12 in
Bluezone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.refusals import RefusalError, Words

UInt8s = NDArray[np.uint8]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]

UNKNOWN: Final = np.iinfo(np.int64).min
FARTHEST: Final = 2**35  # seconds away from 1970: the years 881 to 3058, where days have dates
AEM_BYTES: Final = 4
# By what exposures are ordered: a published list may name one key twice, with other slots.
ORDER: Final = ("first_at", "key", "day", "last_at", "sightings", "minutes")


class EncountersError(RefusalError):
    """A log that the rules cannot be applied to."""


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """What one phone heard, by time; made by `log_of`.

    `at` int64 (n) ascending, within ±2^35; `id` int64 (n), the row in `ids`; `rssi` int64 (n) dBm;
    `aem` uint8 (n, 4), encrypted metadata, anything where `has_aem` (n) is false; `ids` uint8
    (m, 16 or 12), each once.
    """

    at: Int64s
    id: Int64s
    rssi: Int64s
    aem: UInt8s
    has_aem: Bools
    ids: UInt8s

    def __len__(self) -> int:
        return len(self.at)


class Heard(NamedTuple):
    """Sightings that count, by key, then time: int64 (k) each.

    `key` row of the key; `at`; `attenuation`, `UNKNOWN` where there was no metadata.
    """

    key: Int64s
    at: Int64s
    attenuation: Int64s


@dataclass(frozen=True, slots=True)
class Exposure:
    """A published key that the phone was near to.

    `day` the key's UTC day; `first_at`, `last_at` of the `sightings` that count; `minutes` as in
    `scans`; attenuations None where no sighting has one.
    """

    key: bytes
    day: date
    first_at: int
    last_at: int
    sightings: int
    minutes: int
    min_attenuation: int | None
    typical_attenuation: int | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What had a published key's identifier and does not count, and why.

    Sightings `too_far` from when it was sent, `replayed` later than a phone sends it, with a
    `tx_power` that no phone has; keys that were `withdrawn` by those who published them.
    """

    too_far: int = 0
    replayed: int = 0
    tx_power: int = 0
    withdrawn: int = 0


@dataclass(frozen=True, slots=True)
class Encounters:
    """Exposures in `ORDER`; `unmeasured` of their sightings have no attenuation."""

    exposures: tuple[Exposure, ...]
    left_out: LeftOut
    unmeasured: int = 0


def bad_log(column: str, row: int) -> EncountersError:
    """The first row, from 1, that no log can have."""
    code = "encounters.bad_log"
    return EncountersError(
        code,
        Words(
            f"Nhật ký nghe có {column} không hợp lệ ở dòng {row}: xuất lại nhật ký.",
            f"The log has a {column} that is not allowed in row {row}: export the log again.",
        ),
        field=column,
        where=str(row),
    )
