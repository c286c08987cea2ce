"""Whom index visits met in a shard: few pairs are listed and sorted, many are summed in buckets."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.tracing import answer_kernel, kernel
from vungxanh.engines.tracing.columns import order_of
from vungxanh.engines.tracing.kernel import Asked, Part, Stage
from vungxanh.engines.tracing.store import Shard, bits_for
from vungxanh.engines.tracing.types import Int64s

# Up to so many rows in reach, pairs are listed and sorted; above, they are added up in buckets.
LISTED_ROWS: Final = 4_000_000
_PIECE_ROWS: Final = 40_000_000  # staged at a time, at most 16 bytes each
_BUCKET_SHIFT: Final = 15  # 32,768 persons a bucket: their sums fit the cache of a core
_CHUNK_PAIRS: Final = 256
_SCRATCH_ROWS: Final = 1024  # compared at a time: what is known of them stays in the cache
N_COLUMNS: Final = 6

Progress = Callable[[int, int], None]  # rows looked at, rows in all; it may raise to cancel


class Search(NamedTuple):
    """Index visits of one shard; `ends` int64 (n) counts the rows in reach to the end of each."""

    part: Part
    ends: Int64s


def met_in(
    shard: Shard,
    index: Int64s,
    asked: Asked,
    *,
    n_persons: int,
    threads: int = 1,
    progress: Progress | None = None,
    listed_rows: int = LISTED_ROWS,
) -> Int64s:
    """One row a person met in a shard, int64 (n, 6), by person code.

    `index` int64 (m, 5): place code, person code, start, end (seconds after the base), whether the
    end is the visit's own; in the order of places, of any shard. Gives person code, overlap, first,
    last, number of places, number of pairs. What `progress` raises ends the search.
    """
    search = _search(shard, index, asked)
    n_rows = int(search.ends[-1]) if search.ends.size else 0
    if n_rows <= max(listed_rows, 0):
        return _listed(search, n_rows, n_persons)
    with ThreadPoolExecutor(threads) as pool:
        return _Sum(n_persons, threads, pool).of(search, progress)


def merged(partials: Iterable[Int64s]) -> Int64s:
    """Partial answers of different places as one; each place lies in one partial."""
    whole, *others = [*partials] or [np.empty((0, N_COLUMNS), np.int64)]
    return reduce(answer_kernel.merged, others, whole)


def bytes_needed(n_persons: int) -> int:
    """What a search may take beside the store: sums and answer by person, pairs that wait."""
    return 80 * n_persons + 16 * _PIECE_ROWS


def _search(shard: Shard, index: Int64s, asked: Asked) -> Search:
    visits = index[slice(*np.searchsorted(index[:, 0], (shard.first, shard.until)))]
    here = asked._replace(first_place=shard.first)
    reach = kernel.reaches(shard.layers, visits, here)
    ends = np.cumsum((reach[:, :, 1] - reach[:, :, 0]).sum(axis=1))
    return Search(Part(shard.layers, visits, reach, here), ends)


def _listed(search: Search, n_rows: int, n_persons: int) -> Int64s:
    whole = _stage(n_rows, n_buckets=1, room=n_rows + 1, shift=bits_for(n_persons))
    kernel.meet(search.part, whole, _scratch())
    found = whole.pairs[0, : whole.filled[0]]
    order = order_of(found[:, 0] >> 32, bits_for(n_persons))
    return answer_kernel.grouped(found, order)


class _Sum:
    """Adds pairs up by person, piece after piece, each piece in two steps by all threads.

    First every thread looks through places of its own and stages the pairs by buckets of persons;
    then every thread adds up buckets of its own, from all stages in the order of places.
    """

    def __init__(self, n_persons: int, threads: int, pool: ThreadPoolExecutor) -> None:
        wide = np.zeros((n_persons, 4), np.int64)
        self._sums = answer_kernel.Sums(wide, wide.view(np.int32))
        self._n_persons = n_persons
        self._counts = np.zeros((n_persons >> _BUCKET_SHIFT) + 1, np.int64)
        self._pool, self._threads = pool, threads

    def of(self, search: Search, progress: Progress | None) -> Int64s:
        n_rows, seen = int(search.ends[-1]), 0
        for piece in _pieces(search):
            stages = list(self._pool.map(self._staged, _cut(piece, self._threads)))
            self._in_shares(partial(self._settle, stages))
            seen += int(piece.ends[-1])
            if progress is not None:
                progress(seen, n_rows)
        found = np.empty((int(self._counts.sum()), N_COLUMNS), np.int64)
        self._in_shares(partial(self._written, found))
        return found

    def _staged(self, search: Search) -> Stage:
        n_rows = int(search.ends[-1])
        n_buckets = self._counts.size
        stage = _stage(n_rows, n_buckets=n_buckets, room=_CHUNK_PAIRS, shift=_BUCKET_SHIFT)
        kernel.meet(search.part, stage, _scratch())
        return stage

    def _settle(self, stages: list[Stage], buckets: range) -> None:
        for bucket in buckets:
            for stage in stages:
                self._counts[bucket] += answer_kernel.settle(stage, bucket, self._sums)

    def _written(self, found: Int64s, buckets: range) -> None:
        begin = int(self._counts[: buckets.start].sum())
        end = begin + int(self._counts[buckets.start : buckets.stop].sum())
        persons = (buckets.start << _BUCKET_SHIFT, buckets.stop << _BUCKET_SHIFT)
        until = min(persons[1], self._n_persons)
        answer_kernel.people_met(self._sums, (persons[0], until), found[begin:end])

    def _in_shares(self, work: Callable[[range], None]) -> None:
        edges = np.linspace(0, self._counts.size, self._threads + 1).astype(int).tolist()
        for _ in self._pool.map(work, (range(a, b) for a, b in pairwise(edges))):
            pass


def _stage(n_rows: int, *, n_buckets: int, room: int, shift: int) -> Stage:
    """Room for a pair of every row, however they fall into buckets."""
    n_chunks = n_buckets + n_rows // room + 1
    return Stage(
        pairs=np.empty((n_chunks, room, 2), np.int64),
        filled=np.zeros(n_chunks, np.int64),
        following=np.full(n_chunks, -1, np.int64),
        last=np.arange(n_buckets),
        used=np.array([n_buckets]),
        shift=shift,
    )


def _scratch() -> kernel.Scratch:
    n = _SCRATCH_ROWS
    return kernel.Scratch(np.empty(n, np.int64), np.empty(n, np.bool_), np.empty(n, np.int32))


def _cut(search: Search, threads: int) -> list[Search]:
    """Parts with about as many rows in reach; a place stays whole."""
    place = search.part.visits[:, 0]
    aims = [np.searchsorted(search.ends, search.ends[-1] * n // threads) for n in range(1, threads)]
    begins = (int(np.searchsorted(place, place[aim])) for aim in aims)
    return [_between(search, a, b) for a, b in pairwise(sorted({0, len(place), *begins}))]


def _pieces(search: Search) -> Iterator[Search]:
    """Parts of some million rows in reach."""
    aims = np.arange(0, search.ends[-1], _PIECE_ROWS)[1:]
    edges = sorted({0, len(search.ends), *np.searchsorted(search.ends, aims).tolist()})
    yield from (_between(search, a, b) for a, b in pairwise(edges))


def _between(search: Search, a: int, b: int) -> Search:
    part, ends = search
    before = ends[a - 1] if a else 0
    return Search(part._replace(visits=part.visits[a:b], reach=part.reach[a:b]), ends[a:b] - before)
