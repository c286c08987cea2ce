"""Contacts out of a store: index visits, a bounded look at each place, one sum a person."""

import numpy as np

from vungxanh.engines.tracing import kernel
from vungxanh.engines.tracing.columns import checked_windows, sorted_contacts
from vungxanh.engines.tracing.store import LONG_S, Copy, Store
from vungxanh.engines.tracing.types import COLUMNS, Contacts, Int64s, Parameters, Windows

_N_COLUMNS = len(COLUMNS)


def contacts(
    store: Store,
    windows: Windows,
    parameters: Parameters,
    *,
    generations: int = 1,
    as_of: int | None = None,
) -> Contacts:
    """Contacts of the cases, and of their contacts as far as `generations` goes.

    Raises what `checked_windows` does. The definition: the stable surface, section 4.
    """
    checked_windows(windows)
    now = (store.latest if as_of is None else as_of) - store.base
    asked = _asked(parameters, now)
    seeds = _seeds(store, windows)
    seen = np.unique(seeds.person)
    tables = []
    for generation in range(1, generations + 1):
        found = _one_generation(store, seeds, asked)
        found = found[~np.isin(found[:, 0], seen)]
        tables.append(_with_ids(found, store, generation))
        seen = np.union1d(seen, found[:, 0])
        seeds = _next_seeds(found, parameters, now)
    empty = np.empty((0, _N_COLUMNS), np.int64)
    return sorted_contacts(np.concatenate([empty, *tables]))


def _asked(parameters: Parameters, now: int) -> kernel.Asked:
    """`reach` covers every stay that does not stand apart, the assumed ones too."""
    return kernel.Asked(
        default_stay=parameters.default_stay_s,
        min_overlap=parameters.min_overlap_s,
        linger=parameters.linger_s,
        now=now,
        reach=max(LONG_S, parameters.default_stay_s),
    )


def _seeds(store: Store, windows: Windows) -> kernel.Seeds:
    """Windows of people who were somewhere; who was nowhere met nobody."""
    at = np.searchsorted(store.persons, windows.person_id)
    at[at == store.persons.size] = 0
    is_known = np.isin(windows.person_id, store.persons)
    since = windows.infectious_from[is_known] - store.base
    until = windows.infectious_until[is_known] - store.base
    return kernel.Seeds(at[is_known].astype(np.int64), since, until)


def _one_generation(store: Store, seeds: kernel.Seeds, asked: kernel.Asked) -> Int64s:
    """One row a person met, int64 (n, 6): person code, overlap, first, last, places, pairs."""
    index = np.concatenate(
        [
            kernel.index_visits(_rows(copy), seeds, asked)
            for copy in (store.by_person, store.long_by_person)
        ]
    )
    forever = asked._replace(reach=2 * 2**31)
    met = np.concatenate(
        [
            kernel.pairs(_rows(store.by_place), index, asked),
            kernel.pairs(_rows(store.long_by_place), index, forever),
        ]
    )
    return _summed(met)


def _rows(copy: Copy) -> kernel.Rows:
    return kernel.Rows(copy.starts, copy.partner, copy.t_in, copy.stay)


def _summed(met: Int64s) -> Int64s:
    """Meetings added up by person; places are counted once each."""
    if not len(met):
        return np.empty((0, 6), np.int64)
    met = met[np.lexsort((met[:, 1], met[:, 0]))]
    person, place = met[:, 0], met[:, 1]
    is_first = np.r_[True, person[1:] != person[:-1]]
    is_new_place = (is_first | np.r_[True, place[1:] != place[:-1]]).astype(np.int64)
    begins = np.flatnonzero(is_first)
    return np.column_stack(
        [
            person[begins],
            np.add.reduceat(met[:, 2], begins),
            np.minimum.reduceat(met[:, 3], begins),
            np.maximum.reduceat(met[:, 4], begins),
            np.add.reduceat(is_new_place, begins),
            np.diff(np.r_[begins, len(met)]),
        ]
    )


def _with_ids(found: Int64s, store: Store, generation: int) -> Int64s:
    """The same with ids of persons, seconds since 1970 and the generation."""
    return np.column_stack(
        [
            store.persons[found[:, 0]],
            found[:, 1],
            found[:, 2:4] + store.base,
            found[:, 4:6],
            np.full(len(found), generation, np.int64),
        ]
    )


def _next_seeds(found: Int64s, parameters: Parameters, now: int) -> kernel.Seeds:
    since = found[:, 2] + parameters.latency_s
    is_open = since < now
    until = np.full(int(is_open.sum()), now, np.int64)
    return kernel.Seeds(found[is_open, 0], since[is_open], until)
