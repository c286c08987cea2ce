"""What tracing takes and gives: visits, windows of cases, parameters; contacts.

Times are unix seconds (int64), durations seconds, persons and places any int64. A missing end is
`MISSING`, the least int64. All arrays are one-dimensional, of one length, C-contiguous.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.refusals import RefusalError, Words

Int64s = NDArray[np.int64]

MISSING: Final = np.iinfo(np.int64).min
_LONGEST: Final = 2**30
# The output columns of contacts, in their order.
COLUMNS: Final = (
    "person_id",
    "overlap_s",
    "first_at",
    "last_at",
    "n_places",
    "n_pairs",
    "generation",
)


class TracingError(RefusalError):
    """Visits, windows or a store that tracing cannot work with."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What counts as a contact; all in seconds, from 0 to 2**30 (34 years).

    `default_stay_s` stands in for a missing end; a direct pair shares `min_overlap_s`; a lingering
    one comes within `linger_s` of the end; the next generation is infectious `latency_s` after its
    first exposure. The definition stands in README.md.
    """

    default_stay_s: int = 3600
    min_overlap_s: int = 900
    linger_s: int = 600
    latency_s: int = 172_800

    def __post_init__(self) -> None:
        """Refuse `tracing.bad_parameter` outside."""
        for field in fields(self):
            if not 0 <= getattr(self, field.name) <= _LONGEST:
                raise bad_parameter(field.name)


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits by column, in any order; `t_out` is `MISSING` where not known, else ≥ `t_in`."""

    person_id: Int64s
    place_id: Int64s
    t_in: Int64s
    t_out: Int64s

    def __len__(self) -> int:
        return len(self.t_in)


@dataclass(frozen=True, slots=True)
class Windows:
    """When cases were infectious, [from, until); several rows of one person are several windows."""

    person_id: Int64s
    infectious_from: Int64s
    infectious_until: Int64s

    def __len__(self) -> int:
        return len(self.person_id)


@dataclass(frozen=True, slots=True)
class Contacts:
    """One row a contact, by generation, then overlap, places, last time descending, then person.

    `warnings` say what a person should know: caps that were reached, an answer that is everyone.
    """

    person_id: Int64s
    overlap_s: Int64s
    first_at: Int64s
    last_at: Int64s
    n_places: Int64s
    n_pairs: Int64s
    generation: Int64s
    warnings: tuple[Words, ...] = ()

    def __len__(self) -> int:
        return len(self.person_id)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Rows of plain integers in the order of `COLUMNS`."""
        columns = (getattr(self, name).tolist() for name in COLUMNS)
        return zip(*columns, strict=True)


def bad_parameter(name: str) -> TracingError:
    """A parameter below zero, or longer than a store reaches."""
    code = "tracing.bad_parameter"
    return TracingError(
        code,
        Words(
            f"Tham số {name} nằm ngoài khoảng cho phép (giây từ 0 đến 1.073.741.824; số vòng từ 1):"
            " sửa lại.",
            f"The parameter {name} is out of bounds (seconds from 0 to 1,073,741,824; generations"
            " from 1): mend it.",
        ),
        field=name,
    )
