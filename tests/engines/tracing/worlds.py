"""Small worlds full of nasty things: equal times, zero stays, missing ends, ids at the limits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from vungxanh.engines.tracing import MISSING, Parameters, Visits, Windows

LEAST, MOST = -(2**63), 2**63 - 1
PERSONS = (1, 2, 3, 4, 5, LEAST, MOST)
PLACES = (7, 8, LEAST, MOST)
MINUTE = 60


@dataclass(frozen=True, slots=True)
class World:
    """Visits, windows and what is asked."""

    visits: Visits
    windows: Windows
    parameters: Parameters
    generations: int
    as_of: int | None


def int64s(values: list[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """A column."""
    return np.array(values, dtype=np.int64)


def visits_of(rows: Sequence[tuple[int, int, int, int | None]]) -> Visits:
    """Visits from rows of person, place, in, out."""
    outs = [MISSING if row[3] is None else row[3] for row in rows]
    persons, places = int64s([row[0] for row in rows]), int64s([row[1] for row in rows])
    return Visits(persons, places, int64s([row[2] for row in rows]), int64s(outs))


def windows_of(rows: Sequence[tuple[int, int, int]]) -> Windows:
    """Windows from rows of person, from, until."""
    return Windows(*(int64s([row[at] for row in rows]) for at in (0, 1, 2)))


times = st.integers(0, 40).map(lambda step: step * 5 * MINUTE)
lengths = st.one_of(st.none(), st.sampled_from([0, 1, 14, 15, 16, 60, 300]))


@st.composite
def visit_rows(draw: st.DrawFn) -> tuple[int, int, int, int | None]:
    """One visit."""
    start, length = draw(times), draw(lengths)
    end = None if length is None else start + length * MINUTE
    return draw(st.sampled_from(PERSONS)), draw(st.sampled_from(PLACES)), start, end


@st.composite
def window_rows(draw: st.DrawFn) -> tuple[int, int, int]:
    """One window, perhaps empty."""
    start = draw(times)
    return draw(st.sampled_from(PERSONS)), start, start + draw(times)


seconds = st.sampled_from([0, 1, 600, 900, 3600])
worlds = st.builds(
    World,
    visits=st.lists(visit_rows(), max_size=14).map(visits_of),
    windows=st.lists(window_rows(), max_size=4).map(windows_of),
    parameters=st.builds(
        Parameters,
        default_stay_s=seconds,
        min_overlap_s=seconds,
        linger_s=seconds,
        latency_s=seconds,
    ),
    generations=st.integers(1, 3),
    as_of=st.one_of(st.none(), times),
)
