"""Small worlds for clusters: few people and places, so that they share slots; times around 1970."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.engines.tracing.worlds import LEAST, MINUTE, MOST, visits_of, windows_of
from vungxanh.engines.tracing import Visits, Windows
from vungxanh.engines.tracing.cluster_types import ClusterParameters

PERSONS = (1, 2, 3, LEAST, MOST)
PLACES = (7, LEAST, MOST)


@dataclass(frozen=True, slots=True)
class ClusterWorld:
    """Visits, windows and what is asked."""

    visits: Visits
    windows: Windows
    parameters: ClusterParameters
    as_of: int | None


times = st.one_of(
    st.integers(-20, 20).map(lambda step: step * 5 * MINUTE), st.integers(-6000, 6000)
)
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
    start = draw(times)
    return draw(persons), start, start + draw(st.sampled_from([0, 1, 300, 5000, 30_000]))


cluster_worlds = st.builds(
    ClusterWorld,
    visits=st.lists(visit_rows(), max_size=14).map(visits_of),
    windows=st.lists(window_rows(), max_size=6).map(windows_of),
    parameters=st.builds(
        ClusterParameters,
        default_stay_s=st.sampled_from([0, 1, 600, 3600, 10_000]),
        slot_s=st.sampled_from([300, 301, 997, 3600, 7200, 100_000]),
        min_cases=st.integers(1, 3),
        origin_s=st.sampled_from([-25_200, 0, 1, -1, 10**9 + 7]),
    ),
    as_of=st.one_of(st.none(), times),
)
