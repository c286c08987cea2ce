"""A phone's log in the order of time, whatever its clock did."""

import numpy as np

from vungxanh.engines.encounters.types import (
    AEM_BYTES,
    FARTHEST,
    Bools,
    Int64s,
    Log,
    UInt8s,
    bad_log,
)


def log_of(
    at: Int64s,
    ids: UInt8s,
    rssi: Int64s,
    *,
    aem: UInt8s | None = None,
    has_aem: Bools | None = None,
) -> Log:
    """A log from its rows in any order: `ids` uint8 (n, 16 or 12), `aem` uint8 (n, 4).

    Without `has_aem` all rows have metadata, without `aem` none. Rows of one second keep their
    order. Raises `encounters.bad_log` for columns that do not fit and times beyond ±2^35.
    """
    n = len(at)
    bytes_of = np.zeros((n, AEM_BYTES), np.uint8) if aem is None else aem
    known = np.full(n, aem is not None) if has_aem is None else has_aem
    _check(at, ids, rssi, aem=bytes_of, known=known)
    order = np.argsort(at, kind="stable")
    distinct, rows = _distinct(np.ascontiguousarray(ids))
    return Log(
        at=at[order].astype(np.int64),
        id=rows[order],
        rssi=rssi[order].astype(np.int64),
        aem=bytes_of[order],
        has_aem=known[order],
        ids=distinct,
    )


def _check(at: Int64s, ids: UInt8s, rssi: Int64s, *, aem: UInt8s, known: Bools) -> None:
    n = len(at)
    shapes = {"id": ids.shape[:1], "rssi": rssi.shape, "aem": aem.shape[:1], "has_aem": known.shape}
    for name, shape in shapes.items():
        if shape != (n,):
            raise bad_log(name, min(n, shape[0] if shape else 0) + 1)
    is_far = (at < -FARTHEST) | (at > FARTHEST)
    if is_far.any():
        raise bad_log("at", int(is_far.argmax()) + 1)


def _distinct(ids: UInt8s) -> tuple[UInt8s, Int64s]:
    """Each identifier once, and which one each row has."""
    n, width = ids.shape
    whole = ids.view(np.dtype((np.void, width))).reshape(n)
    found, rows = np.unique(whole, return_inverse=True)
    return found.view(np.uint8).reshape(len(found), width), rows.astype(np.int64)
