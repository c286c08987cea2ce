"""Ids of persons or places and their codes 0 … n - 1."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.tracing import laying
from vungxanh.engines.tracing.laying import Table
from vungxanh.engines.tracing.types import Int64s

# A range of ids costs 16 bytes an id, taken or not; so many visits must stand behind each.
_VISITS_AN_ID: Final = 8
_SMALL: Final = 64


def none() -> Int64s:
    """No ids."""
    return np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Ids:
    """Either the range `least` … `least + n_range - 1`, or `listed` in ascending order.

    `extra` (ascending) are ids that came later; their codes follow. All int64.
    """

    least: int = 0
    n_range: int = 0
    listed: Int64s = field(default_factory=none)
    extra: Int64s = field(default_factory=none)

    def __len__(self) -> int:
        return self.n_first + self.extra.size

    @property
    def n_first(self) -> int:
        """How many there are without the extra ones."""
        return self.n_range or self.listed.size

    @property
    def is_range(self) -> bool:
        """Whether a code is how far an id lies above `least`."""
        return bool(self.n_range) and not self.extra.size

    @property
    def is_ascending(self) -> bool:
        """Whether a greater id has a greater code."""
        return not self.extra.size

    def codes_of(self, ids: Int64s) -> Int64s:
        """The codes (int64) of ids, -1 where an id is not known."""
        codes = self._codes_in_range(ids) if self.n_range else _places_in(self.listed, ids)
        if self.extra.size:
            later = _places_in(self.extra, ids)
            codes = np.where((codes < 0) & (later >= 0), later + self.n_first, codes)
        return codes

    def ids_of(self, codes: Int64s) -> Int64s:
        """The ids (int64) behind codes."""
        if not self.extra.size:
            return codes + self.least if self.n_range else self.listed[codes]
        is_first = codes < self.n_first
        ids = self.extra[np.where(is_first, 0, codes - self.n_first)]
        ids[is_first] = replace(self, extra=none()).ids_of(codes[is_first])
        return ids

    def with_more(self, ids: Int64s) -> "Ids":
        """The same with those of `ids` that were not known; codes given before stay."""
        new = np.unique(ids[self.codes_of(ids) < 0])
        return replace(self, extra=new) if new.size else self

    def _codes_in_range(self, ids: Int64s) -> Int64s:
        most = self.least + self.n_range - 1
        is_known = (ids >= self.least) & (ids <= most)
        return np.where(is_known, ids - np.where(is_known, self.least, ids), -1)


def fits_range(least: int, most: int, n_visits: int) -> bool:
    """Whether ids so far apart are better a range than a list."""
    return most - least < max(_SMALL, n_visits // _VISITS_AN_ID)


def covering(ids: Int64s) -> Ids:
    """Ids that hold all of these."""
    if not ids.size:
        return Ids()
    least, most = int(ids.min()), int(ids.max())
    if fits_range(least, most, ids.size):
        return Ids(least=least, n_range=most - least + 1)
    return Ids(listed=np.unique(ids))


class Arrivals:
    """Codes for ids while they come, when nobody knows yet which there will be."""

    def __init__(self) -> None:
        """Nothing has come."""
        self._table = _empty_table(2**16)
        self._known = 0

    def code(self, ids: NDArray[np.int32] | Int64s, codes: NDArray[np.int32]) -> None:
        """Write the codes of ids, by arrival."""
        self._make_room(self._known + ids.size)
        self._known = laying.coded_by_arrival(ids, codes, (self._table, self._known))

    def settled(self) -> tuple[Ids, NDArray[np.int32]]:
        """The ids in ascending order, and the final code of each code by arrival."""
        is_taken = self._table.values >= 0
        ids, arrival = self._table.keys[is_taken], self._table.values[is_taken]
        order = np.argsort(ids)
        final = np.empty(self._known, np.int32)
        final[arrival[order]] = np.arange(self._known, dtype=np.int32)
        return Ids(listed=ids[order]), final

    def _make_room(self, n: int) -> None:
        size = self._table.keys.size
        if 2 * n <= size:
            return
        while 2 * n > size:
            size *= 2
        larger = _empty_table(size)
        laying.rehashed(self._table, larger)
        self._table = larger


def _empty_table(size: int) -> Table:
    return Table(np.zeros(size, np.int64), np.full(size, -1, np.int32))


def _places_in(listed: Int64s, ids: Int64s) -> Int64s:
    """Where each id stands in an ascending list, -1 where it does not."""
    if not listed.size:
        return np.full(ids.size, -1, np.int64)
    at = np.searchsorted(listed, ids)
    at[at == listed.size] = 0
    return np.where(listed[at] == ids, at, -1)
