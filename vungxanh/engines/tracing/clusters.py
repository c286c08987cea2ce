"""Clusters out of a store: slots that the cases' visits touch, then one walk through each place.

The definition: `cluster_types`. The work grows with the cases' visits, the clusters found and the
visits that can reach them, not with the number of slots that a long stay touches.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.documents import vietnamese
from vungxanh.engines.tracing import cluster_kernel as loops
from vungxanh.engines.tracing import kernel
from vungxanh.engines.tracing.cluster_types import (
    ClusterParameters,
    Clusters,
    Present,
    sorted_clusters,
)
from vungxanh.engines.tracing.columns import checked_windows, order_of, within
from vungxanh.engines.tracing.meeting import Progress
from vungxanh.engines.tracing.store import Shard, Store, bits_for
from vungxanh.engines.tracing.types import Int64s, TracingError, Windows
from vungxanh.refusals import Words

# More than a person can look at, and about a gigabyte of rows.
MOST_CLUSTERS: Final = 10_000_000
MOST_PRESENT: Final = 30_000_000
_PIECE: Final = 20_000  # clusters looked at between two words of progress
_NOBODY: Final = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of a store; `now` is as_of in seconds after the base."""

    store: Store
    parameters: ClusterParameters
    now: int
    progress: Progress | None

    @property
    def person_bits(self) -> int:
        """Bits of a person's code in a key."""
        return bits_for(len(self.store.persons))

    @property
    def reach(self) -> int:
        """No stay that does not stand apart is longer, the assumed ones neither."""
        return max(kernel.LONG_S, self.parameters.default_stay_s)

    def look(self) -> loops.Look:
        """The same for the loops."""
        stay_s = self.parameters.default_stay_s
        return loops.Look(stay_s, self.now, self.reach)

    def numbers(self, seconds: Int64s) -> Int64s:
        """Numbers of the slots that hold these seconds after the base."""
        origin = self.parameters.origin_s - self.store.base
        return (seconds - origin) // self.parameters.slot_s


def clusters(
    store: Store,
    windows: Windows,
    parameters: ClusterParameters,
    *,
    as_of: int | None = None,
    progress: Progress | None = None,
) -> Clusters:
    """Slots that enough cases touched while exposed, with the number of people there.

    Raises what `checked_windows` does, and `tracing.too_many_clusters` over ten million. `progress`
    hears of clusters; what it raises ends the search.
    """
    question = _question(store, parameters, as_of, progress=progress)
    stays = _stays(question, windows)
    by_place = stays._replace(key=stays.key >> question.person_bits)
    place, number, n_cases = _each_slot(loops.runs(by_place, parameters.min_cases))
    since = parameters.origin_s + number * parameters.slot_s
    until = since + parameters.slot_s
    slots = np.column_stack([place, since - store.base, until - store.base])
    n_present = _people(question, slots, names=_NOBODY)
    id_ = store.places.ids_of(place)
    return sorted_clusters(np.column_stack([id_, since, until, n_cases, n_present]))


def present(
    store: Store,
    windows: Windows,
    parameters: ClusterParameters,
    *,
    clusters: Clusters,
    as_of: int | None = None,
) -> Present:
    """Everybody present in the clusters found before, or in some of them.

    Raises what `checked_windows` does, and `tracing.too_many_present` over thirty million rows.
    """
    question = _question(store, parameters, as_of, progress=None)
    rank, slots = _slots_of(question, clusters)
    counts = _people(question, slots, names=_NOBODY)
    _check_number("tracing.too_many_present", int(counts.sum()), MOST_PRESENT)
    names = np.empty(int(counts.sum()), np.int32)
    _people(question, slots, names=names)
    keys = np.sort(np.repeat(rank, counts) << question.person_bits | names)
    is_case = _marked(keys, _cases(question, windows, (rank, slots)))
    return _named(question, clusters, (keys, is_case))


def _question(
    store: Store, parameters: ClusterParameters, as_of: int | None, *, progress: Progress | None
) -> _Question:
    now = within(store.latest if as_of is None else as_of) - store.base
    return _Question(store, parameters, now, progress)


def _stays(question: _Question, windows: Windows) -> loops.Stretches:
    """Slots that each case touches at each place; keys are place and person, ascending."""
    index = _index_visits(question, checked_windows(windows))
    place, person, start, end, _ = index.T
    key = place << question.person_bits | person
    n_bits = bits_for(len(question.store.places)) + question.person_bits
    order = order_of(key, n_bits)
    first, last = question.numbers(start), question.numbers(np.maximum(end - 1, start))
    stretches = loops.Stretches(key[order], first[order], last[order])
    n = loops.united(stretches)
    return loops.Stretches(*(column[:n] for column in stretches))


def _index_visits(question: _Question, windows: Windows) -> Int64s:
    """Visits of cases inside their windows, as `kernel.index_visits` gives them."""
    store = question.store
    codes = store.persons.codes_of(windows.person_id)
    is_known = codes >= 0
    since = windows.infectious_from[is_known] - store.base
    until = windows.infectious_until[is_known] - store.base
    stay_s = question.parameters.default_stay_s
    asked = kernel.Asked(stay_s, 0, 0, question.now, question.reach)
    return kernel.index_visits(store.by_person, kernel.Seeds(codes[is_known], since, until), asked)


