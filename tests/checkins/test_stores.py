"""Stores on disk: the answers of memory, the old store or the new one, and what is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines.tracing.worlds import LEAST, MOST, World, visits_of, windows_of, worlds
from vungxanh.checkins.gateways import stores
from vungxanh.engines.tracing import MISSING, Parameters, TracingError, Visits, core, reference
from vungxanh.engines.tracing.core import Embedded
from vungxanh.engines.tracing.store import Store

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SOME = [(1, 7, 0, 3600), (2, 7, 600, None), (3, 8, 0, 900), (2, 8, 60, 30_000)]
CASES = windows_of([(1, 0, 9000), (3, 0, 9000)])
Rows = list[tuple[int, ...]]
Folders = pytest.TempPathFactory


def written(path: Path, visits: Visits, *, kind: pa.DataType | None = None) -> Path:
    number = kind or pa.int64()
    table = pa.table(
        {
            "person_id": pa.array(visits.person_id, number),
            "place_id": pa.array(visits.place_id, number),
            "t_in": pa.array(visits.t_in, number),
            "t_out": pa.array(visits.t_out, pa.int64(), mask=visits.t_out == MISSING),
        }
    )
    pq.write_table(table, path, row_group_size=3)
    return path


def part(visits: Visits, chosen: slice) -> Visits:
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    return Visits(*(column[chosen] for column in columns))


def answer(store: Store, world: World) -> Rows:
    found = core.contacts(
        store,
        world.windows,
        world.parameters,
        generations=world.generations,
        as_of=world.as_of,
        meet=Embedded(threads=2, listed_rows=0),
    )
    return list(found.rows())


def expected(world: World) -> Rows:
    asked = (world.visits, world.windows, world.parameters)
    found = reference.contacts(*asked, generations=world.generations, as_of=world.as_of)
    return list(found.rows())


def world_of(rows: list[tuple[int, int, int, int | None]]) -> World:
    return World(visits_of(rows), CASES, Parameters(), 2, None)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    stores.build([written(tmp_path / "visits.parquet", visits_of(SOME))], tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.slow
def test_a_store_on_disk_answers_as_the_reference_on_nasty_worlds(tmp_path: Path) -> None:
    @FEW
    @given(worlds, st.integers(1, 4), st.integers(0, 14))
    def agrees(world: World, n_shards: int, cut: int) -> None:
        paths = [
            written(tmp_path / "a.parquet", part(world.visits, slice(cut))),
            written(tmp_path / "b.parquet", part(world.visits, slice(cut, None))),
        ]
        stores.build(paths, tmp_path / "store", shards=n_shards)
        assert answer(stores.opened(tmp_path / "store"), world) == expected(world)
        stores.build(paths[:1], tmp_path / "store", shards=n_shards)
        assert answer(stores.opened(tmp_path / "store", paths), world) == expected(world)

    agrees()


@pytest.mark.parametrize("kind", [pa.int32(), pa.int64()], ids=str)
def test_columns_of_either_width_give_one_store(tmp_path: Path, kind: pa.DataType) -> None:
    world = world_of(SOME)
    path = written(tmp_path / "visits.parquet", world.visits, kind=kind)
    stores.build([path], tmp_path / "store")
    assert answer(stores.opened(tmp_path / "store"), world) == expected(world)


@pytest.mark.slow
def test_ids_may_lie_anywhere_among_int64(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    persons = chance.integers(LEAST, MOST, 3000, endpoint=True)
    places = chance.integers(LEAST, MOST, 40, endpoint=True)
    start = chance.integers(0, 86_400, 100_000)
    visits = Visits(
        chance.choice(persons, start.size),
        chance.choice(places, start.size),
        start,
        start + chance.integers(0, 10_000, start.size),
    )
    chosen = windows_of([(int(person), 0, 86_400) for person in persons[:3]])
    world = World(visits, chosen, Parameters(), 1, None)
    stores.build([written(tmp_path / "v.parquet", visits)], tmp_path / "store", shards=3)
    found = answer(stores.opened(tmp_path / "store"), world)
    assert len(found) > 100
    assert found == expected(world)


def test_csv_files_are_as_good(tmp_path: Path) -> None:
    path = tmp_path / "visits.csv"
    lines = [",".join("" if v is None else str(v) for v in row) for row in SOME]
    path.write_text("\n".join(["person_id,place_id,t_in,t_out", *lines]), encoding="utf-8")
    stores.build([path], tmp_path / "store")
    world = world_of(SOME)
    assert answer(stores.opened(tmp_path / "store"), world) == expected(world)


def test_no_visits_make_an_empty_store(tmp_path: Path) -> None:
    stores.build([written(tmp_path / "none.parquet", visits_of([]))], tmp_path / "store")
    store = stores.opened(tmp_path / "store")
    assert (store.n_visits, store.n_people) == (0, 0)
    assert answer(store, world_of([])) == []


def test_a_file_that_the_store_holds_is_no_delta_even_under_another_name(
    tmp_path: Path, built: Path
) -> None:
    renamed = Path(shutil.copy(tmp_path / "visits.parquet", tmp_path / "renamed.parquet"))
    assert stores.opened(built, [renamed]).n_visits == len(SOME)


def test_a_new_store_replaces_the_old_one_and_leaves_nothing_of_it(
    tmp_path: Path, built: Path
) -> None:
    before = stores.opened(built)
    stores.build([written(tmp_path / "more.parquet", visits_of(SOME * 2))], built)
    assert stores.opened(built).n_visits == 2 * len(SOME)
    assert answer(before, world_of(SOME)) == expected(world_of(SOME))
    assert len(list(built.glob("layout-*"))) == 1


def test_a_build_that_is_broken_off_leaves_the_old_store(tmp_path: Path, built: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    other = written(tmp_path / "more.parquet", visits_of(SOME * 2))
    with pytest.raises(KeyboardInterrupt):
        stores.build([other], built, progress=stop)
    assert stores.opened(built).n_visits == len(SOME)
    assert len(list(built.glob("layout-*"))) == 1


def test_files_of_a_store_are_for_their_owner_alone(built: Path) -> None:
    names = [path for path in built.rglob("*") if path.is_file() and path.name != "lock"]
    assert {path.stat().st_mode & 0o077 for path in names} == {0}


def cut_off(store: Path) -> None:
    words = next(store.rglob("by_person.words.npy"))
    words.write_bytes(words.read_bytes()[:-8])


def without_an_array(store: Path) -> None:
    next(store.rglob("shard0000.starts.npy")).unlink()


def without_its_manifest(store: Path) -> None:
    (store / "manifest.json").unlink()


def with_a_broken_manifest(store: Path) -> None:
    (store / "manifest.json").write_text('{"format": "vungxanh.tracing/1"', encoding="utf-8")


def of_another_format(store: Path) -> None:
    text = (store / "manifest.json").read_text(encoding="utf-8")
    (store / "manifest.json").write_text(text.replace("tracing/1", "tracing/9"), encoding="utf-8")


def older_than_its_data(store: Path) -> None:
    written(store.parent / "visits.parquet", visits_of(SOME[:2]))


def gone(store: Path) -> None:
    shutil.rmtree(store)


@pytest.mark.parametrize(
    ("harm", "code", "named"),
    [
        (cut_off, "tracing.store_damaged", "by_person.words.npy"),
        (without_an_array, "tracing.store_damaged", "shard0000.starts.npy"),
        (without_its_manifest, "tracing.store_half_built", "manifest.json"),
        (with_a_broken_manifest, "tracing.store_damaged", "manifest.json"),
        (of_another_format, "tracing.store_format", "vungxanh.tracing/9"),
        (older_than_its_data, "tracing.store_stale", "visits.parquet"),
        (gone, "tracing.not_a_store", "store"),
    ],
)
def test_a_store_that_cannot_be_trusted_is_refused_with_what_is_missing(
    built: Path, harm: Callable[[Path], None], code: str, named: str
) -> None:
    harm(built)
    with pytest.raises(TracingError) as refusal:
        stores.opened(built)
    assert refusal.value.code == code
    assert named in refusal.value.words.vi


def test_a_store_outlives_the_files_it_was_made_of(tmp_path: Path, built: Path) -> None:
    (tmp_path / "visits.parquet").unlink()
    assert stores.opened(built).n_visits == len(SOME)


def test_building_is_refused_beforehand_where_memory_or_disk_are_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "visits.parquet", visits_of(SOME))
    with pytest.raises(TracingError) as memory:
        stores.build([path], tmp_path / "store", memory=10**6)
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(TracingError) as disk:
        stores.build([path], tmp_path / "store")
    assert (memory.value.code, disk.value.code) == ("tracing.memory_short", "tracing.disk_short")
    assert not (tmp_path / "store").exists()


def test_two_programs_do_not_build_the_same_store(tmp_path: Path, built: Path) -> None:
    path = tmp_path / "visits.parquet"

    def build_again(done: int, total: int) -> None:
        stores.build([path], built)

    with pytest.raises(TracingError) as refusal:
        stores.build([path], built, progress=build_again)
    assert refusal.value.code == "tracing.store_busy"


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "first.parquet", visits_of(SOME))
    second = written(tmp_path / "second.parquet", visits_of(SOME))

    def grow(done: int, total: int) -> None:
        written(second, visits_of(SOME * 3))

    with pytest.raises(TracingError) as refusal:
        stores.build([first, second], tmp_path / "store", progress=grow)
    assert refusal.value.code == "tracing.file_changed"
    assert not list((tmp_path / "store").glob("layout-*"))


def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path: Path) -> None:
    first = written(tmp_path / "first.parquet", visits_of(SOME))
    second = written(tmp_path / "second.parquet", visits_of(SOME))

    def shrink(done: int, total: int) -> None:
        written(second, visits_of(SOME[:1]))

    with pytest.raises(TracingError) as refusal:
        stores.build([first, second], tmp_path / "store", progress=shrink)
    assert refusal.value.code == "tracing.file_changed"


def test_one_byte_changed_in_the_middle_of_a_file_is_found_out(tmp_path: Path) -> None:
    lines = [f"{person},7,{person},\n" for person in range(100_000, 200_000)]
    path = tmp_path / "visits.csv"
    path.write_text("person_id,place_id,t_in,t_out\n" + "".join(lines), encoding="utf-8")
    stores.build([path], tmp_path / "store")
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("150000,7,150000", "150001,7,150000"), encoding="utf-8")
    with pytest.raises(TracingError) as refusal:
        stores.opened(tmp_path / "store")
    assert refusal.value.code == "tracing.store_stale"


@pytest.mark.parametrize("place", ["visits.parquet", "visits.parquet/store"])
def test_a_store_cannot_stand_where_a_file_is(tmp_path: Path, place: str) -> None:
    path = written(tmp_path / "visits.parquet", visits_of(SOME))
    with pytest.raises(TracingError) as refusal:
        stores.build([path], tmp_path / place)
    assert refusal.value.code == "tracing.store_folder"


def test_a_build_beside_another_leaves_it_alone(tmp_path: Path, built: Path) -> None:
    path = tmp_path / "visits.parquet"
    begun = built / "layout-of-the-other"

    def build_beside(done: int, total: int) -> None:
        begun.mkdir(exist_ok=True)
        with pytest.raises(TracingError):
            stores.build([path], built)
        assert begun.exists()

    stores.build([path], built, progress=build_beside)
    assert not begun.exists()


@pytest.mark.slow
@FEW
@given(worlds)
def test_a_store_in_memory_answers_as_the_reference(
    tmp_path_factory: Folders, world: World
) -> None:
    path = written(tmp_path_factory.mktemp("memory") / "v.parquet", world.visits)
    assert answer(stores.in_memory([path]), world) == expected(world)


def test_visits_too_far_apart_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    far = visits_of([(1, 1, 0, None), (2, 1, 2**31, None)])
    path = written(tmp_path / "far.parquet", far)
    with pytest.raises(TracingError) as refusal:
        stores.build([path], tmp_path / "store")
    assert refusal.value.code == "tracing.span_too_long"
    assert not (tmp_path / "store").exists()
