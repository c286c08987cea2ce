"""The cube against its plain twin on small nations, and laws that hold on all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vungxanh.engines.coverage import CoverageError, Row, reference, share_percent
from vungxanh.engines.coverage.cube import Cube, CubeShape, LevelSheet, Tree

pytestmark = pytest.mark.slow

FIRST_DAY = date(2021, 5, 1)
N_DAYS = 20
Event = tuple[int, int, bool, int]


@dataclass(frozen=True)
class World:
    """A small nation: parent indices per level, the bases of all levels, and what happened."""

    tree: Tree
    bases: tuple[NDArray[np.int64], ...]
    events: tuple[Event, ...]

    @property
    def shape(self) -> CubeShape:
        return CubeShape(self.tree.sizes[0], FIRST_DAY, N_DAYS)

    @property
    def paths(self) -> list[list[int]]:
        paths = [[commune] for commune in range(self.tree.sizes[0])]
        for above in self.tree.parents:
            paths = [[*path, int(above[path[-1]])] for path in paths]
        return paths


@pytest.fixture(scope="module", autouse=True)
def compiled_loops() -> None:
    """Compile once, so that no property is timed while it compiles."""
    tree = Tree((np.zeros(1, np.int32),))
    cube = Cube.recount(CubeShape(1, FIRST_DAY, 1), [[batch_of([(0, 0, True, 1)])]])
    cube.roll_up(tree, tree.summed_bases(np.array([1])))


@st.composite
def parents(draw: st.DrawFn, n_units: int) -> NDArray[np.int32]:
    """Every unit has a parent, every parent a unit, in no particular order."""
    n_above = draw(st.integers(1, n_units))
    rest = draw(st.lists(st.integers(0, n_above - 1), min_size=n_units - n_above, max_size=9))
    found = draw(st.permutations([*range(n_above), *rest[: n_units - n_above]]))
    return np.array(found, np.int32)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    n_communes = draw(st.integers(1, 9))
    districts = draw(parents(n_communes))
    provinces = draw(parents(int(districts.max()) + 1))
    tree = Tree((districts, provinces))
    bases = tuple(
        np.array(draw(st.lists(st.integers(-1, 9), min_size=n, max_size=n)), np.int64)
        for n in tree.sizes
    )
    arrivals = draw(
        st.lists(
            st.tuples(st.integers(0, n_communes - 1), st.integers(0, N_DAYS - 1), st.booleans()),
            max_size=40,
        )
    )
    verified_later = [
        change
        for commune, day, verified in arrivals[::3]
        if not verified
        for change in ((commune, day, False, -1), (commune, day, True, 1))
    ]
    return World(tree, bases, (*((*arrival, 1) for arrival in arrivals), *verified_later))


def batch_of(events: Sequence[Event], *, with_change: bool = True) -> pa.RecordBatch:
    communes, days, verified, changes = zip(*events, strict=True) if events else ((), (), (), ())
    seen = [FIRST_DAY + timedelta(days=day) for day in days]
    columns = {
        "person_id": pa.array(range(len(events)), pa.int64()),
        "commune": pa.array(communes, pa.int32()),
        "verified": pa.array(verified, pa.bool_()),
        "first_seen": pa.array(seen, pa.date32()),
        "change": pa.array(changes, pa.int8()),
    }
    if not with_change:
        del columns["change"]
    return pa.record_batch(columns)


def counted(world: World) -> Cube:
    return Cube.recount(world.shape, [[batch_of(world.events)]])


@given(worlds())
def test_recount_agrees_with_counting_one_by_one(world: World) -> None:
    cube = counted(world)
    cells = reference.cube(world.events)
    expected = np.zeros_like(cube.cells)
    for (commune, day, verified), n in cells.items():
        expected[day, int(verified), commune] = n
    assert np.array_equal(cube.cells, expected)


@given(worlds(), st.integers(0, N_DAYS - 1))
def test_counts_of_all_levels_agree_with_the_plain_twin(world: World, day: int) -> None:
    sheets = counted(world).roll_up(world.tree, world.bases)
    plain = reference.cumulative(reference.cube(world.events), world.paths, day)
    for sheet, level in zip(sheets, plain, strict=True):
        found = zip(sheet.n_all[day].tolist(), sheet.n_verified[day].tolist(), strict=True)
        assert list(found) == [level[unit] for unit in range(len(level))]


@given(worlds(), st.integers(0, N_DAYS - 1), st.integers(0, 9))
def test_shares_and_ranks_agree_with_the_plain_twin(
    world: World, day: int, minimum_base: int
) -> None:
    sheets = counted(world).roll_up(world.tree, world.bases, minimum_base=minimum_base)
    for sheet, bases in zip(sheets, world.bases, strict=True):
        counts = sheet.n_verified[day].tolist()
        pairs = list(zip(counts, bases.tolist(), strict=True))
        assert shares_of(sheet, day) == [share_percent(n, max(base, 0)) for n, base in pairs]
        ranked = [Row(str(u), n, b) for u, (n, b) in enumerate(pairs) if b >= max(minimum_base, 1)]
        assert ranks_of(sheet, day) == reference.ranks(ranked)


def shares_of(sheet: LevelSheet, day: int) -> list[object]:
    hundredths = sheet.share[day].tolist()
    return [None if n < 0 else share_percent(n, 10_000) for n in hundredths]


def ranks_of(sheet: LevelSheet, day: int) -> dict[str, int]:
    return {str(unit): rank for unit, rank in enumerate(sheet.rank[day].tolist()) if rank}


@given(worlds(), st.randoms())
def test_order_of_rows_changes_no_cell(world: World, random: Random) -> None:
    shuffled = sorted(world.events, key=lambda _: random.random())
    again = Cube.recount(world.shape, [[batch_of(shuffled)]])
    assert np.array_equal(again.cells, counted(world).cells)


@given(worlds(), st.integers(0, 60), st.integers(0, 60), st.integers(1, 3))
def test_cutting_the_register_into_batches_and_streams_changes_no_cell(
    world: World, first: int, second: int, n_streams: int
) -> None:
    whole = batch_of(world.events)
    cuts = sorted(min(cut, len(world.events)) for cut in (first, second))
    pieces = [whole[: cuts[0]], whole[cuts[0] : cuts[1]], whole[cuts[1] :]]
    streams = [pieces[stream::n_streams] for stream in range(n_streams)]
    assert np.array_equal(Cube.recount(world.shape, streams).cells, counted(world).cells)


@given(worlds(), st.integers(0, 60))
def test_a_delta_is_as_good_as_a_recount(world: World, cut: int) -> None:
    cube = Cube.recount(world.shape, [[batch_of(world.events[:cut])]])
    cube.apply_delta(batch_of(world.events[cut:]))
    assert np.array_equal(cube.cells, counted(world).cells)


@given(worlds())
def test_parts_sum_to_the_whole_on_every_day(world: World) -> None:
    sheets = counted(world).roll_up(world.tree, world.bases)
    totals = [sheet.n_all.sum(axis=1).tolist() for sheet in sheets]
    assert totals[0] == totals[1] == totals[2]


@given(worlds(), st.integers(1, 5), st.integers(0, N_DAYS - 1))
def test_neither_threads_nor_a_choice_of_days_change_a_figure(
    world: World, n_threads: int, start: int
) -> None:
    cube = counted(world)
    whole = cube.roll_up(world.tree, world.bases, n_threads=1)
    some = cube.roll_up(world.tree, world.bases, days=range(start, N_DAYS), n_threads=n_threads)
    for sheet, part in zip(whole, some, strict=True):
        assert part.first_day == FIRST_DAY + timedelta(days=start)
        assert np.array_equal(sheet.rank[start:], part.rank)
        assert np.array_equal(sheet.share[start:], part.share)
        assert np.array_equal(sheet.n_all[start:], part.n_all)


def test_register_without_changes_counts_every_row_once() -> None:
    events = [(0, 1, True, 1), (0, 1, True, 1), (1, 0, False, 1)]
    cube = Cube.recount(CubeShape(2, FIRST_DAY, 3), [[batch_of(events, with_change=False)]])
    assert cube.cells.tolist() == [[[0, 1], [0, 0]], [[0, 0], [2, 0]], [[0, 0], [0, 0]]]


def test_shares_closer_than_a_float_can_tell_are_ranked_apart() -> None:
    cube = Cube(CubeShape(3, FIRST_DAY, 1))
    cube.cells[0, 1] = [2_000_000_000, 2_000_000_001, 1_999_999_999]
    bases = np.array([2_000_000_001, 2_000_000_002, 2_000_000_000], np.int64)
    tree = Tree((np.zeros(3, np.int32),))
    (communes, _) = cube.roll_up(tree, (bases, np.array([-1], np.int64)))
    assert communes.rank.tolist() == [[2, 1, 3]]


def test_tied_units_share_a_rank_and_the_next_is_skipped() -> None:
    cube = Cube(CubeShape(4, FIRST_DAY, 1))
    cube.cells[0, 1] = [1, 2, 9, 1]
    bases = np.array([2, 4, 9, 9], np.int64)
    (communes, _) = cube.roll_up(Tree((np.zeros(4, np.int32),)), (bases, np.array([24])))
    assert communes.rank.tolist() == [[2, 2, 1, 4]]
    assert communes.share.tolist() == [[5000, 5000, 10000, 1111]]


def test_unknown_base_gives_no_share_and_no_rank_never_0() -> None:
    cube = Cube(CubeShape(2, FIRST_DAY, 1))
    cube.cells[0, 1] = [1, 1]
    tree = Tree((np.zeros(2, np.int32),))
    communes, province = cube.roll_up(tree, tree.summed_bases(np.array([5, -1])))
    assert (communes.share.tolist(), communes.rank.tolist()) == ([[2000, -1]], [[1, 0]])
    assert (province.share.tolist(), province.rank.tolist()) == ([[-1]], [[0]])


@pytest.mark.parametrize(
    ("event", "where"),
    [
        ((2, 0, True, 1), "row 2"),
        ((-1, 0, True, 1), "row 2"),
        ((0, N_DAYS, True, 1), "row 2"),
        ((0, -1, True, 1), "row 2"),
        ((0, 0, True, 2), "row 2"),
        ((0, 0, True, -128), "row 2"),
    ],
)
def test_row_that_does_not_fit_is_named_and_nothing_is_added(event: Event, where: str) -> None:
    cube = Cube(CubeShape(2, FIRST_DAY, N_DAYS))
    with pytest.raises(CoverageError) as refusal:
        cube.apply_delta(batch_of([(0, 0, True, 1), event, (1, 1, True, 1)]))
    assert (refusal.value.code, refusal.value.where) == ("coverage.row", where)
    assert not cube.cells.any()


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("commune", pa.array([0], pa.int64())),
        ("commune", pa.array([None], pa.int32())),
        ("verified", pa.array([1], pa.int8())),
        ("first_seen", pa.array([0], pa.int32())),
        ("change", pa.array([1], pa.int32())),
    ],
)
def test_column_of_another_type_or_with_nulls_is_named(name: str, column: pa.Array) -> None:
    batch = batch_of([(0, 0, True, 1)])
    bad = batch.set_column(batch.schema.get_field_index(name), name, column)
    with pytest.raises(CoverageError) as refusal:
        Cube.recount(CubeShape(1, FIRST_DAY, 1), [[bad]])
    assert (refusal.value.code, refusal.value.where) == ("coverage.column", name)


def test_missing_column_is_named() -> None:
    bad = batch_of([(0, 0, True, 1)]).drop_columns(["verified"])
    with pytest.raises(CoverageError) as refusal:
        Cube(CubeShape(1, FIRST_DAY, 1)).apply_delta(bad)
    assert (refusal.value.code, refusal.value.where) == ("coverage.column", "verified")


def test_more_leaving_than_ever_came_is_refused_with_the_commune() -> None:
    cube = Cube(CubeShape(2, FIRST_DAY, N_DAYS))
    cube.apply_delta(batch_of([(1, 15, False, -1)]))
    tree = Tree((np.zeros(2, np.int32),))
    with pytest.raises(CoverageError) as refusal:
        cube.roll_up(tree, tree.summed_bases(np.array([5, 5])))
    assert (refusal.value.code, refusal.value.where) == ("coverage.negative_total", "commune 1")


def test_broken_tree_is_refused() -> None:
    with pytest.raises(CoverageError) as refusal:
        Tree((np.array([0, 2], np.int32), np.array([0, 0, 0], np.int32)))
    assert refusal.value.code == "coverage.broken_tree"


@pytest.mark.parametrize("bases", [[1, 2, 3], [1, 2**31]])
def test_bases_that_do_not_fit_are_refused(bases: list[int]) -> None:
    tree = Tree((np.zeros(2, np.int32),))
    with pytest.raises(CoverageError) as refusal:
        Cube(CubeShape(2, FIRST_DAY, 1)).roll_up(tree, (np.array(bases), np.array([1])))
    assert refusal.value.code == "coverage.bases"


def test_day_outside_is_refused() -> None:
    shape = CubeShape(1, FIRST_DAY, 3)
    assert shape.index_of(shape.last_day) == 2
    with pytest.raises(CoverageError) as refusal:
        shape.index_of(date(2021, 5, 4))
    assert refusal.value.code == "coverage.day_outside"


def test_results_cannot_be_written_to() -> None:
    tree = Tree((np.zeros(1, np.int32),))
    sheets = Cube(CubeShape(1, FIRST_DAY, 1)).roll_up(tree, tree.summed_bases(np.array([1])))
    with pytest.raises(ValueError, match="read-only"):
        sheets[0].rank[0, 0] = 7
