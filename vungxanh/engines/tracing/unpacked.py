"""A store's visits as columns again, for engines that know no store."""

import numpy as np

from vungxanh.engines.tracing.kernel import NO_END, STAY_BITS, Rows
from vungxanh.engines.tracing.store import Store
from vungxanh.engines.tracing.types import MISSING, Int64s, Visits


def visits_of(store: Store) -> Visits:
    """All visits, by person and time, in memory: 32 bytes each and as much again while at work."""
    layers = [_columns(rows, store.base) for rows in store.by_person]
    person, place, start, end = (np.concatenate(parts) for parts in zip(*layers, strict=True))
    return Visits(store.persons.ids_of(person), store.places.ids_of(place), start, end)


def _columns(rows: Rows, base: int) -> tuple[Int64s, Int64s, Int64s, Int64s]:
    """Codes of persons and places, starts and ends of one layer."""
    person = np.repeat(np.arange(rows.starts.size - 1), np.diff(rows.starts))
    place = rows.words & ((1 << rows.bits) - 1)
    start = (rows.words >> (rows.bits + STAY_BITS)) + rows.base + base
    if rows.stays.size:
        return person, place, start, start + rows.stays
    stay = rows.words >> rows.bits & ((1 << STAY_BITS) - 1)
    return person, place, start, np.where(stay == NO_END, MISSING, start + stay)
