"""A million small worlds in which the compiled engine must give the rows of the plain one.

`make fuzz` runs it. Worlds are full of nasty things: equal times, stays of no length and of days,
missing ends, windows that clip or are empty, several windows of one person, ids at the limits of
64 bits, parameters of zero. Each is laid out in another way: shards, a delta, listed pairs or
buckets, one thread or two. Now and then the plain SQL answers too. A disagreement is made smaller,
printed with what repeats it, and ends the run with exit code 1.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import astuple, dataclass, replace
from functools import cache
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tests.engines.tracing import sql
from tests.engines.tracing.worlds import LEAST, MOST, World
from vungxanh.checkins.gateways.sql import DuckDb
from vungxanh.engines.tracing import MISSING, Contacts, Parameters, Visits, Windows, core, reference
from vungxanh.engines.tracing.store import store_of, with_delta

Rows = list[tuple[int, ...]]
Engine = Callable[["Case"], Contacts]
Chance = np.random.Generator

BATCH: Final = 250  # worlds drawn together
SQL_EVERY: Final = 500
SAY_EVERY_S: Final = 10.0
MINUTE: Final = 60

SMALL_IDS: Final = np.arange(1, 7)
FAR_IDS: Final = np.array([1, 2, 3, LEAST, LEAST + 1, MOST, MOST - 1])
LENGTHS: Final = np.array(
    [0, 1, 840, 899, 900, 901, 960, 3600, 3600, 6000, 7200, 7200, 7201, 8190, 8191, 18_000]
)
DAYS_LONG: Final = np.array([86_400, 10 * 86_400, 2**28, 2**29])
STAYS: Final = np.array([0, 1, 600, 3600, 3600, 7200, 7201, 20_000])
OVERLAPS: Final = np.array([0, 1, 600, 900, 900, 3600])
LINGERS: Final = np.array([0, 1, 600, 600, 3600, 20_000])
LATENCIES: Final = np.array([0, 0, 1, 300, 600, 3600])
BASES: Final = np.array([0, 0, 1_600_000_000, -900_000_000, 2**40 - 2**34])


@dataclass(frozen=True, slots=True)
class Case:
    """A world and how the compiled engine lays it out."""

    world: World
    is_delta: NDArray[np.bool_]  # of each visit: whether it comes after the store was built
    n_shards: int
    threads: int
    listed_rows: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where two engines differ; `cases` holds what repeats it, as small as it became."""

    seed: int
    number: int
    case: Case
    said: str


