"""Visits made of scans, of whole persons at once. The definition stands in README.md."""

import numpy as np

from vungxanh.engines.stays import correcting
from vungxanh.engines.stays.columns import Table, check, points_table, table_of
from vungxanh.engines.stays.kernel import Gathered, Given, Written, doubt, gather, tell
from vungxanh.engines.stays.rules import Asked
from vungxanh.engines.stays.types import (
    NONE,
    Corrections,
    Int32s,
    Int64s,
    Parameters,
    Points,
    Scans,
    Visits,
)
from vungxanh.engines.tracing.columns import FARTHEST, within

_KINDS = ("i8", "i4", "i8", "i8", "i1", "i1", "i2", "i2")
_NOTHING = np.empty(0, np.int64)
_UNCORRECTED = Corrections(_NOTHING, _NOTHING, _NOTHING)


def visits_of(
    scans: Scans,
    points: Points,
    *,
    corrections: Corrections = _UNCORRECTED,
    parameters: Parameters | None = None,
    as_of: int | None = None,
) -> Visits:
    """The visits that the scans of some persons mean, all of theirs, in any order.

    Scans after `as_of` do not exist, and no end is assumed after it. Of scans that are alike in
    every column the first given counts as the first. Raises `stays.bad_value`.
    """
    check(scans, points, corrections)
    now = 2 * FARTHEST if as_of is None else within(as_of)
    walking = _Walking(points_table(points), _asked(parameters or Parameters(), now), len(scans))
    table = table_of(scans, now)
    if not len(corrections):
        return walking.visits(table, _NOTHING)
    part, rest = correcting.parts_of(table, corrections)
    scanned = walking.visits(part, _NOTHING)
    fixed = correcting.fixed_of(scanned, corrections)
    said = walking.visits(correcting.with_fixed(part, scanned, fixed), fixed.t_out)
    correcting.settle(said, scanned, fixed)
    return correcting.joined(said, walking.visits(rest, _NOTHING))


class _Walking:
    """Walks over tables of scans of one question."""

    def __init__(self, points: Int32s, asked: Asked, n_scans: int) -> None:
        self._points = points
        self._asked = asked
        self._n_scans = n_scans

    def visits(self, table: Table, until: Int64s) -> Visits:
        """The visits of a table in which corrected visits last `until`."""
        given = Given(table.events, until, self._points, self._asked)
        room = Gathered(*(np.empty(len(table.row), kind) for kind in ("i8", "i8", "u1", "i8")))
        n = gather(given, room)
        first, last, doubts, visit_of = room
        gathered = Gathered(first[:n], last[:n], doubts[:n], visit_of)
        written = Written(*[*(np.empty(n, kind) for kind in _KINDS), doubts[:n]])
        tell(given, gathered, written)
        doubt(given, gathered, written)
        if table.is_as_given:
            return Visits(*written, first=first[:n], visit_of=visit_of)
        of_row = np.full(self._n_scans, NONE, np.int64)
        of_row[table.row] = visit_of
        return Visits(*written, first=table.row[first[:n]], visit_of=of_row)


def _asked(parameters: Parameters, now: int) -> Asked:
    return Asked(
        same=parameters.same_s,
        longest=parameters.longest_s,
        overnight=parameters.overnight_s,
        far=parameters.far_m,
        fastest=parameters.fastest_kmh,
        now=now,
    )
