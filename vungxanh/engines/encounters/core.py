"""The rules by which what a phone heard becomes exposures, over columns.

**GAEN.** An identifier of interval e (ten minutes, numbered since 1970) counts when it is heard in
the intervals e-12 to e+12: two hours, for clocks that differ. Of these only sightings up to 20
minutes after the first are kept, the first included whatever its metadata say: a phone sends an
identifier for no longer, what comes later is a replay. A transmit power outside -50 to +20 dBm is
rejected then. Attenuation is max(TX - RSSI, 0) dB, with RSSI held within -127 to 126; a sighting
without metadata counts and has none. A key that was published as revoked or as recursive is never
told. Source: google/exposure-notifications-internals (commit 413b561): RollingProximityIdValidator,
ExposureMatchingTracer (getValidSightingsForRpi, fetchValidSightings), BleScannerImpl,
ContactTracingFeature; in our own words.

**Bluezone.** A sighting counts when it lies in the slot of its identifier, both ends included; no
tolerance, no distance. Source: the published sources of the app of 2020 (BluezoneIdTrace).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np

from vungxanh.engines.encounters import scans
from vungxanh.engines.encounters.types import (
    ORDER,
    UNKNOWN,
    Bools,
    Encounters,
    Exposure,
    Heard,
    Int64s,
    LeftOut,
    Log,
)
from vungxanh.engines.keymatch import Hits, KeyColumns
from vungxanh.protocol import bluezone, gaen

TOLERANCE: Final = 12  # intervals of ten minutes before and after
REPLAY_S: Final = 1200
TX_POWERS: Final = (-50, 20)
RSSIS: Final = (-127, 126)
WITHDRAWN: Final = (4, 5)  # report types recursive and revoked

Progress = Callable[[int, int], None]


class _Pairs(NamedTuple):
    """Rows of a log under the hits they have the identifier of: int64 each, by hit, then time."""

    hit: Int64s
    row: Int64s

    def only(self, chosen: Bools) -> "_Pairs":
        return _Pairs(self.hit[chosen], self.row[chosen])


def of_gaen(keys: KeyColumns, hits: Hits, log: Log) -> Encounters:
    """Exposures of GAEN: `hits` say which of `keys` made which of `log.ids` (`keymatch.match`).

    A key that is there twice with one start is told once.
    """
    hits, n_withdrawn = _told(keys, hits)
    heard, left_out = heard_of(keys, hits, log)
    exposures = [
        _exposure(
            keys.keys[rows.key[0]].tobytes(), _day(int(keys.starts[rows.key[0]])), rows, log=log
        )
        for rows in _by_key(heard)
    ]
    n_unmeasured = int((heard.attenuation == UNKNOWN).sum())
    found = LeftOut(left_out.too_far, left_out.replayed, left_out.tx_power, n_withdrawn)
    return Encounters(_in_order(exposures), found, n_unmeasured)


def heard_of(keys: KeyColumns, hits: Hits, log: Log) -> tuple[Heard, LeftOut]:
    """The sightings that count under each key, and what does not."""
    pairs = _pairs(hits, log)
    sent = keys.starts[hits.key].astype(np.int64) + hits.offset
    near = pairs.only(abs(log.at[pairs.row] // gaen.INTERVAL_S - sent[pairs.hit]) <= TOLERANCE)
    first = near.only(np.diff(near.hit, prepend=-1) != 0)
    first_at = np.zeros(len(hits.key), np.int64)
    first_at[first.hit] = log.at[first.row]
    kept = near.only(log.at[near.row] - first_at[near.hit] <= REPLAY_S)
    tx_power = _tx_powers(keys, hits, log, pairs=kept)
    is_known = log.has_aem[kept.row]
    is_loud = is_known & ((tx_power < TX_POWERS[0]) | (tx_power > TX_POWERS[1]))
    loss = np.maximum(tx_power - np.clip(log.rssi[kept.row], *RSSIS), 0)
    attenuation = np.where(is_known, loss, UNKNOWN)[~is_loud]
    counted = kept.only(~is_loud)
    key, at = hits.key[counted.hit], log.at[counted.row]
    order = np.lexsort((at, key))
    left_out = LeftOut(
        too_far=len(pairs.hit) - len(near.hit),
        replayed=len(near.hit) - len(kept.hit),
        tx_power=int(is_loud.sum()),
    )
    return Heard(key[order], at[order], attenuation[order]), left_out


def of_bluezone(
    cases: Sequence[bluezone.CaseKey], log: Log, *, progress: Progress | None = None
) -> Encounters:
    """Exposures of Bluezone, one row for each published key; `progress` is told keys done, of all.

    A key that is there twice is told once.
    """
    rows_of = _rows_by_id(log)
    exposures, n_far = [], 0
    for done, case in enumerate(unique := list(dict.fromkeys(cases))):
        if progress:
            progress(done, len(unique))
        rows, n_outside = _in_slots(case, rows_of, log)
        n_far += n_outside
        if len(rows):
            nothing = np.full(len(rows), UNKNOWN)
            heard = Heard(np.zeros(len(rows), np.int64), log.at[rows], nothing)
            day = _utc_day(case.begins)
            exposures.append(_exposure(case.daily_key, day, heard, log=log))
    return Encounters(_in_order(exposures), LeftOut(too_far=n_far))


def _told(keys: KeyColumns, hits: Hits) -> tuple[Hits, int]:
    """Hits of each key once, at its first row, without keys that any row withdraws; how many."""
    first_rows: dict[tuple[bytes, int], int] = {}
    same, withdrawn = {}, set()
    for row in np.unique(hits.key).tolist():
        first = first_rows.setdefault((keys.keys[row].tobytes(), int(keys.starts[row])), row)
        same[row] = first
        if keys.report_types[row] in WITHDRAWN:
            withdrawn.add(first)
    key = np.array([same[row] for row in hits.key.tolist()], np.int64)
    chosen = ~np.isin(key, list(withdrawn))
    rows = np.stack([key, hits.offset, hits.id], axis=1)[chosen]
    return Hits(*np.unique(rows, axis=0).reshape(-1, 3).T), len(withdrawn)


def _pairs(hits: Hits, log: Log) -> _Pairs:
    order = np.argsort(log.id, kind="stable")
    ids = log.id[order]
    since = np.searchsorted(ids, hits.id)
    counts = np.searchsorted(ids, hits.id, side="right") - since
    hit = np.repeat(np.arange(len(hits.id)), counts)
    within = np.arange(len(hit)) - np.repeat(np.cumsum(counts) - counts, counts)
    return _Pairs(hit, order[since[hit] + within])


def _tx_powers(keys: KeyColumns, hits: Hits, log: Log, *, pairs: _Pairs) -> Int64s:
    """The transmit power in dBm that each pair's metadata say; anything where there are none."""
    stream = np.zeros(len(hits.key), np.uint8)
    aemk, last_key = b"", -1
    for hit in np.unique(pairs.hit).tolist():
        if hits.key[hit] != last_key:
            last_key = int(hits.key[hit])
            aemk = gaen.derived_keys(keys.keys[last_key].tobytes()).aemk
        rpi = log.ids[hits.id[hit]].tobytes()
        stream[hit] = gaen.crypted_metadata(aemk, rpi, bytes(gaen.METADATA_BYTES))[1]
    power: Int64s = (log.aem[pairs.row, 1] ^ stream[pairs.hit]).view(np.int8).astype(np.int64)
    return power


