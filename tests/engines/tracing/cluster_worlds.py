"""Small worlds for clusters: few people and places, so that they share slots; times around 1970."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from tests.engines.tracing.worlds import LEAST, MINUTE, MOST, visits_of, windows_of
from vungxanh.engines.tracing import MISSING, Visits, Windows
from vungxanh.engines.tracing.cluster_types import ClusterParameters

PERSONS = (1, 2, 3, 4, 5, LEAST, MOST)
PLACES = (7, LEAST, MOST)


@dataclass(frozen=True, slots=True)
class ClusterWorld:
    """Visits, windows and what is asked."""

    visits: Visits
    windows: Windows
    parameters: ClusterParameters
    as_of: int | None


times = st.one_of(st.integers(-8, 8).map(lambda step: step * 5 * MINUTE), st.integers(-2500, 2500))
lengths = st.one_of(st.none(), st.sampled_from([0, 0, 1, 299, 300, 3600, 7200, 7201, 20_000]))
persons = st.sampled_from(PERSONS)


@st.composite
def visit_rows(draw: st.DrawFn) -> tuple[int, int, int, int | None]:
    """One visit."""
    start, length = draw(times), draw(lengths)
    end = None if length is None else start + length
    return draw(persons), draw(st.sampled_from(PLACES)), start, end


@st.composite
def window_rows(draw: st.DrawFn) -> tuple[int, int, int]:
    """One window: empty, short or over everything."""
    start = draw(st.one_of(times, st.just(-10_000)))
    return draw(persons), start, start + draw(st.sampled_from([0, 1, 300, 5000, 30_000, 30_000]))


parameters = st.builds(
    ClusterParameters,
    default_stay_s=st.sampled_from([0, 1, 600, 3600, 10_000]),
    slot_s=st.sampled_from([300, 997, 3600, 3601, 7200, 100_000]),
    min_cases=st.integers(1, 3),
    origin_s=st.sampled_from([-25_200, 0, 1, -1, 10**9 + 7]),
)
lonely_worlds = st.builds(
    ClusterWorld,
    visits=st.lists(visit_rows(), max_size=14).map(visits_of),
    windows=st.lists(window_rows(), max_size=6).map(windows_of),
    parameters=parameters,
    as_of=st.one_of(st.none(), times),
)


@st.composite
def busy_worlds(draw: st.DrawFn) -> ClusterWorld:
    """A crowd in three places, drawn by chance: what Hypothesis alone seldom brings together."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    person, place = chance.choice(PERSONS, 40), chance.choice(PLACES, 40)
    starts = chance.integers(-6, 7, 40) * 600 + chance.choice([0, 0, 0, 1, -1], 40)
    ends = starts + chance.choice([0, 1, 599, 600, 3600, 7201, 20_000], 40)
    visits = Visits(person, place, starts, np.where(chance.random(40) < 0.4, MISSING, ends))
    since = chance.choice([-10_000, -600, 0, 1], 12)
    until = since + chance.choice([0, 600, 5000, 30_000, 30_000], 12)
    windows = Windows(chance.choice(PERSONS, 12), since, until)
    as_of = draw(st.sampled_from([None, None, 0, 1800, -2400, 2**33]))
    return ClusterWorld(visits, windows, draw(parameters), as_of)


cluster_worlds = st.one_of(lonely_worlds, busy_worlds())
