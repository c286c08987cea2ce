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
from vungxanh.engines.tracing.store import Shard, bits_for
from vungxanh.engines.tracing.types import Int64s

# Up to so many rows in reach, pairs are listed and sorted; above, they are added up in buckets.
LISTED_ROWS: Final = 4_000_000
_PIECE_ROWS: Final = 20_000_000  # looked at between two words of progress
_BUCKET_SHIFT: Final = 14  # 16,384 persons a bucket: their sums fit the cache of a core
_BUCKET_ROOM: Final = 256
_NEAR_ROWS: Final = 1024  # compared before those that count are staged: they stay in the cache
N_COLUMNS: Final = 6

Progress = Callable[[int, int], None]  # rows looked at, rows in all; it may raise to cancel


class Search(NamedTuple):
    """Index `visits` of one shard, the rows in `reach` of each; `ends` counts rows to its end."""

    layers: tuple[kernel.Rows, ...]
    visits: Int64s
    reach: Int64s
    ends: Int64s
    asked: kernel.Asked


def met_in(
    shard: Shard,
    index: Int64s,
    asked: kernel.Asked,
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
    """What a search may take beside the store: a record of 32 bytes a person and thread."""
    buckets = (n_persons >> _BUCKET_SHIFT) + 1
    return threads * (32 * n_persons + 16 * _BUCKET_ROOM * buckets) + 24 * LISTED_ROWS


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


def _search(shard: Shard, index: Int64s, asked: kernel.Asked) -> Search:
    here = slice(*np.searchsorted(index[:, 0], (shard.first, shard.until)))
    reach = kernel.reaches(shard.layers, index[here], shard.first, asked)
    ends = np.cumsum((reach[:, :, 1] - reach[:, :, 0]).sum(axis=1))
    return Search(shard.layers, index[here], reach, ends, asked)


def _listed(search: Search, n_rows: int, n_persons: int) -> Int64s:
    whole = _stage(n_buckets=1, room=n_rows + 1, shift=bits_for(n_persons))
    kernel.meet(search.layers, search.visits, search.reach, search.asked, whole, _sums(0))
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
    sums = _sums(n_persons)
    n_buckets = (n_persons >> _BUCKET_SHIFT) + 1
    stage = _stage(n_buckets=n_buckets, room=_BUCKET_ROOM, shift=_BUCKET_SHIFT)
    for piece in _pieces(search):
        if watch.stopped.is_set():
            break
        kernel.meet(piece.layers, piece.visits, piece.reach, piece.asked, stage, sums)
        watch.saw(int((piece.reach[:, :, 1] - piece.reach[:, :, 0]).sum()))
    kernel.add_up_all(stage, sums)
    found = np.empty((kernel.n_met(sums), N_COLUMNS), np.int64)
    kernel.people_met(sums, found)
    return found


def _stage(*, n_buckets: int, room: int, shift: int) -> kernel.Stage:
    pairs = np.empty((n_buckets, room, 2), np.int64)
    near = np.empty((_NEAR_ROWS, 2), np.int64)
    return kernel.Stage(pairs, np.zeros(n_buckets, np.int64), shift, near)


def _sums(n_persons: int) -> kernel.Sums:
    wide = np.zeros((n_persons, 4), np.int64)
    return kernel.Sums(wide, wide.view(np.int32))


def _cut(search: Search, threads: int) -> list[Search]:
    """Parts with about as many rows in reach; a place stays whole."""
    place = search.visits[:, 0]
    n_rows = search.ends[-1] if search.ends.size else 0
    aims = [int(np.searchsorted(search.ends, n_rows * part // threads)) for part in range(threads)]
    begins = (int(np.searchsorted(place, place[aim])) for aim in aims[1:])
    edges = sorted({0, len(place), *begins})
    return [_between(search, a, b) for a, b in pairwise(edges)]


def _pieces(search: Search) -> Iterator[Search]:
    if not search.ends.size:
        return
    aims = np.arange(search.ends[0], search.ends[-1], _PIECE_ROWS)[1:]
    edges = sorted({0, len(search.visits), *np.searchsorted(search.ends, aims).tolist()})
    yield from (_between(search, a, b) for a, b in pairwise(edges))


def _between(search: Search, a: int, b: int) -> Search:
    return search._replace(
        visits=search.visits[a:b], reach=search.reach[a:b], ends=search.ends[a:b]
    )