def _rows_by_id(log: Log) -> dict[bytes, Int64s]:
    order = np.argsort(log.id, kind="stable")
    bounds = np.searchsorted(log.id[order], np.arange(1, len(log.ids)))
    return {
        identifier.tobytes(): rows
        for identifier, rows in zip(log.ids, np.split(order, bounds), strict=False)
    }


def _in_slots(case: bluezone.CaseKey, rows_of: dict[bytes, Int64s], log: Log) -> tuple[Int64s, int]:
    """Rows that lie in the slot of their identifier, by time; how many lie outside."""
    found, n_outside = [np.empty(0, np.int64)], 0
    for slot in bluezone.slots_of(case) if rows_of else ():
        rows = rows_of.get(slot.id)
        if rows is not None:
            at_ms = log.at[rows] * 1000
            inside = rows[(slot.begins_ms <= at_ms) & (at_ms <= slot.ends_ms)]
            found.append(inside)
            n_outside += len(rows) - len(inside)
    return np.sort(np.concatenate(found)), n_outside


def _by_key(heard: Heard) -> Iterator[Heard]:
    """The rows of each key."""
    bounds = np.flatnonzero(np.diff(heard.key)) + 1
    parts = zip(*(np.split(column, bounds) for column in heard), strict=True)
    return (Heard(*part) for part in parts if len(part[0]))


def _exposure(key: bytes, day: date, rows: Heard, *, log: Log) -> Exposure:
    known = rows.attenuation[rows.attenuation != UNKNOWN]
    n, total = len(known), int(known.sum())
    return Exposure(
        key=key,
        day=day,
        first_at=int(rows.at[0]),
        last_at=int(rows.at[-1]),
        sightings=len(rows.at),
        minutes=scans.minutes(rows.at, log.at),
        min_attenuation=int(known.min()) if n else None,
        typical_attenuation=(2 * total + n) // (2 * n) if n else None,  # half up
    )


def _in_order(exposures: list[Exposure]) -> tuple[Exposure, ...]:
    return tuple(sorted(exposures, key=attrgetter(*ORDER)))


def _day(interval: int) -> date:
    return _utc_day(interval * gaen.INTERVAL_S)


def _utc_day(second: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + second // bluezone.DAY_S)
