"""Small worlds full of nasty things: equal seconds, midnights, far places, ids at the limits."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from hypothesis import strategies as st

from vungxanh.engines.stays import IN, OUT, Corrections, Parameters, Points, Scans, Visits

LEAST, MOST = -(2**63), 2**63 - 1
PERSONS = (1, 2, LEAST, MOST)
MINUTE, HOUR, DAY = 60, 3600, 86_400
MIDNIGHT = 1_614_531_600
"""1 March 2021, 00:00 in Việt Nam."""
SPOTS = ((21.03, 105.85), (21.10, 105.95), (21.03, 106.10), (10.78, 106.70), (float("nan"),) * 2)
USUAL = (0, 30, 20 * MINUTE, HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR)

Row = tuple[int, int, int, int, int]  # person, point, at, direction, entrance
Said = tuple[int, int, int]  # scan, from, until


@dataclass(frozen=True, slots=True)
class World:
    """Scans, points and what is asked."""

    scans: Scans
    points: Points
    corrections: Corrections
    parameters: Parameters
    as_of: int | None


def scans_of(rows: Sequence[Row]) -> Scans:
    """Scans from rows."""
    person, point, at, direction, entrance = np.array(rows, np.int64).reshape(-1, 5).T.copy()
    return Scans(
        person,
        point.astype(np.int32),
        at,
        direction.astype(np.int8),
        entrance.astype(np.int16),
    )


def rows_of(scans: Scans) -> list[Row]:
    """Rows of scans."""
    columns = (scans.person_id, scans.point, scans.at, scans.direction, scans.entrance)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def corrections_of(rows: Sequence[Said]) -> Corrections:
    """Corrections from rows."""
    return Corrections(*np.array(rows, np.int64).reshape(-1, 3).T.copy())


def points_of(usual: Sequence[int], spots: Sequence[tuple[float, float]] | None = None) -> Points:
    """Points from usual stays, and where they are."""
    if spots is None:
        return Points(np.array(usual, np.int64))
    north, east = np.array(spots, np.float64).reshape(-1, 2).T.copy()
    return Points(np.array(usual, np.int64), north, east)


def same(some: Visits, others: Visits) -> bool:
    """Whether both are the same visits, in the same kinds of columns."""
    pairs = [(getattr(some, one.name), getattr(others, one.name)) for one in fields(Visits)]
    return all(a.dtype == b.dtype and a.tolist() == b.tolist() for a, b in pairs)


times = st.builds(
    lambda step, off: MIDNIGHT + step * 30 * MINUTE + off,
    st.integers(-10, 80),
    st.sampled_from([0, 0, 0, -61, -60, -1, 1, 30, 59, 60, 61, 600]),
)
N_POINTS = 5
scan_rows = st.tuples(
    st.sampled_from(PERSONS),
    st.integers(0, N_POINTS - 1),
    times,
    st.sampled_from([IN, IN, OUT]),
    st.integers(0, 2),
)
points = st.builds(
    points_of,
    st.lists(st.sampled_from(USUAL), min_size=N_POINTS, max_size=N_POINTS),
    st.one_of(st.none(), st.lists(st.sampled_from(SPOTS), min_size=N_POINTS, max_size=N_POINTS)),
)
parameters = st.builds(
    Parameters,
    same_s=st.sampled_from([0, 60, 600]),
    longest_s=st.sampled_from([0, 3 * HOUR, 18 * HOUR]),
    overnight_s=st.sampled_from([0, 8 * HOUR, 2**30]),
    far_m=st.sampled_from([0, 20_000]),
    fastest_kmh=st.sampled_from([0, 30, 120]),
)


@st.composite
def worlds(draw: st.DrawFn, *, is_corrected: bool = True, most: int = 14) -> World:
    """Scans of few persons, some of their visits corrected."""
    scans = draw(st.lists(scan_rows, max_size=most))
    said: list[Said] = []
    if is_corrected and scans:
        at = st.integers(0, len(scans) - 1)
        for row in draw(st.lists(at, max_size=3)):
            start, end = sorted((draw(times), draw(times)))
            said.append((row, start, end))
    return World(
        scans_of(scans),
        draw(points),
        corrections_of(said),
        draw(parameters),
        draw(st.one_of(st.none(), times)),
    )
