"""The compiled engine gives the rows of the plain one, however the visits are laid out."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.tracing.worlds import World, visits_of, windows_of, worlds
from vungxanh.engines.tracing import Contacts, Parameters, TracingError, Visits, core, reference
from vungxanh.engines.tracing.caps import Caps, without_crowds
from vungxanh.engines.tracing.columns import latest_start
from vungxanh.engines.tracing.core import Embedded
from vungxanh.engines.tracing.kernel import LONG_S
from vungxanh.engines.tracing.store import Store, store_of, with_delta

MANY = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
BUCKETS = Embedded(threads=2, listed_rows=0)


def rows(found: Contacts) -> list[tuple[int, ...]]:
    return list(found.rows())


def expected(world: World) -> list[tuple[int, ...]]:
    asked = (world.visits, world.windows, world.parameters)
    return rows(reference.contacts(*asked, generations=world.generations, as_of=world.as_of))


def found(store: Store, world: World, *, meet: Embedded = BUCKETS) -> list[tuple[int, ...]]:
    return rows(
        core.contacts(
            store,
            world.windows,
            world.parameters,
            generations=world.generations,
            as_of=world.as_of,
            meet=meet,
        )
    )


def part(visits: Visits, chosen: np.ndarray) -> Visits:
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    return Visits(*(column[chosen] for column in columns))


@pytest.mark.slow
@pytest.mark.parametrize("meet", [Embedded(), BUCKETS], ids=["listed", "in buckets"])
def test_core_agrees_with_the_reference_on_nasty_worlds(meet: Embedded) -> None:
    @MANY
    @given(worlds)
    def agrees(world: World) -> None:
        assert found(store_of(world.visits), world, meet=meet) == expected(world)

    agrees()


@pytest.mark.slow
@MANY
@given(worlds, st.integers(1, 5))
def test_shards_agree_with_the_reference_on_nasty_worlds(world: World, n_shards: int) -> None:
    store = store_of(world.visits, n_shards=n_shards)
    assert found(store, world) == expected(world)
    assert found(store, world, meet=Embedded()) == expected(world)


@pytest.mark.slow
@MANY
@given(worlds, st.integers(0, 2**14 - 1), st.integers(1, 3))
def test_a_delta_is_as_good_as_laying_everything_out(
    world: World, mask: int, n_shards: int
) -> None:
    is_base = (mask >> np.arange(len(world.visits))) % 2 == 0
    base = store_of(part(world.visits, is_base), n_shards=n_shards)
    store = with_delta(base, part(world.visits, ~is_base))
    assert found(store, world) == expected(world)
    assert found(store, world, meet=Embedded()) == expected(world)


@pytest.mark.slow
@MANY
@given(worlds, st.integers(1, 6))
def test_crowds_left_out_are_as_if_nobody_had_been_there(world: World, crowd: int) -> None:
    as_of = latest_start(world.visits) if world.as_of is None else world.as_of
    quiet, _ = without_crowds(world.visits, crowd)
    asked = (world.windows, world.parameters)
    answer = core.contacts(
        store_of(world.visits),
        *asked,
        generations=world.generations,
        as_of=as_of,
        caps=Caps(crowd=crowd),
    )
    assert rows(answer) == expected(replace(world, visits=quiet, as_of=as_of))


@pytest.mark.slow
@pytest.mark.parametrize("meet", [Embedded(), BUCKETS], ids=["listed", "in buckets"])
def test_core_agrees_with_the_reference_on_a_busy_day(meet: Embedded) -> None:
    visits = busy_day(n_visits=900, n_persons=120, n_places=15)
    windows = windows_of([(person, 0, 86_400) for person in (3, 7, 11)])
    world = World(visits, windows, Parameters(latency_s=3600), 2, None)
    assert len(expected(world)) > 50
    assert found(store_of(visits, n_shards=3), world, meet=meet) == expected(world)


def busy_day(*, n_visits: int, n_persons: int, n_places: int) -> Visits:
    chance = np.random.default_rng(20_210_526)
    start = chance.integers(0, 86_400, n_visits)
    stay = chance.lognormal(7.8, 0.8, n_visits).astype(np.int64)
    end = np.where(chance.random(n_visits) < 0.6, Parameters().default_stay_s, stay) + start
    persons, places = (chance.integers(1, n, n_visits) for n in (n_persons, n_places))
    return Visits(persons, places, start, end)


def test_stays_over_two_hours_are_found_from_far_behind() -> None:
    visits = visits_of([(1, 1, 50_000, 60_000), (2, 1, 0, 59_000), (3, 1, 0, LONG_S)])
    contacts = core.contacts(store_of(visits), windows_of([(1, 0, 90_000)]), Parameters())
    assert rows(contacts) == [(2, 9_000, 50_000, 59_000, 1, 1, 1)]


def test_a_visit_costs_sixteen_bytes_in_both_copies() -> None:
    store = store_of(visits_of([(1, 1, 0, None)] * 1000))
    layers = (*store.by_person, *(rows for shard in store.shards for rows in shard.layers))
    assert sum(rows.words.nbytes + rows.stays.nbytes for rows in layers) == 16 * 1000


def test_a_delta_too_far_in_time_is_refused() -> None:
    store = store_of(visits_of([(1, 1, 0, 9000), (2, 1, 60, None)]))
    for start in (2**30, -(2**30)):
        with pytest.raises(TracingError) as refusal:
            with_delta(store, visits_of([(3, 1, start, None)]))
        assert refusal.value.code == "tracing.span_too_long"


def test_no_generation_is_refused() -> None:
    with pytest.raises(TracingError) as refusal:
        core.contacts(store_of(visits_of([])), windows_of([]), Parameters(), generations=0)
    assert (refusal.value.code, refusal.value.field) == ("tracing.bad_parameter", "generations")


def test_no_visits_give_no_contacts() -> None:
    nobody = visits_of([])
    assert len(core.contacts(store_of(nobody), windows_of([(1, 0, 9)]), Parameters())) == 0


@pytest.mark.parametrize(
    ("visits", "code"),
    [
        ([(1, 1, 0, None), (1, 1, 2**31, None)], "tracing.span_too_long"),
        ([(1, 1, 0, None), (1, 1, 5, 2**30)], "tracing.span_too_long"),
        ([(1, 1, 0, 9), (2, 1, 9, 8)], "tracing.out_before_in"),
        ([(1, 1, 2**41, None)], "tracing.time_out_of_range"),
    ],
    ids=["68 years apart", "a stay of 34 years", "out before in", "no second"],
)
def test_visits_that_cannot_be_laid_out_are_refused(
    visits: list[tuple[int, int, int, int | None]], code: str
) -> None:
    with pytest.raises(TracingError) as caught:
        store_of(visits_of(visits))
    assert caught.value.code == code


@pytest.mark.parametrize("as_of", [-(2**62), 2**62])
def test_a_moment_far_away_is_as_good_as_any(as_of: int) -> None:
    visits = visits_of([(1, 1, 0, None), (2, 1, 60, None)])
    asked = Parameters(default_stay_s=2**30)
    world = World(visits, windows_of([(1, 0, 2**31)]), asked, 2, as_of)
    assert found(store_of(visits), world) == expected(world)
