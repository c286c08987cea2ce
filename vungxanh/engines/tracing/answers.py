"""From the people met to contacts in the order in which they are worked through."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

import numpy as np

from vungxanh.engines.tracing import answer_kernel as loops
from vungxanh.engines.tracing.columns import order_of
from vungxanh.engines.tracing.store import Store
from vungxanh.engines.tracing.types import Contacts, Int64s
from vungxanh.refusals import Words

_BITS: Final = 64
_KEY_BITS: Final = 63


def contacts_of(found: Int64s, store: Store, generation: int) -> Contacts:
    """One generation out of rows as `meeting.met_in` gives them, with ids and unix seconds."""
    ids = store.persons
    if not ids.is_ascending:
        found = found[np.argsort(ids.ids_of(found[:, 0]))]
    columns = np.empty((6, len(found)), np.int64)
    least = ids.least if ids.is_range else 0
    added = np.array([least, 0, store.base, store.base, 0, 0])
    loops.columns_in_order(found, _order(found), loops.Answer(columns, added))
    person, overlap, first, last, places, pairs = columns
    return Contacts(
        person_id=person if ids.is_range else ids.ids_of(person),
        overlap_s=overlap,
        first_at=first,
        last_at=last,
        n_places=places,
        n_pairs=pairs,
        generation=np.full(len(found), generation, np.int64),
    )


def joined(parts: Sequence[Contacts], warnings: tuple[Words, ...]) -> Contacts:
    """Generations one after another."""
    if len(parts) == 1:
        return replace(parts[0], warnings=warnings)
    names = (field.name for field in fields(Contacts) if field.name != "warnings")
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    return Contacts(**columns, warnings=warnings)


def _order(found: Int64s) -> Int64s:
    """Overlap, places and last time descending; equals stay as they stand, by person.

    Where key and row fit one number, numbers are sorted: several times as fast as rows by keys.
    """
    if not len(found):
        return np.empty(0, np.int64)
    least, most = loops.extremes(found)
    overlap, places, last = ((most - least)[column].item().bit_length() for column in (1, 4, 3))
    row = (len(found) - 1).bit_length()
    n_bits = overlap + places + last
    numbers = np.empty(len(found), np.int64)
    if n_bits + row <= _BITS:
        scale = loops.Scale(most, row + last + places, row + last, row, 1)
        loops.descending(found, scale, numbers)
        numbers.view(np.uint64).sort()
        numbers &= (1 << row) - 1
        return numbers
    if n_bits > _KEY_BITS:
        return np.lexsort((-found[:, 3], -found[:, 4], -found[:, 1]))
    loops.descending(found, loops.Scale(most, last + places, last, 0, 0), numbers)
    return order_of(numbers, n_bits)