def main(arguments: Sequence[str]) -> int:
    """Run as many worlds as asked, on all cores."""
    asked = _asked(arguments)
    began = time.monotonic()
    with ProcessPoolExecutor(asked.processes) as pool:
        found = _run(pool, asked, began)
    if found is not None:
        print(report(found))
        return 1
    took = time.monotonic() - began
    print(f"{asked.worlds:,} worlds, all the same rows; {asked.worlds / took:,.0f} worlds/s")
    return 0


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz_tracing", description="Small worlds, many.")
    parser.add_argument("--worlds", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(arguments)


def _run(pool: ProcessPoolExecutor, asked: argparse.Namespace, began: float) -> Disagreement | None:
    """Hand out batches, a few ahead of the workers, until all are done or one disagrees."""
    batches = iter(range(-(-asked.worlds // BATCH)))
    ahead = 2 * asked.processes
    running = {_submitted(pool, asked, batch) for batch in islice(batches, ahead)}
    n_done, said_at = 0, began
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        for one in done:
            if (found := one.result()) is not None:
                pool.shutdown(cancel_futures=True)
                return found
        n_done += len(done) * BATCH
        running |= {_submitted(pool, asked, batch) for batch in islice(batches, len(done))}
        if time.monotonic() - said_at > SAY_EVERY_S:
            said_at = time.monotonic()
            rate = n_done / (said_at - began)
            print(f"… {n_done:,} of {asked.worlds:,} worlds, {rate:,.0f}/s", file=sys.stderr)
    return None


def _submitted(
    pool: ProcessPoolExecutor, asked: argparse.Namespace, batch: int
) -> "Future[Disagreement | None]":
    return pool.submit(run_batch, asked.seed, batch, n_worlds=asked.worlds)


def run_batch(
    seed: int, batch: int, *, n_worlds: int, engine: Engine | None = None
) -> Disagreement | None:
    """The first disagreement among the worlds of a batch; `engine` is the compiled one."""
    engine = engine or compiled
    for number, case in enumerate(cases(seed, batch), start=batch * BATCH):
        if number >= n_worlds:
            break
        engines = [engine, plain_sql] if number % SQL_EVERY == 0 else [engine]
        for one in engines:
            if said := difference(case, one):
                small = smaller(case, one)
                return Disagreement(seed, number, small, difference(small, one) or said)
    return None


def compiled(case: Case) -> Contacts:
    """The rows of the compiled engine."""
    world, visits = case.world, case.world.visits
    store = store_of(_kept(visits, ~case.is_delta), n_shards=case.n_shards)
    store = with_delta(store, _kept(visits, case.is_delta))
    return core.contacts(
        store,
        world.windows,
        world.parameters,
        generations=world.generations,
        as_of=world.as_of,
        meet=core.Embedded(threads=case.threads, listed_rows=case.listed_rows),
    )


def plain_sql(case: Case) -> Contacts:
    """The rows of the plain SQL, on DuckDB."""
    return sql.contacts(case.world, _database())


@cache
def _database() -> DuckDb:
    return DuckDb(threads=1)


def difference(case: Case, engine: Engine) -> str:
    """What an engine says otherwise than the plain one; empty where it agrees."""
    world = case.world
    expected = reference.contacts(
        world.visits,
        world.windows,
        world.parameters,
        generations=world.generations,
        as_of=world.as_of,
    )
    name = getattr(engine, "__name__", "engine")
    try:
        found = engine(case)
    except Exception as error:  # whatever it is, the world that brought it is what we look for
        return f"{name}: {type(error).__name__}: {error}"
    said, right = list(found.rows()), list(expected.rows())
    return "" if said == right else f"{name}: {said}\nexpected: {right}"


def smaller(case: Case, engine: Engine) -> Case:
    """The same disagreement with visits and windows left out one after another."""
    for shorter in _without_one(case):
        if difference(shorter, engine):
            return smaller(shorter, engine)
    return case


def _without_one(case: Case) -> Iterator[Case]:
    world = case.world
    for row in range(len(world.visits)):
        kept = np.arange(len(world.visits)) != row
        fewer = replace(world, visits=_kept(world.visits, kept))
        yield replace(case, world=fewer, is_delta=case.is_delta[kept])
    for row in range(len(world.windows)):
        left = Windows(*(np.delete(column, row) for column in _columns(world.windows)))
        yield replace(case, world=replace(world, windows=left))
    if world.generations > 1:
        yield replace(case, world=replace(world, generations=world.generations - 1))


def _kept(visits: Visits, kept: NDArray[np.bool_]) -> Visits:
    return Visits(*(column[kept] for column in _columns(visits)))


def _columns(rows: Visits | Windows) -> tuple[NDArray[np.int64], ...]:
    names = rows.__dataclass_fields__
    return tuple(getattr(rows, name) for name in names)


def cases(seed: int, batch: int) -> Iterator[Case]:
    """The worlds of a batch, always the same for one seed."""
    chance = np.random.default_rng([seed, batch])
    for _ in range(BATCH):
        yield _case(chance)


def _case(chance: Chance) -> Case:
    world = _world(chance)
    shards, threads, bucketed, delta = chance.integers(0, 4, 4).tolist()
    return Case(
        world,
        is_delta=chance.random(len(world.visits)) < (0, 0, 0.3, 0.7)[delta],
        n_shards=(1, 1, 2, 5)[shards],
        threads=(1, 1, 1, 2)[threads],
        listed_rows=0 if bucketed == 0 else core.Embedded().listed_rows,
    )


def _world(chance: Chance) -> World:
    """Five-minute steps, so that times meet; now and then a second beside."""
    n_visits, n_windows = int(chance.integers(2, 15)), int(chance.integers(1, 4))
    ids = (SMALL_IDS, SMALL_IDS[:4], FAR_IDS)[chance.integers(0, 3)]
    base = _one(chance, BASES)
    visits = _visits(chance, ids, n_visits)
    # Some of the ids may have been nowhere; most cases have been somewhere.
    known = ids if chance.random() < 0.1 else visits.person_id
    cases = known[chance.integers(0, len(known), n_windows)]
    since = _times(chance, n_windows) // 2
    lengths = _times(chance, n_windows) * (chance.random(n_windows) < 0.9)
    until = since + np.maximum(lengths, 0)
    as_of = None if chance.random() < 0.4 else base + int(_times(chance, 1)[0]) * 2
    return World(
        visits=_moved(visits, base),
        windows=Windows(cases, since + base, until + base),
        parameters=Parameters(
            *(_one(chance, values) for values in (STAYS, OVERLAPS, LINGERS, LATENCIES))
        ),
        generations=int(chance.integers(1, 4)),
        as_of=as_of,
    )


def _one(chance: Chance, values: NDArray[np.int64]) -> int:
    return int(values[chance.integers(0, len(values))])


def _visits(chance: Chance, ids: NDArray[np.int64], n: int) -> Visits:
    """At most three places, so that people meet."""
    person, place = chance.integers(0, len(ids), n), chance.integers(0, chance.integers(1, 4), n)
    t_in = _times(chance, n)
    lengths = LENGTHS[chance.integers(0, len(LENGTHS), n)]
    if chance.random() < 0.1:
        far = DAYS_LONG[chance.integers(0, len(DAYS_LONG), n)]
        lengths = np.where(chance.random(n) < 0.3, far, lengths)
    t_out = np.where(chance.random(n) < 0.35, MISSING, t_in + lengths)
    return Visits(ids[person], ids[-1 - place], t_in, t_out)


def _times(chance: Chance, n: int) -> NDArray[np.int64]:
    steps = chance.integers(0, 40, n) * (5 * MINUTE)
    return steps + chance.integers(-1, 2, n) * (chance.random(n) < 0.2)


def _moved(visits: Visits, base: int) -> Visits:
    out = np.where(visits.t_out == MISSING, MISSING, visits.t_out + base)
    return replace(visits, t_in=visits.t_in + base, t_out=out)


def report(found: Disagreement) -> str:
    """What a person needs to see it again."""
    case, world = found.case, found.case.world
    lines = [
        f"World {found.number:,} of seed {found.seed} disagrees.",
        found.said,
        f"visits (person_id, place_id, t_in, t_out): {_rows(world.visits)}",
        f"of them after the build: {np.flatnonzero(case.is_delta).tolist()}",
        f"windows (person_id, infectious_from, infectious_until): {_rows(world.windows)}",
        f"{world.parameters}, generations {world.generations}, as_of {world.as_of}",
        f"shards {case.n_shards}, threads {case.threads}, listed_rows {case.listed_rows}",
        f"Again: python -m tools.fuzz_tracing --seed {found.seed} --worlds {found.number + 1}",
    ]
    return "\n".join(lines)


def _rows(table: Visits | Windows) -> list[tuple[int | None, ...]]:
    rows = zip(*(column.tolist() for column in astuple(table)), strict=True)
    return [tuple(None if value == MISSING else value for value in row) for row in rows]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
