"""Matching near the limit of the machine: the best route it can take, on several cores."""

from collections.abc import Callable
from itertools import pairwise
from typing import Final

import numpy as np

from vungxanh.engines.keymatch import native, portable
from vungxanh.engines.keymatch.candidates import UInt64s, confirmed, seen_of
from vungxanh.engines.keymatch.compiled import Objects
from vungxanh.engines.keymatch.filters import Filters, filters_of
from vungxanh.engines.keymatch.types import Hits, KeyColumns, UInt8s, checked, checked_ids

Seek = Callable[[KeyColumns, Filters], UInt64s]
PORTABLE: Final = "portable"


def match(
    keys: KeyColumns,
    ids: UInt8s,
    *,
    route: str | None = None,
    threads: int = 1,
    objects: Objects | None = None,
) -> Hits:
    """Where `keys` made one of `ids`, uint8 (m, 16).

    `route` is a name of `available()`, by default the first; compiled code is kept in `objects`.
    The same rows as `reference.match`. Raises `keymatch.bad_keys|bad_ids`.
    """
    keys, ids = checked(keys), checked_ids(ids)
    filters = filters_of(ids)
    found = _in_threads(seek_by(route, objects), keys, filters, n=threads)
    return confirmed(keys, seen_of(ids), found)


def available() -> tuple[str, ...]:
    """Names of the routes that this machine can take, the best first."""
    return (*(route.name for route in native.routes()), PORTABLE)


def seek_by(route: str | None, objects: Objects | None = None) -> Seek:
    """How candidates are found by a route, by default the best of this machine.

    Raises KeyError for a name that this machine cannot take.
    """
    if route == PORTABLE:
        return portable.seek
    by_name = {each.name: each for each in native.routes()}
    return native.loop(by_name[route] if route else native.routes()[0], objects=objects)


def _in_threads(seek: Seek, keys: KeyColumns, filters: Filters, *, n: int) -> UInt64s:
    """Candidates of all keys, each thread taking its share of them."""
    if n < 2:
        return seek(keys, filters)
    from concurrent.futures import ThreadPoolExecutor  # takes longer to load than few keys to match

    bounds = np.linspace(0, len(keys), n + 1).astype(int).tolist()
    shares = [(keys.rows(first, until), first) for first, until in pairwise(bounds)]
    with ThreadPoolExecutor(n) as pool:
        found = list(pool.map(lambda share: seek(share[0], filters), shares))
    for candidates, (_, first) in zip(found, shares, strict=True):
        candidates[:, 0] += np.uint64(first << 8)
    return np.concatenate(found)
