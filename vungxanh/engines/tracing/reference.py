"""Tracing by comparing everybody with everybody: slow, and obviously what the definition says.

The definition stands in README.md. Every other form must give the same rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vungxanh.engines.tracing.columns import contacts_of_rows, latest_start
from vungxanh.engines.tracing.types import MISSING, Contacts, Parameters, Visits, Windows


@dataclass(frozen=True, slots=True)
class _Stay:
    """One visit with the end it has: recorded, or assumed and not after `as_of`."""

    person: int
    place: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _IndexVisit:
    """A case's visit inside a window; `is_own_end` is false where the window cut its end."""

    person: int
    place: int
    start: int
    end: int
    is_own_end: bool


@dataclass(slots=True)
class _Tally:
    """What one contact adds up to."""

    overlap: int = 0
    first: int | None = None
    last: int | None = None
    places: set[int] = field(default_factory=set)
    n_pairs: int = 0

    def add(self, *, overlap: int, first: int, last: int, place: int) -> None:
        self.overlap += overlap
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)
        self.places.add(place)
        self.n_pairs += 1


Window = tuple[int, int, int]  # person, from, until


def contacts(
    visits: Visits,
    windows: Windows,
    parameters: Parameters,
    *,
    generations: int = 1,
    as_of: int | None = None,
) -> Contacts:
    """Contacts of the cases, and of their contacts as far as `generations` goes."""
    now = latest_start(visits) if as_of is None else as_of
    stays = list(_stays(visits, parameters, now))
    seeds = list(_windows(windows))
    seen = {person for person, _, _ in seeds}
    rows: list[tuple[int, ...]] = []
    for generation in range(1, generations + 1):
        found = _one_generation(stays, seeds, parameters)
        new = {person: tally for person, tally in found.items() if person not in seen}
        rows += [_row(person, tally, generation) for person, tally in new.items()]
        seen |= set(new)
        seeds = list(_next_windows(new, parameters, now))
    return contacts_of_rows(rows)


def _stays(visits: Visits, parameters: Parameters, now: int) -> Iterator[_Stay]:
    columns = (visits.person_id, visits.place_id, visits.t_in, visits.t_out)
    for person, place, start, end in zip(*(column.tolist() for column in columns), strict=True):
        if start <= now:
            assumed = min(start + parameters.default_stay_s, now)
            yield _Stay(person, place, start, assumed if end == MISSING else end)


def _windows(windows: Windows) -> Iterator[Window]:
    columns = (windows.person_id, windows.infectious_from, windows.infectious_until)
    yield from zip(*(column.tolist() for column in columns), strict=True)


def _one_generation(
    stays: Sequence[_Stay], seeds: Iterable[Window], parameters: Parameters
) -> dict[int, _Tally]:
    by_person: dict[int, list[_Stay]] = defaultdict(list)
    for stay in stays:
        by_person[stay.person].append(stay)
    tallies: dict[int, _Tally] = defaultdict(_Tally)
    for seed in seeds:
        for index in _index_visits(by_person[seed[0]], seed):
            for stay in stays:
                _compare(index, stay, parameters, tallies=tallies)
    return tallies


def _index_visits(stays: Iterable[_Stay], window: Window) -> Iterator[_IndexVisit]:
    _, since, until = window
    for stay in stays:
        if stay.start < until and stay.end > since:
            start, end = max(stay.start, since), min(stay.end, until)
            yield _IndexVisit(stay.person, stay.place, start, end, end == stay.end)


def _compare(
    index: _IndexVisit, stay: _Stay, parameters: Parameters, *, tallies: dict[int, _Tally]
) -> None:
    if stay.person == index.person or stay.place != index.place:
        return
    first, last = max(stay.start, index.start), min(stay.end, index.end)
    if last - first >= parameters.min_overlap_s:
        tallies[stay.person].add(overlap=last - first, first=first, last=last, place=stay.place)
    elif index.is_own_end and index.end <= stay.start <= index.end + parameters.linger_s:
        tallies[stay.person].add(overlap=0, first=stay.start, last=stay.start, place=stay.place)


def _next_windows(
    found: Mapping[int, _Tally], parameters: Parameters, now: int
) -> Iterator[Window]:
    """A contact is infectious some time after the first exposure, until now."""
    for person, tally in found.items():
        if tally.first is not None and tally.first + parameters.latency_s < now:
            yield person, tally.first + parameters.latency_s, now


def _row(person: int, tally: _Tally, generation: int) -> tuple[int, ...]:
    first, last = tally.first or 0, tally.last or 0
    return (person, tally.overlap, first, last, len(tally.places), tally.n_pairs, generation)
