"""Whom index visits met in a shard: few pairs are listed and sorted, many are summed in buckets."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from itertools import pairwise
from threading import Event
from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.tracing import kernel
from vungxanh.engines.tracing.columns import order_of
from vungxanh.engines.tracing.kernel import Asked, Part, Stage
from vungxanh.engines.tracing.store import Shard, bits_for
from vungxanh.engines.tracing.types import Int64s

# Up to so many rows in reach, pairs are listed and sorted; above, they are added up in buckets.
LISTED_ROWS: Final = 4_000_000
_PIECE_ROWS: Final = 20_000_000  # looked at between two words of progress
_BUCKET_SHIFT: Final = 15  # 32,768 persons a bucket: their sums fit the cache of a core
_BUCKET_ROOM: Final = 65_536  # two pairs a person, so that sums are used when they are fetched
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
    if n_rows <= listed_rows:
        return _listed(search, n_rows, n_persons)
    return _in_threads(_cut(search, threads), n_persons, _Watch(n_rows, progress))


def merged(partials: Iterable[Int64s]) -> Int64s:
    """Partial answers of different places as one; each place lies in one partial."""
    whole, *others = [*partials] or [np.empty((0, N_COLUMNS), np.int64)]
    return reduce(kernel.merged, others, whole)


def bytes_needed(n_persons: int, threads: int) -> int:
    """What a search may take beside the store: sums, waiting pairs, answer: 112 bytes a person."""
    n_buckets = (n_persons >> _BUCKET_SHIFT) + 1
    return threads * (80 * n_persons + 16 * _BUCKET_ROOM * n_buckets) + 24 * LISTED_ROWS


class _Watch:
    """Counts the rows that threads have looked at; stops all when one is stopped."""

    def __init__(self, n_rows: int, progress: Progress | None) -> None:
        self._n_rows, self._progress = n_rows, progress
        self._seen = 0
        self.stopped = Event()

    def saw(self, n_rows: int) -> None:
        self._seen += n_rows
        if self._progress is not None:
            self._progress(self._seen, self._n_rows)


def _search(shard: Shard, index: Int64s, asked: Asked) -> Search:
    visits = index[slice(*np.searchsorted(index[:, 0], (shard.first, shard.until)))]
    here = asked._replace(first_place=shard.first)
    reach = kernel.reaches(shard.layers, visits, here)
    ends = np.cumsum((reach[:, :, 1] - reach[:, :, 0]).sum(axis=1))
    return Search(Part(shard.layers, visits, reach, here), ends)


def _listed(search: Search, n_rows: int, n_persons: int) -> Int64s:
    whole = _stage(n_buckets=1, room=n_rows + 1, shift=bits_for(n_persons), n_persons=0)
    kernel.meet(search.part, whole, _scratch())
    found = whole.pairs[0, : whole.filled[0]]
    order = order_of(found[:, 0] >> 32, bits_for(n_persons))
    return kernel.grouped(found, order)


def _in_threads(searches: list[Search], n_persons: int, watch: _Watch) -> Int64s:
    if len(searches) == 1:
        return _added_up(searches[0], n_persons, watch)
    with ThreadPoolExecutor(len(searches)) as pool:
        running = [pool.submit(_added_up, search, n_persons, watch) for search in searches]
        try:
            return merged([one.result() for one in running])
        finally:
            watch.stopped.set()


def _added_up(search: Search, n_persons: int, watch: _Watch) -> Int64s:
    n_buckets = (n_persons >> _BUCKET_SHIFT) + 1
    room = min(_BUCKET_ROOM, int(search.ends[-1]) // n_buckets + 64) if search.ends.size else 1
    stage = _stage(n_buckets=n_buckets, room=room, shift=_BUCKET_SHIFT, n_persons=n_persons)
    scratch = _scratch()
    for piece, n_rows in _pieces(search):
        if watch.stopped.is_set():
            break
        kernel.meet(piece, stage, scratch)
        watch.saw(n_rows)
    found = np.empty((n_persons, N_COLUMNS), np.int64)  # pages that stay unwritten cost nothing
    return found[: kernel.people_met(stage, found)]


def _stage(*, n_buckets: int, room: int, shift: int, n_persons: int) -> Stage:
    wide = np.zeros((n_persons, 4), np.int64)
    sums = kernel.Sums(wide, wide.view(np.int32))
    pairs = np.empty((n_buckets, room, 2), np.int64)
    return Stage(pairs, np.zeros(n_buckets, np.int64), shift, sums)


def _scratch() -> kernel.Scratch:
    n = _SCRATCH_ROWS
    return kernel.Scratch(np.empty(n, np.int64), np.empty(n, np.bool_), np.empty(n, np.int32))


def _cut(search: Search, threads: int) -> list[Search]:
    """Parts with about as many rows in reach; a place stays whole."""
    place = search.part.visits[:, 0]
    n_rows = search.ends[-1] if search.ends.size else 0
    aims = [int(np.searchsorted(search.ends, n_rows * part // threads)) for part in range(threads)]
    begins = (int(np.searchsorted(place, place[aim])) for aim in aims[1:])
    edges = sorted({0, len(place), *begins})
    return [
        Search(_between(search.part, a, b), search.ends[a:b] - (search.ends[a - 1] if a else 0))
        for a, b in pairwise(edges)
    ]


def _pieces(search: Search) -> Iterator[tuple[Part, int]]:
    """Parts of some million rows in reach, with how many those are."""
    if not search.ends.size:
        return
    aims = np.arange(search.ends[0], search.ends[-1], _PIECE_ROWS)[1:]
    edges = sorted({0, len(search.ends), *np.searchsorted(search.ends, aims).tolist()})
    for a, b in pairwise(edges):
        n_rows = int(search.ends[b - 1]) - (int(search.ends[a - 1]) if a else 0)
        yield _between(search.part, a, b), n_rows


def _between(part: Part, a: int, b: int) -> Part:
    return part._replace(visits=part.visits[a:b], reach=part.reach[a:b])
