"""Sightings at the door: checked, and in one order whatever order they came in."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.risk import refusals
from vungxanh.engines.risk.parameters import MOST_DB
from vungxanh.engines.risk.types import MISSING, Int64s, Scans

LATEST: Final = 2**37  # seconds since 1970, the year 6325: every day until then has a date


def scans_of(at: Int64s, attenuation_db: Int64s, *, previous: Int64s | None = None) -> Scans:
    """Sightings by time, then strongest first; the scan before is not known where not given.

    Raises `risk.unequal_columns`, `risk.bad_sightings` naming the first bad row as it came.
    """
    unknown = np.full(len(at), MISSING, np.int64)
    scans = Scans(at, unknown if previous is None else previous, attenuation_db)
    _check(scans)
    order = np.lexsort((scans.previous, scans.attenuation_db, scans.at))
    return Scans(scans.at[order], scans.previous[order], scans.attenuation_db[order])


def ordered(scans: Scans) -> Scans:
    """The same sightings, checked and by time. Raises as `scans_of`."""
    return scans_of(scans.at, scans.attenuation_db, previous=scans.previous)


def _check(scans: Scans) -> None:
    columns = (scans.at, scans.previous, scans.attenuation_db)
    if any(one.dtype != np.int64 or one.shape != (len(scans),) for one in columns):
        raise refusals.unequal_columns()
    _refuse((scans.at < 0) | (scans.at > LATEST), "at")
    is_known = scans.previous != MISSING
    is_before = (scans.previous >= 0) & (scans.previous <= scans.at)
    _refuse(is_known & ~is_before, "previous")
    _refuse((scans.attenuation_db < 0) | (scans.attenuation_db > MOST_DB), "attenuation_db")


def _refuse(is_bad: NDArray[np.bool_], field: str) -> None:
    if is_bad.any():
        raise refusals.bad_sightings(field, int(is_bad.argmax()) + 1)
