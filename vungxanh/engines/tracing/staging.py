"""Visits on their way into a store: batch after batch, then in the order of time."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from vungxanh.engines.tracing import laying
from vungxanh.engines.tracing.ids import Ids, none
from vungxanh.engines.tracing.kernel import LONG, Int32s
from vungxanh.engines.tracing.laying import Staged
from vungxanh.engines.tracing.types import Int64s, TracingError
from vungxanh.refusals import Words

Integers = Int32s | Int64s


class UnannouncedError(Exception):
    """Visits that are not among those the staging was made for."""


class Coder(Protocol):
    """Gives ids their codes while they come."""

    def code(self, ids: Integers, codes: Int32s) -> None:
        """Write the codes of ids."""

    def settled(self) -> tuple[Ids, Int32s | None]:
        """All ids, and the final code of each code given, where they differ."""


@dataclass(frozen=True, slots=True)
class Known:
    """Codes of ids that are known beforehand, all of them."""

    ids: Ids

    def code(self, ids: Integers, codes: Int32s) -> None:
        """See `Coder`."""
        if self.ids.n_range and not self.ids.extra.size:
            outside = laying.coded_in_range(ids, codes, (self.ids.least, self.ids.n_range))
        else:
            codes[:] = self.ids.codes_of(ids.astype(np.int64))
            outside = -1 if codes.min(initial=0) >= 0 else int(codes.argmin())
        if outside >= 0:
            raise UnannouncedError

    def settled(self) -> tuple[Ids, None]:
        """See `Coder`."""
        return self.ids, None


@dataclass(frozen=True, slots=True)
class Columns:
    """Staged visits in the order of time; rows and stays (int64) of the long ones among them."""

    staged: Staged
    long_rows: Int64s
    long_stays: Int64s
    persons: Ids
    places: Ids


class Staging:
    """Takes `n` visits, 14 bytes each; `base` (unix s) is not after any of them."""

    def __init__(self, n: int, base: int, *, persons: Coder, places: Coder) -> None:
        """Nothing has come."""
        self._staged = Staged(
            np.empty(n, np.int32),
            np.empty(n, np.int32),
            np.empty(n, np.int32),
            np.empty(n, np.uint16),
        )
        self._base, self._persons, self._places = base, persons, places
        self._long_rows: list[Int64s] = []
        self._long_stays: list[Int64s] = []
        self._n = 0
        self._latest = 0
        self._is_ascending = True

    def add(
        self, person_id: Integers, place_id: Integers, t_in: Integers, *, t_out: Int64s
    ) -> None:
        """Take visits that `checked_visits` lets pass.

        Raises `tracing.span_too_long`, and UnannouncedError for more than `n` or unknown ids.
        """
        if self._n + t_in.size > self._staged.t_in.size:
            raise UnannouncedError
        to = _rows(self._staged, slice(self._n, self._n + t_in.size))
        self._persons.code(person_id, to.person)
        self._places.code(place_id, to.place)
        is_fitting, is_ascending = laying.staged_times((t_in, t_out), self._base, to)
        if not is_fitting:
            raise span_too_long()
        far = np.flatnonzero(to.stay == LONG)
        self._long_rows.append(far + self._n)
        self._long_stays.append(t_out[far] - t_in[far])
        follows = not t_in.size or int(to.t_in[0]) >= self._latest
        self._is_ascending = self._is_ascending and is_ascending and follows
        self._latest = int(to.t_in[-1]) if t_in.size else self._latest
        self._n += t_in.size

    def columns(self) -> Columns:
        """All of them in the order of time; nothing may be added afterwards.

        Raises UnannouncedError for fewer than `n`.
        """
        if self._n != self._staged.t_in.size:
            raise UnannouncedError
        persons, final_persons = self._persons.settled()
        places, final_places = self._places.settled()
        staged = self._staged
        if final_persons is not None:
            laying.recoded(staged.person, final_persons)
        if final_places is not None:
            laying.recoded(staged.place, final_places)
        rows = np.concatenate([none(), *self._long_rows])
        stays = np.concatenate([none(), *self._long_stays])
        columns = Columns(staged, rows, stays, persons, places)
        return columns if self._is_ascending else _in_time(columns)


def span_too_long() -> TracingError:
    """Visits too far apart for one store."""
    code = "tracing.span_too_long"
    return TracingError(
        code,
        Words(
            "Lượt vào đầu và cuối cách nhau quá xa cho một kho (34 năm; ít hơn khi rất đông người):"
            " bỏ các dòng sai năm, hoặc dựng kho cho quãng ngắn hơn.",
            "The first and the last visit are too far apart for one store (34 years; less with very"
            " many people): take out the rows with a wrong year, or build stores of shorter times.",
        ),
        field="t_in",
    )


def _in_time(columns: Columns) -> Columns:
    order = np.argsort(columns.staged.t_in, kind="stable")
    staged = _rows(columns.staged, order)
    stays = np.zeros(order.size, np.int64)
    stays[columns.long_rows] = columns.long_stays
    long_rows = np.flatnonzero(staged.stay == LONG)
    long_stays = stays[order[long_rows]]
    return replace(columns, staged=staged, long_rows=long_rows, long_stays=long_stays)


def _rows(staged: Staged, chosen: slice | Int64s) -> Staged:
    return Staged(
        staged.person[chosen], staged.place[chosen], staged.t_in[chosen], staged.stay[chosen]
    )
