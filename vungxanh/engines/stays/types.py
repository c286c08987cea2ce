"""What stays take and give: scans, points, corrections, parameters; visits.

Times are unix seconds (int64) within ±2^40, durations seconds. All arrays are one-dimensional and
C-contiguous; those of one class have one length, but `Visits.visit_of`.
"""

from dataclasses import dataclass, fields
from enum import IntEnum, IntFlag
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.refusals import RefusalError, Words

Int8s = NDArray[np.int8]
Int16s = NDArray[np.int16]
Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]
Float64s = NDArray[np.float64]

IN: Final = 0
OUT: Final = 1
NONE: Final = -1
"""No entrance, or no visit."""
LONGEST_S: Final = 2**30
DAY_S: Final = 86_400
LOCAL_S: Final = 25_200
"""Asia/Ho_Chi_Minh is seven hours ahead of UTC, without summer time."""
EARTH_M: Final = 6_371_009
"""Mean radius of the Earth, IUGG."""


class StaysError(RefusalError):
    """Scans, points or corrections that no visits can be made of."""


class StartedBy(IntEnum):
    """From what the start of a visit is known."""

    SCANNED = 0
    ASSUMED = 1
    CORRECTED = 2


class EndedBy(IntEnum):
    """From what the end of a visit is known."""

    SCANNED = 0
    NEXT = 1
    USUAL = 2
    MIDNIGHT = 3
    CORRECTED = 4


class Doubt(IntFlag):
    """What is hard to believe of a visit; it is kept all the same.

    The bits are others than those of a scan's flags, so that both fit one column.
    """

    OUT_WITHOUT_IN = 16
    TOO_FAR_TOO_FAST = 32
    LONG_STAY = 64
    SAME_TIME_ELSEWHERE = 128


@dataclass(frozen=True, slots=True)
class Parameters:
    """When scans belong together, and what is hard to believe; from 0 to 2^30.

    `same_s` apart two scans of one direction are one; a scan out is believed `longest_s` after the
    last one; where people usually stay `overnight_s`, midnight ends nothing; over `far_m` metres
    nobody goes faster than `fastest_kmh`.
    """

    same_s: int = 60
    longest_s: int = 64_800
    overnight_s: int = 28_800
    far_m: int = 20_000
    fastest_kmh: int = 120

    def __post_init__(self) -> None:
        """Refuse `stays.bad_value` outside."""
        for field in fields(self):
            if not 0 <= getattr(self, field.name) <= LONGEST_S:
                raise bad_value(field.name)


@dataclass(frozen=True, slots=True)
class Scans:
    """All scans of some persons, in any order; n rows.

    `person_id` any int64; `point` int32, a row of `Points`; `at`; `direction` int8, `IN` or `OUT`;
    `entrance` int16, not negative.
    """

    person_id: Int64s
    point: Int32s
    at: Int64s
    direction: Int8s
    entrance: Int16s

    def __len__(self) -> int:
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Points:
    """Control points by index.

    `usual_s` int64, how long people usually stay, 0 to 2^30; `latitude`, `longitude` float64,
    degrees, both NaN where not known and of what moves; None where no point has them.
    """

    usual_s: Int64s
    latitude: Float64s | None = None
    longitude: Float64s | None = None

    def __len__(self) -> int:
        return len(self.usual_s)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What people said of visits, oldest first: the visit with the row `scan` was [t_in, t_out]."""

    scan: Int64s
    t_in: Int64s
    t_out: Int64s

    def __len__(self) -> int:
        return len(self.scan)


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits by person, then time; m rows.

    `person_id` int64; `point` int32; `t_in`, `t_out` int64, t_in ≤ t_out; `start_by` int8
    `StartedBy`; `ended_by` int8 `EndedBy`; `entrance_in`, `entrance_out` int16, `NONE` where nobody
    scanned; `doubts` uint8 bits of `Doubt`; `first` int64, the row of the first scan; `visit_of`
    int64 (n), the visit of each scan, `NONE` of scans after `as_of`.
    """

    person_id: Int64s
    point: Int32s
    t_in: Int64s
    t_out: Int64s
    start_by: Int8s
    ended_by: Int8s
    entrance_in: Int16s
    entrance_out: Int16s
    doubts: UInt8s
    first: Int64s
    visit_of: Int64s

    def __len__(self) -> int:
        return len(self.t_in)


def bad_value(column: str, row: int | None = None) -> StaysError:
    """A parameter, or the first row from 1, outside what its column may hold."""
    code = "stays.bad_value"
    vi = f"Dòng {row}, cột {column}" if row else column
    en = f"Row {row}, column {column}" if row else column
    return StaysError(
        code,
        Words(
            f"{vi}: giá trị nằm ngoài khoảng cho phép; sửa lại rồi làm lại.",
            f"{en}: a value out of bounds; mend it and try again.",
        ),
        field=column,
        where=str(row) if row else None,
    )
