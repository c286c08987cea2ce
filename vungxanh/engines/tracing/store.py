"""Visits laid out for tracing: sorted twice by time, once under each place, once under each person.

A visit is a word of 8 bytes in each copy (`kernel`). Stays over two hours stand apart, so that a
look into the past of a place need not go further back than two hours for all others. Places are
cut into shards, ranges of codes with about as many visits; a delta adds layers to each shard.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from vungxanh.engines.tracing import kernel, laying
from vungxanh.engines.tracing.columns import checked_visits, order_of
from vungxanh.engines.tracing.ids import Ids, covering, none
from vungxanh.engines.tracing.kernel import LONG, LONG_S, Int32s, Rows
from vungxanh.engines.tracing.laying import SPAN, Keyed
from vungxanh.engines.tracing.staging import Columns, Known, Staging, span_too_long
from vungxanh.engines.tracing.types import Int64s, Visits

_WORD_BITS: Final = 63
_BUCKET_BITS: Final = 9


@dataclass(frozen=True, slots=True)
class Shard:
    """The places with codes from `first` to before `until`; each layer has `starts` for those."""

    first: int
    until: int
    layers: tuple[Rows, ...]

    @property
    def n_visits(self) -> int:
        """How many visits were paid to these places."""
        return sum(int(rows.starts[-1] - rows.starts[0]) for rows in self.layers)


@dataclass(frozen=True, slots=True)
class Store:
    """Both copies; `base` and `latest` are the first and the newest start in unix seconds."""

    persons: Ids
    places: Ids
    base: int
    latest: int
    by_person: tuple[Rows, ...]
    shards: tuple[Shard, ...]
    n_people: int  # with any visit

    @property
    def n_visits(self) -> int:
        """How many visits there are."""
        return sum(shard.n_visits for shard in self.shards)

    def visits_at(self, places: Int64s) -> Int64s:
        """How many visits each of these places (codes) had."""
        counts = np.zeros(places.size, np.int64)
        for shard in self.shards:
            here = (places >= shard.first) & (places < shard.until)
            counts[here] = visits_under(shard.layers, places[here] - shard.first)
        return counts


def store_of(visits: Visits, *, n_shards: int = 1) -> Store:
    """Lay visits out; they may come in any order.

    Raises what `checked_visits` does, and `tracing.span_too_long` for visits over 34 years apart
    or too many people and places for their span.
    """
    checked_visits(visits)
    base = int(visits.t_in.min()) if len(visits) else 0
    latest = int(visits.t_in.max()) if len(visits) else 0
    columns = _columns_of(visits, base, (covering(visits.person_id), covering(visits.place_id)))
    by_person, by_place = person_copy(columns), place_copy(columns)
    shards = sharded(by_place, n_shards)
    people = people_in(by_person)
    return Store(columns.persons, columns.places, base, latest, by_person, shards, people)


def with_delta(store: Store, visits: Visits) -> Store:
    """The store and some more visits; what is laid out already is not touched.

    Raises what `store_of` does.
    """
    if not len(visits):
        return store
    checked_visits(visits)
    persons, places = (
        store.persons.with_more(visits.person_id),
        store.places.with_more(visits.place_id),
    )
    own_base = int(visits.t_in.min())
    base = min(store.base, own_base) if store.n_visits else own_base
    columns = _columns_of(visits, own_base, (persons, places))
    by_person, by_place = person_copy(columns), place_copy(columns)
    later = own_base - base
    shift = store.base - base
    latest = max(store.latest, int(visits.t_in.max())) if store.n_visits else int(visits.t_in.max())
    layers = (*by_place, *(rows for shard in store.shards for rows in shard.layers))
    if latest - base + max(int(rows.longest.max(initial=LONG_S)) for rows in layers) >= SPAN:
        raise span_too_long()
    last = len(store.shards) - 1
    shards = tuple(
        _with_layers(
            shard,
            by_place,
            moves=(shift, later),
            until=len(places) if at == last else shard.until,
        )
        for at, shard in enumerate(store.shards)
    )
    people = (
        *(_moved(padded(rows, len(persons)), shift) for rows in store.by_person),
        *(_moved(rows, later) for rows in by_person),
    )
    return Store(persons, places, base, latest, people, shards, people_in(people))


def visits_under(layers: Sequence[Rows], keys: Int64s) -> Int64s:
    """How many visits each key has in all layers."""
    counts = np.zeros(keys.size, np.int64)
    for rows in layers:
        counts += rows.starts[keys + 1] - rows.starts[keys]
    return counts


def people_in(by_person: Sequence[Rows]) -> int:
    """How many persons have any visit."""
    return int(np.count_nonzero(sum(np.diff(rows.starts) for rows in by_person)))


def person_copy(columns: Columns) -> tuple[Rows, Rows]:
    """Short and long stays under each person. Raises `tracing.span_too_long`."""
    staged, sizes = columns.staged, (len(columns.persons), len(columns.places))
    return copy_of(staged.person, staged.place, columns, sizes=sizes)


def place_copy(columns: Columns) -> tuple[Rows, Rows]:
    """Short and long stays under each place. Raises `tracing.span_too_long`."""
    staged, sizes = columns.staged, (len(columns.places), len(columns.persons))
    short, long = copy_of(staged.place, staged.person, columns, sizes=sizes)
    return short, frozen(long._replace(longest=_longest(long)))


def copy_of(
    key: Int32s, partner: Int32s, columns: Columns, *, sizes: tuple[int, int]
) -> tuple[Rows, Rows]:
    """Short and long stays under each key; `sizes` are the numbers of keys and of partners."""
    n_keys, n_partners = sizes
    bits = bits_for(n_partners)
    check_bits(int(columns.staged.t_in.max(initial=0)), bits)
    keyed = Keyed(key, partner, columns.staged.t_in, columns.staged.stay)
    return frozen(_short(keyed, n_keys, bits)), frozen(_long(keyed, columns, (n_keys, bits)))


def _short(keyed: Keyed, n_keys: int, bits: int) -> Rows:
    """Stable counting sort by key, so that words ascend under each key.

    In two steps, first into buckets of neighbouring keys and then inside each, so that what is
    written to lies in the cache of a core. Numpy's large arrays take large pages of memory.
    """
    shift = max(0, n_keys.bit_length() - _BUCKET_BITS)
    begins = laying.bucket_begins(keyed, (n_keys >> shift) + 1, shift)
    words, keys = np.empty(begins[-1], np.int64), np.empty(begins[-1], np.int32)
    buckets = laying.Buckets(begins, shift, words, keys)
    laying.fill_buckets(keyed, buckets, bits)
    starts = np.empty(n_keys + 1, np.int64)
    laying.sort_buckets(buckets, starts)
    return Rows(starts, words, none(), none(), 0, bits)


def _long(keyed: Keyed, columns: Columns, sizes: tuple[int, int]) -> Rows:
    n_keys, bits = sizes
    keys = keyed.key[columns.long_rows].astype(np.int64)
    order = order_of(keys, n_keys.bit_length())
    rows = columns.long_rows[order]
    starts = np.zeros(n_keys + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=n_keys), out=starts[1:])
    t_in = keyed.t_in[rows].astype(np.int64)
    words = ((t_in << kernel.STAY_BITS | LONG) << bits) | keyed.partner[rows]
    return Rows(starts, words, columns.long_stays[order], none(), 0, bits)


def sharded(by_place: Sequence[Rows], n_shards: int) -> tuple[Shard, ...]:
    """Places cut into ranges of about as many visits; fewer where there are fewer places."""
    n_places = by_place[0].starts.size - 1
    total = np.sum([rows.starts for rows in by_place], axis=0)
    cuts = np.searchsorted(total, np.linspace(0, total[-1], n_shards + 1)[1:-1])
    edges = np.unique(np.concatenate(([0], cuts, [n_places])))
    if edges.size == 1:
        return (Shard(0, 0, tuple(by_place)),)
    return tuple(
        Shard(first, until, tuple(_part(rows, first, until) for rows in by_place))
        for first, until in pairwise(edges.tolist())
    )


def frozen(rows: Rows) -> Rows:
    """The same arrays, not to be written: one compiled form serves memory and files alike."""
    for column in (rows.starts, rows.words, rows.stays, rows.longest):
        column.flags.writeable = False
    return rows


def own_rows(rows: Rows) -> Rows:
    """The same keys with nothing but their own words, to be written to a file of their own."""
    first, until = int(rows.starts[0]), int(rows.starts[-1])
    stays = rows.stays[first:until] if rows.stays.size else rows.stays
    return rows._replace(starts=rows.starts - first, words=rows.words[first:until], stays=stays)


def padded(rows: Rows, n_keys: int) -> Rows:
    """The same rows with empty keys up to `n_keys`."""
    missing = n_keys + 1 - rows.starts.size
    if missing <= 0:
        return rows
    starts = np.pad(rows.starts, (0, missing), mode="edge")
    longest = np.pad(rows.longest, (0, missing if rows.longest.size else 0))
    return frozen(rows._replace(starts=starts, longest=longest))


def bits_for(n_partners: int) -> int:
    """How many bits a code below `n_partners` takes."""
    return max(1, (n_partners - 1).bit_length())


def check_bits(span: int, bits: int) -> None:
    """Refuse `tracing.span_too_long` where `span` seconds and a partner do not fit a word."""
    if span.bit_length() + kernel.STAY_BITS + bits > _WORD_BITS:
        raise span_too_long()


def _longest(long: Rows) -> Int64s:
    """The longest stay under each key, 0 where there is none."""
    longest = np.zeros(long.starts.size - 1, np.int64)
    some = np.flatnonzero(np.diff(long.starts))
    if some.size:
        longest[some] = np.maximum.reduceat(long.stays, long.starts[some])
    return longest


def _columns_of(visits: Visits, base: int, ids: tuple[Ids, Ids]) -> Columns:
    persons, places = ids
    staging = Staging(len(visits), base, persons=Known(persons), places=Known(places))
    staging.add(visits.person_id, visits.place_id, visits.t_in, t_out=visits.t_out)
    return staging.columns()


def _with_layers(
    shard: Shard, delta: Sequence[Rows], *, moves: tuple[int, int], until: int
) -> Shard:
    shift, later = moves
    n_keys = until - shard.first
    before = [_moved(padded(rows, n_keys), shift) for rows in shard.layers]
    new = [_moved(_part(rows, shard.first, until), later) for rows in delta]
    return Shard(shard.first, until, (*before, *new))


def _part(rows: Rows, first: int, until: int) -> Rows:
    return rows._replace(starts=rows.starts[first : until + 1], longest=rows.longest[first:until])


def _moved(rows: Rows, seconds: int) -> Rows:
    return rows._replace(base=rows.base + seconds)
