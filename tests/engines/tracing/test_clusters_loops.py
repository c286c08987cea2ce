"""What the compiled clusters do where small worlds do not lead: crowds, years, refusals."""

import numpy as np
import pytest

from tests.engines.tracing.worlds import LEAST, MOST, int64s, visits_of, windows_of
from vungxanh.engines.tracing import TracingError, Visits, Windows, reference_clusters
from vungxanh.engines.tracing.cluster_kernel import (
    LEAST_TAG_BITS,
    MOST_TAG_BITS,
    Present,
    Stretches,
    counted,
    named,
    runs,
    tag_bits,
    united,
)
from vungxanh.engines.tracing.cluster_types import ClusterParameters
from vungxanh.engines.tracing.clusters import clusters, present
from vungxanh.engines.tracing.store import store_of

YEAR = 365 * 86_400
SECONDS = ClusterParameters(slot_s=1, min_cases=2)


def stretches(rows: list[tuple[int, int, int]]) -> Stretches:
    """Stretches from rows of key, first, last."""
    return Stretches(*(int64s(list(column)) for column in zip(*rows, strict=True)))


def left(rows: list[tuple[int, int, int]]) -> list[tuple[int, ...]]:
    """What is left when stretches are united."""
    given = stretches(rows)
    n = united(given)
    return list(zip(*(column[:n].tolist() for column in given), strict=True))


def test_stretches_of_one_key_that_overlap_become_one() -> None:
    rows = [(1, 5, 9), (1, 0, 2), (1, 2, 3), (1, 6, 7), (2, 4, 4), (2, 4, 4), (3, 0, 1), (3, 2, 3)]
    assert left(rows) == [(1, 0, 3), (1, 5, 9), (2, 4, 4), (3, 0, 1), (3, 2, 3)]


def test_runs_say_how_many_cover_them() -> None:
    given = stretches([(1, 0, 9), (1, 2, 4), (1, 4, 6), (2, 0, 0)])
    assert runs(given, 2).tolist() == [[1, 2, 4, 2], [1, 4, 5, 3], [1, 5, 7, 2]]


