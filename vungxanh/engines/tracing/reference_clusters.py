"""Clusters by comparing every visit with every slot: slow, and obviously what the words say.

The words: `cluster_types`. Every other form must give the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vungxanh.engines.tracing.cluster_types import (
    ClusterParameters,
    Clusters,
    Present,
    clusters_of_rows,
    present_of_rows,
)
from vungxanh.engines.tracing.columns import latest_start
from vungxanh.engines.tracing.types import MISSING, Visits, Windows

Slot = tuple[int, int]  # place, number


class _Stay(NamedTuple):
    """A visit with the end it has, or the part of it inside a window."""

    person: int
    place: int
    start: int
    end: int


def clusters(
    visits: Visits,
    windows: Windows,
    parameters: ClusterParameters,
    *,
    as_of: int | None = None,
) -> Clusters:
    """Slots that enough cases touched while exposed, with the number of people there."""
    stays = list(_stays(visits, parameters, as_of))
    rows = []
    for (place, number), cases in _touched(stays, windows, parameters).items():
        if len(cases) >= parameters.min_cases:
            slot = parameters.slot_from(number), parameters.slot_from(number + 1)
            rows.append((place, *slot, len(cases), len(_present_in(stays, place, slot))))
    return clusters_of_rows(rows)


def present(
    visits: Visits,
    windows: Windows,
    parameters: ClusterParameters,
    *,
    clusters: Clusters,
    as_of: int | None = None,
) -> Present:
    """Everybody present in the clusters found before, or in some of them."""
    stays = list(_stays(visits, parameters, as_of))
    touched = _touched(stays, windows, parameters)
    rows = []
    for place, since, until, _, _ in clusters.rows():
        cases = touched[place, parameters.slot_of(since)]
        for person in _present_in(stays, place, (since, until)):
            rows.append((place, since, person, person in cases))
    return present_of_rows(rows, clusters)


def _stays(visits: Visits, parameters: ClusterParameters, as_of: int | None) -> Iterator[_Stay]:
    now = latest_start(visits) if as_of is None else as_of
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    for person, place, start, end in zip(*(column.tolist() for column in columns), strict=True):
        if start <= now:
            assumed = min(start + parameters.default_stay_s, now)
            yield _Stay(person, place, start, assumed if end == MISSING else end)


def _touched(
    stays: Iterable[_Stay], windows: Windows, parameters: ClusterParameters
) -> dict[Slot, set[int]]:
    """The cases that touched each slot."""
    touched: dict[Slot, set[int]] = defaultdict(set)
    for part in _inside(stays, windows):
        for number in range(parameters.slot_of(part.start), parameters.slot_of(part.end) + 1):
            slot = parameters.slot_from(number), parameters.slot_from(number + 1)
            if _meets(part, slot):
                touched[part.place, number].add(part.person)
    return touched


def _inside(stays: Iterable[_Stay], windows: Windows) -> Iterator[_Stay]:
    """Visits of cases cut to their windows."""
    columns = (windows.person_id, windows.infectious_from, windows.infectious_until)
    exposed = list(zip(*(column.tolist() for column in columns), strict=True))
    for stay in stays:
        for person, since, until in exposed:
            if stay.person == person and stay.start < until and stay.end > since:
                cut = max(stay.start, since), min(stay.end, until)
                yield _Stay(person, stay.place, *cut)


def _meets(stay: _Stay, slot: tuple[int, int]) -> bool:
    """Whether a stay shares a moment with a slot; one of no length lies in it or does not."""
    if stay.start == stay.end:
        return slot[0] <= stay.start < slot[1]
    return stay.start < slot[1] and stay.end > slot[0]


def _present_in(stays: Iterable[_Stay], place: int, slot: tuple[int, int]) -> set[int]:
    return {stay.person for stay in stays if stay.place == place and _meets(stay, slot)}
