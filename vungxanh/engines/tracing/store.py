"""Visits laid out for tracing: sorted twice by time, once under each place, once under each person.

A row costs 10 bytes in each copy. Stays over two hours stand apart, so that a look into the past
of a place need not go further back than two hours for all others.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing.columns import checked_visits
from vungxanh.engines.tracing.kernel import NO_END, Int32s, Stays, Unsorted, scattered
from vungxanh.engines.tracing.types import MISSING, Int64s, TracingError, Visits
from vungxanh.refusals import Words

LONG_S: Final = 7200  # a stay over this stands apart
_SPAN: Final = 2**31 - 1  # seconds between the first and the last visit


@dataclass(frozen=True, slots=True)
class Copy:
    """Rows under each key, by time: key k has rows `starts[k]` to `starts[k + 1]`.

    `starts` int64 (n_keys + 1); `partner` int32, the other key; `t_in` int32, seconds after the
    store's `base`; `stay` uint16 seconds or `NO_END`, int64 for long stays.
    """

    starts: Int64s
    partner: Int32s
    t_in: Int32s
    stay: Stays


@dataclass(frozen=True, slots=True)
class Store:
    """Both copies of short and of long stays; `persons` and `places` are sorted ids (int64)."""

    persons: Int64s
    places: Int64s
    base: int
    latest: int
    by_place: Copy
    by_person: Copy
    long_by_place: Copy
    long_by_person: Copy


def store_of(visits: Visits) -> Store:
    """Lay visits out; they may come in any order.

    Raises what `checked_visits` does, and `tracing.span_too_long` for visits over 68 years apart.
    """
    checked_visits(visits)
    base = int(visits.t_in.min()) if len(visits) else 0
    latest = int(visits.t_in.max()) if len(visits) else 0
    if latest - base > _SPAN:
        raise _span_too_long()
    persons, person = np.unique(visits.person_id, return_inverse=True)
    places, place = np.unique(visits.place_id, return_inverse=True)
    order = np.argsort(visits.t_in, kind="stable")
    start = (visits.t_in[order] - base).astype(np.int32)
    known = visits.t_out[order] != MISSING
    length = np.where(known, visits.t_out[order] - visits.t_in[order], -1)
    codes = (place[order].astype(np.int32), person[order].astype(np.int32))
    sizes = (places.size, persons.size)
    short, long = length <= LONG_S, length > LONG_S
    stay = np.where(length < 0, NO_END, length)
    by_place, by_person = _copies(codes, sizes, start, stay=stay.astype(np.uint16), kept=short)
    far_place, far_person = _copies(codes, sizes, start, stay=length, kept=long)
    return Store(persons, places, base, latest, by_place, by_person, far_place, far_person)


def _copies(
    codes: tuple[Int32s, Int32s],
    sizes: tuple[int, int],
    start: Int32s,
    *,
    stay: Stays,
    kept: NDArray[np.bool_],
) -> tuple[Copy, Copy]:
    place, person = codes[0][kept], codes[1][kept]
    at, length = start[kept], stay[kept]
    return (
        Copy(*scattered(place, sizes[0], Unsorted(person, at, length))),
        Copy(*scattered(person, sizes[1], Unsorted(place, at, length))),
    )


def _span_too_long() -> TracingError:
    code = "tracing.span_too_long"
    return TracingError(
        code,
        Words(
            "Lượt vào đầu và cuối cách nhau hơn 68 năm: bỏ các dòng sai năm rồi làm lại.",
            "The first and the last visit are over 68 years apart: take out the rows with a wrong"
            " year and try again.",
        ),
        field="t_in",
    )
