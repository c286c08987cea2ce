"""Backward tracing: the slots of place and time that several cases share, and who was there.

A slot is a place during one of the equal stretches of `slot_s` seconds counted from `origin_s`.
A visit of a case inside its window, cut to the window, touches every slot that it meets; a stretch
of no length touches the slot that holds its moment. A cluster is a slot that at least `min_cases`
different cases touch. Present is everybody with a visit, not cut, that meets the slot.

Windows say when cases were exposed. Which visit lies inside a window, what a missing end is and
what does not exist after `as_of` is as for contacts. Times are unix seconds (int64).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.documents.vietnamese import count
from vungxanh.engines.tracing.columns import FARTHEST
from vungxanh.engines.tracing.types import Int64s, TracingError
from vungxanh.refusals import Words

# The output columns of clusters and of the people present, in their order.
CLUSTER_COLUMNS: Final = ("place_id", "slot_from", "slot_until", "n_cases", "n_present")
PRESENT_COLUMNS: Final = ("place_id", "slot_from", "person_id", "is_case")

# name: least and most that a parameter can be
_BOUNDS: Final = {
    "default_stay_s": (0, FARTHEST),
    "slot_s": (1, FARTHEST),
    "min_cases": (1, FARTHEST),
    "origin_s": (-FARTHEST, FARTHEST),
}


@dataclass(frozen=True, slots=True)
class ClusterParameters:
    """What counts as a cluster: seconds, and the least number of cases.

    `default_stay_s` stands in for a missing end. Slots of `slot_s` begin at `origin_s`, by default
    at midnight in Viet Nam (seven hours ahead of UTC, no summer time since 1975).
    """

    default_stay_s: int = 3600
    slot_s: int = 7200
    min_cases: int = 3
    origin_s: int = -25_200

    def __post_init__(self) -> None:
        """Refuse `tracing.bad_parameter` outside the bounds: slots and cases at least 1."""
        for name, (least, most) in _BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                raise _out_of_bounds(name, least, most)

    def slot_of(self, moment: int) -> int:
        """The number of the slot that holds a moment; 0 begins at `origin_s`."""
        return (moment - self.origin_s) // self.slot_s

    def slot_from(self, number: int) -> int:
        """When a slot begins; the next one begins when it ends."""
        return self.origin_s + number * self.slot_s

    def slots_between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Start and end of each slot from the one that holds `first` to the one with `last`."""
        numbers = range(self.slot_of(first), self.slot_of(last) + 1)
        return [(self.slot_from(number), self.slot_from(number + 1)) for number in numbers]


@dataclass(frozen=True, slots=True)
class Clusters:
    """One row a cluster, int64 (n) each; most cases first, then fewest present, earliest, place.

    `n_cases` and `n_present` count different persons; the cases are among those present.
    """

    place_id: Int64s
    slot_from: Int64s
    slot_until: Int64s
    n_cases: Int64s
    n_present: Int64s

    def __len__(self) -> int:
        return len(self.place_id)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Rows of plain integers in the order of `CLUSTER_COLUMNS`."""
        columns = (getattr(self, name).tolist() for name in CLUSTER_COLUMNS)
        return zip(*columns, strict=True)

    def chosen(self, rows: slice) -> "Clusters":
        """Some of the clusters in their order, such as the first ten."""
        return Clusters(*(getattr(self, name)[rows] for name in CLUSTER_COLUMNS))


@dataclass(frozen=True, slots=True)
class Present:
    """One row a person in a cluster: clusters in their order, cases first, then by person.

    `is_case` (bool) where the person is one of those that `n_cases` counts there.
    """

    place_id: Int64s
    slot_from: Int64s
    person_id: Int64s
    is_case: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.place_id)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """Rows of plain integers, `is_case` a bool, in the order of `PRESENT_COLUMNS`."""
        columns = (getattr(self, name).tolist() for name in PRESENT_COLUMNS)
        return zip(*columns, strict=True)


def clusters_of_rows(rows: Iterable[tuple[int, ...]]) -> Clusters:
    """Rows in the order of `CLUSTER_COLUMNS` as columns, sorted."""
    return sorted_clusters(np.array(list(rows), np.int64).reshape(-1, len(CLUSTER_COLUMNS)))


def sorted_clusters(table: Int64s) -> Clusters:
    """Rows × `CLUSTER_COLUMNS` (int64) in the order that people work through."""
    place, since, _, n_cases, n_present = table.T
    order = np.lexsort((place, since, n_present, -n_cases))
    return Clusters(*(column[order] for column in table.T))


def present_of_rows(rows: Iterable[tuple[int, ...]], clusters: Clusters) -> Present:
    """Rows in the order of `PRESENT_COLUMNS` as columns, in the order of the clusters."""
    keys = zip(clusters.place_id.tolist(), clusters.slot_from.tolist(), strict=True)
    rank = {key: at for at, key in enumerate(keys)}
    ordered = sorted(rows, key=lambda row: (rank[row[0], row[1]], not row[3], row[2]))
    table = np.array(ordered, np.int64).reshape(-1, len(PRESENT_COLUMNS))
    place, since, person, is_case = table.T
    return Present(place, since, person, is_case.astype(np.bool_))


def _out_of_bounds(name: str, least: int, most: int) -> TracingError:
    code = "tracing.bad_parameter"
    return TracingError(
        code,
        Words(
            f"Tham số {name} ra ngoài khoảng cho phép:"
            f" cho số nguyên từ {count(least)} đến {count(most)}.",
            f"The parameter {name} is out of bounds:"
            f" give a whole number from {count(least, 'en')} to {count(most, 'en')}.",
        ),
        field=name,
    )
