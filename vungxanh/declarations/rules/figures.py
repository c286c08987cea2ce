"""Figures of declarations: what is added up, and how long people wait for a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil


@dataclass(frozen=True, slots=True)
class Tally:
    """Declarations, those of people who are ill, and people.

    `n_people` counts everybody once a day and form; what goes beyond are updates of the same day.
    """

    n: int = 0
    n_ill: int = 0
    n_people: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.n + other.n, self.n_ill + other.n_ill, self.n_people + other.n_people)

    @property
    def n_updates(self) -> int:
        """Declarations after the first of a day."""
        return self.n - self.n_people


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of people who declared that they are ill.

    Every one is either called or waits; `n_late` of them, called or not, were carried to the unit
    above since nobody had called in time.
    """

    n: int = 0
    n_waiting: int = 0
    n_late: int = 0
    by_result: tuple[tuple[str, int], ...] = ()

    @property
    def n_called(self) -> int:
        """Those who were called."""
        return self.n - self.n_waiting


NOBODY = Tally()
NOT_FOLLOWED = Followed()


def waited(called: Sequence[timedelta], n_waiting: int, share: tuple[int, int]) -> timedelta | None:
    """Within what time a share of all was called; None where so many are not called yet.

    Those who still wait are counted among all: leaving them out would make slow stations look
    quick. The least time within which at least the share was called (nearest rank).

    >>> hours = [timedelta(hours=n) for n in (1, 2, 3, 8)]
    >>> waited(hours, 0, (1, 2)), waited(hours, 4, (1, 2)), waited(hours, 5, (1, 2))
    (datetime.timedelta(seconds=7200), datetime.timedelta(seconds=28800), None)
    >>> waited([], 0, (1, 2)) is None
    True
    """
    part, whole = share
    rank = ceil((len(called) + n_waiting) * part / whole)
    return sorted(called)[rank - 1] if 0 < rank <= len(called) else None
