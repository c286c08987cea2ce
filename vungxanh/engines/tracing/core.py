"""Contacts out of a store: index visits, a bounded look at each place, one sum a person."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from vungxanh.engines.tracing import answer_kernel, kernel
from vungxanh.engines.tracing.answers import contacts_of, joined
from vungxanh.engines.tracing.caps import Caps, crowded, everybody, not_followed
from vungxanh.engines.tracing.columns import checked_windows, order_of, within
from vungxanh.engines.tracing.kernel import LONG_S
from vungxanh.engines.tracing.meeting import LISTED_ROWS, Progress, merged, met_in
from vungxanh.engines.tracing.store import Store, bits_for
from vungxanh.engines.tracing.types import (
    Contacts,
    Int64s,
    Parameters,
    Windows,
    bad_parameter,
)


class Meet(Protocol):
    """How the people whom index visits met are found: in this process, or on many machines."""

    def __call__(self, store: Store, index: Int64s, asked: kernel.Asked) -> Int64s:
        """Rows as `met_in` gives them, of all shards; `index` is in the order of places."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """The search in this process: shard after shard, each cut among `threads`."""

    threads: int = 1
    progress: Progress | None = None
    listed_rows: int = LISTED_ROWS

    def __call__(self, store: Store, index: Int64s, asked: kernel.Asked) -> Int64s:
        """See `Meet`."""
        n_persons = len(store.persons)
        return merged(
            met_in(
                shard,
                index,
                asked,
                n_persons=n_persons,
                threads=self.threads,
                progress=self.progress,
                listed_rows=self.listed_rows,
            )
            for shard in store.shards
        )


NO_CAPS: Final = Caps()
EMBEDDED: Final = Embedded()


def contacts(
    store: Store,
    windows: Windows,
    parameters: Parameters,
    *,
    generations: int = 1,
    as_of: int | None = None,
    caps: Caps = NO_CAPS,
    meet: Meet = EMBEDDED,
) -> Contacts:
    """Contacts of the cases, and of their contacts as far as `generations` goes.

    The definition stands in README.md. `warnings` say where the answer is almost everybody and what
    a cap left out. Raises what `checked_windows` does, and `tracing.bad_parameter` for no
    generation.
    """
    checked_windows(windows)
    if generations < 1:
        raise bad_parameter("generations")
    now = within(store.latest if as_of is None else as_of) - store.base
    asked = _asked(parameters, now)
    seeds = _seeds(store, windows)
    is_known = np.zeros(len(store.persons), np.bool_)
    is_known[seeds.person] = True
    parts, warnings = [], []
    for generation in range(1, generations + 1):
        index, n_crowds = _index_visits(store, seeds, asked, crowd=caps.crowd)
        found = answer_kernel.without_known(meet(store, index, asked), is_known)
        parts.append(contacts_of(found, store, generation))
        warnings += [*crowded(n_crowds, caps), *everybody(generation, len(found), store.n_people)]
        if generation == generations:
            break
        if caps.most and len(found) > caps.most:
            warnings += not_followed(generation, len(found), caps)
            break
        is_known[found[:, 0]] = True
        seeds = _next_seeds(found, parameters, now)
    return joined(parts, tuple(warnings))


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
    codes = store.persons.codes_of(windows.person_id)
    is_known = codes >= 0
    since = windows.infectious_from[is_known] - store.base
    until = windows.infectious_until[is_known] - store.base
    return kernel.Seeds(codes[is_known], since, until)


def _index_visits(
    store: Store, seeds: kernel.Seeds, asked: kernel.Asked, *, crowd: int
) -> tuple[Int64s, int]:
    """The cases' visits in the order of places, and how many crowded places they lack."""
    index = kernel.index_visits(store.by_person, seeds, asked)
    index = index[order_of(index[:, 0], bits_for(len(store.places)))]
    if not crowd:
        return index, 0
    is_crowded = store.visits_at(index[:, 0]) > crowd
    return index[~is_crowded], np.unique(index[is_crowded, 0]).size


def _next_seeds(found: Int64s, parameters: Parameters, now: int) -> kernel.Seeds:
    since = found[:, 2] + parameters.latency_s
    is_open = since < now
    until = np.full(int(is_open.sum()), now, np.int64)
    return kernel.Seeds(found[is_open, 0], since[is_open], until)
