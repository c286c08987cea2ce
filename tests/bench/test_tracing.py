"""The benchmark of tracing: its visits, that peers answer the same, that a miss is seen."""

from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from bench.tracing import answer
from bench.tracing_peers import PARAMETERS, DuckDb, Pandas, by_person
from bench.tracing_timing import Timed, row, times_faster
from bench.tracing_visits import BASE, DAY_S, N_DAYS, Town, town
from vungxanh.checkins.gateways.visit_files import read_visits
from vungxanh.engines.tracing import core
from vungxanh.engines.tracing.store import Store, store_of

N_VISITS = 20_000


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """A town of twenty thousand visits."""
    return town(tmp_path_factory.mktemp("town"), N_VISITS)


@pytest.fixture(scope="module")
def store(small: Town) -> Store:
    """Its visits, laid out in memory."""
    return store_of(read_visits([small.visits]))


@pytest.mark.slow
def test_visits_come_by_time_within_their_days(small: Town) -> None:
    visits = pq.read_table(small.visits)
    t_in = visits["t_in"].to_numpy()
    assert len(visits) == N_VISITS
    assert np.all(np.diff(t_in) >= 0)
    assert t_in[0] >= BASE
    assert t_in[-1] < BASE + N_DAYS * DAY_S
    assert pc.min_max(visits["person_id"]).as_py() == {"min": 1, "max": small.n_persons}
    assert 0.58 < visits["t_out"].null_count / N_VISITS < 0.62


@pytest.mark.slow
def test_visits_and_cases_are_the_same_each_time(small: Town, tmp_path: Path) -> None:
    again = town(tmp_path, N_VISITS)
    assert pq.read_table(again.visits).equals(pq.read_table(small.visits))
    assert again.cases(100).read_bytes() == small.cases(100).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("form", ["place", "slot"])
def test_duckdb_gives_our_contacts(small: Town, store: Store, form: str) -> None:
    windows, peer = small.windows(100), DuckDb(small)
    peer.ask(windows)
    ours = answer(core.contacts(store, windows, PARAMETERS))
    assert len(ours) > 100
    assert np.array_equal(ours, by_person(peer.contacts(form, threads=1)))


@pytest.mark.slow
def test_duckdb_gives_our_contacts_of_contacts(small: Town, store: Store) -> None:
    windows, peer = small.windows(100), DuckDb(small)
    found = core.contacts(store, windows, PARAMETERS, generations=2)
    theirs = by_person(peer.second_generation(windows, "slot", threads=1))
    assert len(theirs) > 100
    assert np.array_equal(answer(found, 2), theirs)


@pytest.mark.slow
def test_pandas_gives_our_contacts(small: Town, store: Store) -> None:
    windows = small.windows(100)
    theirs = by_person(Pandas(small).contacts(windows))
    assert np.array_equal(answer(core.contacts(store, windows, PARAMETERS)), theirs)


def test_a_ratio_below_its_least_is_a_miss() -> None:
    ours, peer = Timed(1.0, 1.0), Timed(3.9, 4.0)
    assert not times_faster("contacts", ours, peer, least=4.0).is_within
    assert times_faster("contacts", ours, peer, least=3.9).is_within


def test_a_time_over_its_limit_is_a_miss() -> None:
    assert not row("contacts", Timed(0.011, 0.02), limit=10.0, note="").is_within
    assert row("contacts", Timed(0.009, 0.02), limit=10.0, note="").is_within
