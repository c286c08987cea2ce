"""What enters, checked; scans in the order in which they are walked through."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.stays.kernel import Events, is_in_order
from vungxanh.engines.stays.types import (
    EARTH_M,
    IN,
    LONGEST_S,
    OUT,
    Corrections,
    Float64s,
    Int32s,
    Int64s,
    Points,
    Scans,
    bad_value,
)
from vungxanh.engines.tracing.columns import FARTHEST, order_of

_WORD_BITS = 63
_NOWHERE = np.iinfo(np.int32).min
_TIMES = (-FARTHEST, FARTHEST)


@dataclass(frozen=True, slots=True)
class Table:
    """Scans by person, time, point, direction and entrance.

    `row` int64, where each stood; `is_as_given` if that is where it stands, and none is missing.
    """

    events: Events
    row: Int64s
    is_as_given: bool = False


class _Key(NamedTuple):
    """A part of what scans are ordered by: int64 (n), from `least`, in `bits`."""

    column: NDArray[np.signedinteger]
    least: int
    bits: int


def check(scans: Scans, points: Points, corrections: Corrections) -> None:
    """Refuse `stays.bad_value` where columns differ in length or a value is out of bounds."""
    for name, column in _named(scans, "person_id", "point", "direction", "entrance"):
        _check_length(name, column, len(scans))
    _check(scans.point, "point", (0, len(points) - 1))
    _check(scans.at, "at", _TIMES)
    _check(scans.direction, "direction", (IN, OUT))
    _check(scans.entrance, "entrance", (0, np.iinfo(np.int16).max))
    _check_points(points)
    for name, column in _named(corrections, "t_in", "t_out"):
        _check_length(name, column, len(corrections))
        _check(column, name, _TIMES)
    _check(corrections.scan, "scan", (0, len(scans) - 1))
    _check(corrections.t_out - corrections.t_in, "t_out", (0, 2 * FARTHEST))


def table_of(scans: Scans, as_of: int) -> Table:
    """Scans not after `as_of`, in order; of equal ones the first given is first."""
    events = Events(scans.person_id, scans.point, scans.at, scans.direction, scans.entrance)
    row = np.arange(len(scans))
    is_whole = bool((scans.at <= as_of).all())
    if not is_whole:
        row = np.flatnonzero(scans.at <= as_of)
        events = rows_of(events, row)
    if is_in_order(events):
        return Table(events, row, is_as_given=is_whole)
    order = _order(events)
    return Table(rows_of(events, order), row[order])


def rows_of(events: Events, rows: Int64s | NDArray[np.bool_]) -> Events:
    """Some rows of all columns."""
    return Events(
        events.person[rows],
        events.point[rows],
        events.at[rows],
        events.direction[rows],
        events.entrance[rows],
    )


def points_table(points: Points) -> Int32s:
    """One row a point, int32 (n, 4): usual stay, metres from the middle of the Earth.

    The first metres are the least int32 where nobody knows where the point is.
    """
    table = np.full((len(points), 4), _NOWHERE, np.int32)
    table[:, 0] = points.usual_s
    if points.latitude is None or points.longitude is None:
        return table
    north, east = np.radians(points.latitude), np.radians(points.longitude)
    axes = (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    metres = np.rint(np.stack(axes, axis=1) * EARTH_M)
    known = ~np.isnan(metres).any(axis=1)
    table[known, 1:] = metres[known]
    return table


def _order(events: Events) -> Int64s:
    """Columns packed into few numbers, sorted from the lowest."""
    order: Int64s | None = None
    person, point, at, direction, entrance = events
    word, bits = np.zeros(len(at), np.uint64), 0
    for key in (_key(entrance), _key(direction), _key(point), _key(at), _key(person)):
        if bits + key.bits > _WORD_BITS:
            order = _refined(order, word, bits)
            word, bits = np.zeros(len(at), np.uint64), 0
        shifted = key.column.astype(np.uint64) - np.uint64(key.least % 2**64)
        word |= shifted << np.uint64(bits)
        bits += key.bits
    return _refined(order, word, bits)


def _key(column: NDArray[np.signedinteger]) -> _Key:
    least, most = int(column.min()), int(column.max())
    return _Key(column, least, (most - least).bit_length())


def _refined(order: Int64s | None, word: NDArray[np.uint64], bits: int) -> Int64s:
    """The order by a word where an order by lower ones is known."""
    keys = word.view(np.int64)
    if order is None:
        return order_of(keys, bits)
    return order[order_of(keys[order], bits)]


def _check_points(points: Points) -> None:
    _check(points.usual_s, "usual_s", (0, LONGEST_S))
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees: Float64s | None = getattr(points, name)
        if degrees is not None:
            _check_length(name, degrees, len(points))
            _refuse(np.flatnonzero(abs(degrees) > most), name)


def _named(table: Scans | Corrections, *names: str) -> list[tuple[str, Int64s]]:
    return [(name, getattr(table, name)) for name in names]


def _check_length(name: str, column: Int64s | Float64s, n: int) -> None:
    if len(column) != n:
        raise bad_value(name, min(len(column), n) + 1)


def _check(column: NDArray[np.signedinteger], name: str, bounds: tuple[int, int]) -> None:
    """Refuse values outside of bounds; least and greatest are found without a copy."""
    least, most = bounds
    if len(column) and (column.min() < least or column.max() > most):
        _refuse(np.flatnonzero((column < least) | (column > most)), name)


def _refuse(rows: Int64s, name: str) -> None:
    if rows.size:
        raise bad_value(name, int(rows[0]) + 1)
