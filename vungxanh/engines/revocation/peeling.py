"""An order in which slots can be chosen: a number that alone reads a slot can wait until last.

Such a number is taken away with the slot, which leaves others alone with theirs, until none is
left. Whoever goes through the order backwards finds, for each number, a slot that nobody before it
has read. (Majewski et al., 1996.)
"""

import numpy as np
from numpy.typing import NDArray

from vungxanh.engines.revocation.types import Int64s, once

Slots = NDArray[np.int64]
"""Which four slots each number reads, (n, 4)."""
Order = list[tuple[Int64s, Int64s]]
"""Rounds: rows of numbers and the slot of each, none of which another row of the round reads."""


def order_of(slots: Slots, n_slots: int) -> Order | None:
    """The rounds in which all numbers are taken away; None where some always share their slots."""
    n, width = slots.shape
    readers = np.bincount(slots.ravel(), minlength=n_slots)
    rows = np.zeros(n_slots, np.int64)  # exclusive or of the readers: one alone is known by it
    np.bitwise_xor.at(rows, slots.ravel(), np.repeat(np.arange(n), width))
    rounds: Order = []
    alone, n_left = np.flatnonzero(readers == 1), n
    while len(alone):
        taken, at = np.unique(rows[alone], return_index=True)
        rounds.append((taken, alone[at]))
        n_left -= len(taken)
        freed = slots[taken].ravel()
        np.subtract.at(readers, freed, 1)
        np.bitwise_xor.at(rows, freed, np.repeat(taken, width))
        alone = once(freed[readers[freed] == 1])
    return None if n_left else rounds
