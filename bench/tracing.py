"""Tracing: the store, contacts forward and clusters backward, beside what others make of the same.

Synthetic visits (`tracing_visits`), 100 million and 10 million of them; the small form has 100,000
for both. Every answer is compared with the peer's, row by row, before a time is reported. Times are
of complete answers, warm, ours in the order of the contract; peers (`tracing_peers`) answer in any
order. The least number of bytes is eight a pair: ours and the machine's speed of reading give how
far the limit is.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from bench import tracing_build
from bench.harness import Row
from bench.tracing_peers import ANSWER, PARAMETERS, DuckDb, Pandas, by_person, postgres
from bench.tracing_spark import rows as spark_rows
from bench.tracing_timing import MOST_REPEATS, Timed, bytes_note, row, timed, times_faster
from bench.tracing_visits import Town, town
from vungxanh.engines.tracing import Contacts, Windows, core
from vungxanh.engines.tracing.cluster_types import CLUSTER_COLUMNS, ClusterParameters
from vungxanh.engines.tracing.clusters import clusters
from vungxanh.engines.tracing.store import Store

Int64s = NDArray[np.int64]

HUNDRED_M, TEN_M, SMALL = 100_000_000, 10_000_000, 100_000
N_ALONE: Final = 100  # a case asked alone is one of so many: some met nobody, some thousands
REPEATS_ALONE: Final = 3
LEAST_CONTACTS, LEAST_SECOND = 4.0, 20.0
LIMIT_SECOND_MS, LIMIT_CLUSTERS_MS = 14_000.0, 50.0
EXPOSED: Final = ClusterParameters()


@dataclass(frozen=True, slots=True)
class Question:
    """Cases, asked together or one after another, and how the peer joins best for so many."""

    name: str
    windows: tuple[Windows, ...]
    form: str
    limits: tuple[tuple[int, float | None], ...]  # threads, milliseconds


@dataclass(frozen=True, slots=True)
class Bench:
    """Visits, our store of them, the peer's; `limited` where limits are judged."""

    town: Town
    store: Store
    duckdb: DuckDb
    limited: bool

    def limit(self, value: float | None) -> float | None:
        """The limit where it counts."""
        return value if self.limited else None

    def size(self) -> str:
        """How many visits, in a row's name."""
        return f"{self.town.n_visits / 1e6:g} M"


def run(full: bool) -> list[Row]:
    """Measure; VUNGXANH_BENCH_CACHE (or ./var/bench) keeps visits, stores and peers' tables."""
    folder = Path(os.environ.get("VUNGXANH_BENCH_CACHE", "var/bench")).resolve()
    many = town(folder, HUNDRED_M if full else SMALL)
    fewer = town(folder, TEN_M if full else SMALL)
    rows = tracing_build.rows(many, limited=full)
    bench = Bench(many, tracing_build.open_store(many), DuckDb(many), limited=full)
    rows += [*first_generation(bench), *second_generation_alone(bench), *backward(bench)]
    rows += spark_rows(many, limited=full)
    tracing_build.build(fewer)
    bench = Bench(fewer, tracing_build.open_store(fewer), DuckDb(fewer), limited=full)
    return [*rows, *beside_others(bench), *second_generation(bench)]


def questions(bench: Bench) -> Iterator[Question]:
    """One case, a hundred, ten thousand; each with its limits at 100 million visits."""
    hundred = bench.town.windows(100)
    alone = tuple(_one_of(hundred, at) for at in range(N_ALONE if bench.limited else 5))
    yield Question(f"1 case (of {len(alone)})", alone, "place", ((1, 1.5),))
    yield Question("100 cases", (hundred,), "place", ((1, 30.0),))
    thousands = (bench.town.windows(10_000),)
    yield Question("10,000 cases", thousands, "slot", ((1, 1300.0), (2, 900.0)))


def _one_of(windows: Windows, at: int) -> Windows:
    return Windows(*(getattr(windows, field.name)[at : at + 1] for field in fields(windows)))


def first_generation(bench: Bench) -> Iterator[Row]:
    """Contacts beside DuckDB, with as many threads as ours."""
    for question in questions(bench):
        n_pairs = compared(bench, question)
        for threads, limit in question.limits:
            ours = _each(question, partial(contacts, bench.store, threads=threads))
            peer = _each(
                question,
                partial(_asked, bench.duckdb, question.form, threads),
                before=bench.duckdb.ask,
            )
            name = f"{question.name}, {bench.size()}, {_threads(threads)}"
            note = f"{bytes_note(n_pairs, ours, threads=threads)}; {_peer_name()}"
            yield row(name, ours, peer, limit=bench.limit(limit), note=note)
            least = bench.limit(LEAST_CONTACTS)
            yield times_faster(f"{name}: faster than DuckDB", ours, peer, least=least)


def contacts(store: Store, windows: Windows, *, threads: int = 1, generations: int = 1) -> Contacts:
    """Our answer."""
    meet = core.Embedded(threads=threads)
    return core.contacts(store, windows, PARAMETERS, generations=generations, meet=meet)


def compared(bench: Bench, question: Question) -> int:
    """Refuse unequal answers; the number of pairs, of one case the mean."""
    n_pairs = 0
    for windows in question.windows:
        ours = answer(contacts(bench.store, windows))
        bench.duckdb.ask(windows)
        theirs = by_person(bench.duckdb.contacts(question.form, threads=2))
        assert np.array_equal(ours, theirs)
        n_pairs += int(ours[:, ANSWER.index("n_pairs")].sum())
    return n_pairs // len(question.windows)