@pytest.mark.parametrize("n_persons", [50, 40_000, 5_000_000])
@pytest.mark.parametrize("n_here", [0, 1, 3000, 60_000, 100_000])
def test_different_people_are_counted_however_many_come(n_here: int, n_persons: int) -> None:
    people = np.random.default_rng(n_here).integers(0, n_persons, n_here).astype(np.int32)
    marks, names = np.zeros(n_persons // 64 + 1, np.uint64), np.full(n_here, -1, np.int32)
    tags = np.full(1 << MOST_TAG_BITS, 7, np.uint16)
    room = Present(people, np.empty(0, np.int64), np.empty(n_here, np.int32), tags, marks, names)
    expected = np.unique(people)
    assert counted(room, n_here) == expected.size
    assert named(people, marks, names) == expected.size
    assert np.sort(names[: expected.size]).tolist() == expected.tolist()
    assert not marks.any()


@pytest.mark.parametrize("n_here", [0, 4096, 4097, 10**6])
@pytest.mark.parametrize("n_persons", [1, 10**7, 10**9, 2**31 - 1])
def test_a_tag_tells_all_people_of_a_place_in_the_table_apart(n_here: int, n_persons: int) -> None:
    bits = tag_bits(n_here, n_persons)
    assert LEAST_TAG_BITS <= bits <= MOST_TAG_BITS
    assert (n_persons >> bits) + 1 < 2**16


def crowd(n_visits: int) -> tuple[Visits, Windows]:
    """Three days in eight places: stays of minutes and of days, many without an end."""
    chance = np.random.default_rng(11)
    start = chance.integers(0, 3 * 86_400, n_visits)
    length = np.minimum(chance.lognormal(np.log(2400), 1.5, n_visits), 200_000).astype(np.int64)
    end = np.where(chance.random(n_visits) < 0.4, np.iinfo(np.int64).min, start + length)
    persons, places = chance.integers(0, 90, n_visits), chance.integers(0, 8, n_visits)
    windows = windows_of([(person, 40_000, 220_000) for person in range(0, 90, 4)])
    return Visits(persons, places, start, end), windows


@pytest.mark.slow
def test_clusters_of_a_crowd_agree_with_the_plain_ones() -> None:
    visits, windows = crowd(4000)
    asked = ClusterParameters(min_cases=4)
    expected = reference_clusters.clusters(visits, windows, asked)
    people = reference_clusters.present(visits, windows, asked, clusters=expected)
    store = store_of(visits, n_shards=3)
    assert len(expected) > 50
    assert list(clusters(store, windows, asked).rows()) == list(expected.rows())
    found = present(store, windows, asked, clusters=expected)
    assert list(found.rows()) == list(people.rows())
    assert len(found) == expected.n_present.sum()
    assert found.is_case.sum() == expected.n_cases.sum()


def test_stays_of_years_cost_what_they_share_not_what_they_touch() -> None:
    store = store_of(visits_of([(1, 9, 0, 10 * YEAR), (2, 9, 10 * YEAR - 5, 20 * YEAR)]))
    windows = windows_of([(1, 0, 30 * YEAR), (2, 0, 30 * YEAR)])
    found = clusters(store, windows, SECONDS)
    assert found.slot_from.tolist() == [10 * YEAR - back for back in (5, 4, 3, 2, 1)]


def test_more_clusters_than_anyone_could_read_are_refused() -> None:
    store = store_of(visits_of([(1, 9, 0, YEAR), (2, 9, 0, YEAR)]))
    with pytest.raises(TracingError) as refusal:
        clusters(store, windows_of([(1, 0, YEAR), (2, 0, YEAR)]), SECONDS)
    assert refusal.value.code == "tracing.too_many_clusters"
    assert "31.536.000" in refusal.value.words.vi


@pytest.mark.slow
def test_more_people_present_than_memory_should_hold_are_refused() -> None:
    visits = visits_of([(person, 9, 0, 10_000) for person in range(3001)])
    asked, windows = ClusterParameters(slot_s=1, min_cases=1), windows_of([(1, 0, 10_000)])
    store = store_of(visits)
    found = clusters(store, windows, asked)
    with pytest.raises(TracingError) as refusal:
        present(store, windows, asked, clusters=found)
    assert refusal.value.code == "tracing.too_many_present"


def test_nobody_and_nowhere_make_no_clusters() -> None:
    empty = store_of(visits_of([]))
    assert len(clusters(empty, windows_of([(1, 0, 9)]), SECONDS)) == 0
    assert len(clusters(empty, windows_of([]), SECONDS)) == 0


def test_clusters_of_another_store_have_nobody_here() -> None:
    visits = [(LEAST, MOST, 0, 60), (MOST, MOST, 0, 60)]
    windows = windows_of([(LEAST, -1, 99), (MOST, -1, 99)])
    found = clusters(store_of(visits_of(visits)), windows, ClusterParameters(min_cases=2))
    other = store_of(visits_of([(1, 9, 0, 60)]))
    assert len(found) == 1
    assert len(present(other, windows, ClusterParameters(), clusters=found)) == 0


def test_windows_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(TracingError) as refusal:
        clusters(store_of(visits_of([(1, 9, 0, 60)])), windows_of([(1, 9, 3)]), SECONDS)
    assert refusal.value.code == "tracing.window_reversed"


def test_progress_hears_of_every_cluster_and_can_stop_the_search() -> None:
    store = store_of(visits_of([(1, 9, 0, 50_000), (2, 9, 0, 50_000)]))
    windows, heard = windows_of([(1, 0, 50_000), (2, 0, 50_000)]), []
    clusters(store, windows, SECONDS, progress=lambda done, of: heard.append((done, of)))
    assert heard == [(20_000, 50_000), (40_000, 50_000), (50_000, 50_000)]

    def stop(done: int, of: int) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        clusters(store, windows, SECONDS, progress=stop)


def test_an_assumed_stay_longer_than_a_short_one_reaches_as_far_as_it_lasts() -> None:
    cases = [(1, 9, 9000, 9600), (2, 9, 9000, 9600)]
    store = store_of(visits_of([(3, 9, 0, None), *cases, (4, 8, 50_000, None)]))
    windows = windows_of([(1, 0, 50_000), (2, 0, 50_000)])
    asked = ClusterParameters(default_stay_s=10_000, slot_s=600, min_cases=2, origin_s=0)
    assert clusters(store, windows, asked).n_present.tolist() == [3]
