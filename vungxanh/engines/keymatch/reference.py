"""Matching as the specification words it: make every identifier of every key, look it up in a set.

Slow and obviously right; `core` must agree with it. Source: Exposure Notification Cryptography
Specification 1.2.
"""

from collections import defaultdict

import numpy as np

from vungxanh.engines.keymatch.types import Hits, KeyColumns, UInt8s, checked, checked_ids
from vungxanh.protocol import gaen


def match(keys: KeyColumns, ids: UInt8s) -> Hits:
    """Where `keys` made one of `ids`, uint8 (m, 16). Raises `keymatch.bad_keys|bad_ids`."""
    keys, rows = checked(keys), defaultdict(list)
    for at, seen in enumerate(checked_ids(ids)):
        rows[seen.tobytes()].append(at)
    hits = [
        (at, offset, row)
        for at in range(len(keys))
        for offset, made in enumerate(made_by(keys, at))
        for row in rows.get(made, ())
    ]
    return Hits(*np.array(hits, np.int64).reshape(-1, 3).T)


def made_by(keys: KeyColumns, at: int) -> tuple[bytes, ...]:
    """The identifiers of the key in row `at`, in the order of time."""
    tek = keys.keys[at].tobytes()
    return gaen.identifiers(tek, int(keys.starts[at]), int(keys.periods[at]))