def _each_slot(runs: Int64s) -> tuple[Int64s, Int64s, Int64s]:
    """Runs of slots as places, numbers of slots and numbers of cases, ascending."""
    place, first, until, n_cases = runs.T
    lengths = until - first
    n = int(lengths.sum())
    _check_number("tracing.too_many_clusters", n, MOST_CLUSTERS)
    before = np.cumsum(lengths) - lengths
    number = np.arange(n) + np.repeat(first - before, lengths)
    return np.repeat(place, lengths), number, np.repeat(n_cases, lengths)


def _slots_of(question: _Question, clusters: Clusters) -> tuple[Int64s, Int64s]:
    """Which cluster each slot is, and the slots as `loops.people_in` takes them."""
    base = question.store.base
    place = question.store.places.codes_of(clusters.place_id)
    order = np.lexsort((clusters.slot_from, place))
    order = order[place[order] >= 0]
    columns = (place, clusters.slot_from - base, clusters.slot_until - base)
    slots = np.column_stack([column[order] for column in columns])
    is_new = np.r_[True, (slots[1:, :2] != slots[:-1, :2]).any(axis=1)][: len(slots)]
    return order[is_new], slots[is_new]


def _people(question: _Question, slots: Int64s, *, names: NDArray[np.int32]) -> Int64s:
    """How many people were in each slot; their codes go into `names` if it has room."""
    counts = np.empty(len(slots), np.int64)
    room = _room(question.store, slots[:, 0])
    n_named = 0
    for shard, a, b in _pieces(question.store, slots[:, 0]):
        part = slots[a:b] - (shard.first, 0, 0)
        there = room._replace(names=names[n_named:])
        counts[a:b] = loops.people_in(shard.layers, part, (question.look(), there))
        n_named += int(counts[a:b].sum())
        if question.progress is not None:
            question.progress(b, len(slots))
    return counts


def _room(store: Store, places: Int64s) -> loops.Present:
    """Room for everybody who ever came to one of these places."""
    n = int(store.visits_at(np.unique(places)).max(initial=0))
    return loops.Present(
        person=np.empty(n, np.int32),
        end=np.empty(n, np.int64),
        put_by=np.empty(n, np.int32),
        tags=np.empty(1 << loops.MOST_TAG_BITS, np.uint16),
        marks=np.zeros((len(store.persons) >> 6) + 1, np.uint64),
        names=_NOBODY,
    )


def _pieces(store: Store, places: Int64s) -> Iterator[tuple[Shard, int, int]]:
    """Slots of one shard each, not too many."""
    for shard in store.shards:
        begin, end = np.searchsorted(places, (shard.first, shard.until)).tolist()
        for a in range(begin, end, _PIECE):
            yield shard, a, min(a + _PIECE, end)


def _cases(question: _Question, windows: Windows, slots: tuple[Int64s, Int64s]) -> Int64s:
    """Keys (cluster and person) of the cases that touched these slots."""
    rank, table = slots
    stays = _stays(question, windows)
    by_place = stays._replace(key=stays.key >> question.person_bits)
    numbers = question.numbers(table[:, 1])
    found = loops.slots_covered(by_place, table[:, 0].copy(), numbers)
    person = stays.key[found[:, 1]] & ((1 << question.person_bits) - 1)
    return rank[found[:, 0]] << question.person_bits | person


def _marked(keys: Int64s, marked: Int64s) -> NDArray[np.bool_]:
    """Which of some ascending keys are among others."""
    is_marked = np.zeros(keys.size, np.bool_)
    at = np.searchsorted(keys, marked)
    is_inside = at < keys.size
    at, marked = at[is_inside], marked[is_inside]
    is_marked[at[keys[at] == marked]] = True
    return is_marked


def _named(
    question: _Question, clusters: Clusters, people: tuple[Int64s, NDArray[np.bool_]]
) -> Present:
    """Ascending keys (cluster and person) with ids, cases first in each cluster."""
    keys, is_case = people
    rank = keys >> question.person_bits
    persons = question.store.persons
    id_ = persons.ids_of(keys & ((1 << question.person_bits) - 1))
    columns = (~is_case, rank) if persons.is_ascending else (id_, ~is_case, rank)
    order = np.lexsort(columns)
    rank = rank[order]
    return Present(clusters.place_id[rank], clusters.slot_from[rank], id_[order], is_case[order])


def _check_number(code: str, n: int, most: int) -> None:
    if n > most:
        raise _too_many(code, n, most)


def _too_many(code: str, n: int, most: int) -> TracingError:
    """An answer that nobody could read and no memory should hold."""
    return TracingError(
        code,
        Words(
            f"Kết quả có {vietnamese.count(n)} dòng, hơn mức {vietnamese.count(most)}:"
            " dùng khung giờ dài hơn, tăng số ca tối thiểu hoặc chọn ít cụm hơn.",
            f"The answer has {vietnamese.count(n, 'en')} rows, over {vietnamese.count(most, 'en')}:"
            " take longer slots, ask for more cases or choose fewer clusters.",
        ),
    )