def answer(found: Contacts, generation: int = 1) -> Int64s:
    """The six columns of one generation, by person."""
    chosen = found.generation == generation
    return by_person({name: getattr(found, name)[chosen] for name in ANSWER})


def _each(
    question: Question,
    ask: Callable[[Windows], object],
    before: Callable[[Windows], object] = lambda _: None,
) -> Timed:
    """The time of a question; of questions asked one after another the mean."""
    most = REPEATS_ALONE if len(question.windows) > 1 else MOST_REPEATS
    times = []
    for windows in question.windows:
        before(windows)
        times.append(timed(partial(ask, windows), most=most))
    return Timed(
        *(float(np.mean([getattr(t, name) for t in times])) for name in ("best", "median"))
    )


def _asked(peer: DuckDb, form: str, threads: int, _: Windows) -> object:
    return peer.contacts(form, threads=threads)


def beside_others(bench: Bench) -> Iterator[Row]:
    """DuckDB again, PostgreSQL with its btrees, pandas in memory; without limits."""
    for question in questions(bench):
        compared(bench, question)
    yield from _beside_postgres(bench)
    yield from _beside_pandas(bench)


def _beside_postgres(bench: Bench) -> Iterator[Row]:
    with postgres(bench.town) as peer:
        for question in questions(bench):
            for windows in question.windows:
                peer.ask(windows)
                ours = answer(contacts(bench.store, windows))
                assert np.array_equal(ours, by_person(peer.contacts()))
            ours_time = _each(question, partial(contacts, bench.store))
            theirs = _each(question, lambda _: peer.contacts(), before=peer.ask)
            name = f"{question.name}, {bench.size()}, beside PostgreSQL"
            yield row(name, ours_time, theirs, limit=None, note="btrees, explicit range")


def _beside_pandas(bench: Bench) -> Iterator[Row]:
    """Ten thousand cases would take pandas hundreds of gigabytes."""
    peer = Pandas(bench.town)
    windows = bench.town.windows(100)
    for name, asked in (("1 case", _one_of(windows, 0)), ("100 cases", windows)):
        assert np.array_equal(answer(contacts(bench.store, asked)), by_person(peer.contacts(asked)))
        ours = timed(partial(contacts, bench.store, asked))
        theirs = timed(partial(peer.contacts, asked))
        name = f"{name}, {bench.size()}, beside pandas"
        yield row(name, ours, theirs, limit=None, note="merge, filter, group by")


def second_generation(bench: Bench) -> Iterator[Row]:
    """Contacts of the contacts of 100 cases, beside DuckDB joining by place and by slots.

    The limit is of the join that anybody would write; slots are a device of ours for the peer.
    """
    windows = bench.town.windows(100)
    ask = partial(contacts, bench.store, windows, generations=2)
    found = ask()
    ours = timed(ask)
    n_pairs = int(found.n_pairs.sum())
    for form, least in (("place", LEAST_SECOND), ("slot", None)):
        ask_peer = partial(bench.duckdb.second_generation, windows, form, threads=1)
        assert np.array_equal(answer(found, 2), by_person(ask_peer()))
        peer = timed(ask_peer)
        name = f"contacts of contacts of 100 cases, {bench.size()}, 1 thread, peer by {form}"
        note = f"{bytes_note(n_pairs, ours)}; {_peer_name()}"
        yield row(name, ours, peer, limit=None, note=note)
        if least is not None:
            yield times_faster(f"{name}: faster than DuckDB", ours, peer, least=bench.limit(least))


def second_generation_alone(bench: Bench) -> Sequence[Row]:
    """The same at the full size, on one core and on two; too long a question for the peer."""
    ask = partial(contacts, bench.store, bench.town.windows(100), generations=2)
    found = ask()
    n_pairs = int(found.n_pairs.sum())
    rows = []
    for threads, limit in ((1, LIMIT_SECOND_MS), (2, None)):
        ours = timed(partial(ask, threads=threads))
        name = f"contacts of contacts of 100 cases, {bench.size()}, {_threads(threads)}"
        note = f"{len(found):,} people; {bytes_note(n_pairs, ours, threads=threads)}"
        rows.append(row(name, ours, limit=bench.limit(limit), note=note))
    return rows


def backward(bench: Bench) -> Sequence[Row]:
    """Slots that ten thousand cases share, beside DuckDB."""
    windows = bench.town.windows(10_000)
    ask = partial(clusters, bench.store, windows, EXPOSED)
    found = ask()
    ask_peer = partial(bench.duckdb.clusters, EXPOSED, threads=1)
    bench.duckdb.ask(windows)
    theirs = ask_peer()
    for name in CLUSTER_COLUMNS:
        assert np.array_equal(getattr(found, name), theirs[name])
    ours, peer = timed(ask), timed(ask_peer)
    note = f"{len(found):,} clusters; {_peer_name()}"
    limit = bench.limit(LIMIT_CLUSTERS_MS)
    return [
        row(
            f"clusters of 10,000 cases, {bench.size()}, 1 thread",
            ours,
            peer,
            limit=limit,
            note=note,
        )
    ]


def _threads(n: int) -> str:
    return f"{n} thread{'s' if n > 1 else ''}"


def _peer_name() -> str:
    return f"peer DuckDB {duckdb.__version__}, sorted tables"
