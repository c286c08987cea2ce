"""The rules as they are worded: every sighting against every identifier, in plain Python.

Slow and obviously right; `core` must agree with it.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from operator import attrgetter
from typing import NamedTuple

from vungxanh.engines.encounters.types import ORDER, Encounters, Exposure, LeftOut, Log
from vungxanh.engines.keymatch import KeyColumns
from vungxanh.protocol import bluezone, gaen


class _Row(NamedTuple):
    at: int
    id: bytes
    rssi: int
    aem: bytes | None


class _Seen(NamedTuple):
    at: int
    attenuation: int | None


def of_gaen(keys: KeyColumns, log: Log) -> Encounters:
    """As `core.of_gaen`, finding the hits itself."""
    rows, withdrawn = _rows(log), _withdrawn(keys)
    exposures: list[Exposure] = []
    n_far = n_replayed = n_power = n_unmeasured = n_withdrawn = 0
    for (tek, start), period in _distinct(keys).items():
        sent = gaen.identifiers(tek, start, period)
        if (tek, start) in withdrawn:
            n_withdrawn += any(row.id in sent for row in rows)
            continue
        heard: list[_Seen] = []
        for interval, rpi in enumerate(sent, start=start):
            same = [row for row in rows if row.id == rpi]
            near = [row for row in same if abs(row.at // 600 - interval) <= 12]
            kept = [row for row in near if row.at - near[0].at <= 20 * 60]
            loud = [row for row in kept if not _has_power_of_a_phone(tek, row)]
            heard += [_Seen(row.at, _attenuation(tek, row)) for row in kept if row not in loud]
            n_far += len(same) - len(near)
            n_replayed += len(near) - len(kept)
            n_power += len(loud)
        n_unmeasured += sum(one.attenuation is None for one in heard)
        exposures += _exposures(tek, start * 600, heard, rows=rows)
    left_out = LeftOut(n_far, n_replayed, n_power, n_withdrawn)
    return Encounters(_in_order(exposures), left_out, n_unmeasured)


def of_bluezone(cases: Sequence[bluezone.CaseKey], log: Log) -> Encounters:
    """As `core.of_bluezone`."""
    rows, n_far = _rows(log), 0
    exposures: list[Exposure] = []
    for case in set(cases):
        heard: list[_Seen] = []
        for slot in bluezone.slots_of(case):
            same = [row for row in rows if row.id == slot.id]
            inside = [row for row in same if slot.begins_ms <= 1000 * row.at <= slot.ends_ms]
            heard += [_Seen(row.at, None) for row in inside]
            n_far += len(same) - len(inside)
        exposures += _exposures(case.daily_key, case.begins, heard, rows=rows)
    return Encounters(_in_order(exposures), LeftOut(too_far=n_far))


def minutes(at: Sequence[int], rows: Sequence[int]) -> int:
    """As `scans.minutes`."""
    total, begun = 0, None
    for second in sorted(at):
        if begun is None or second - begun > 25.5:
            begun = second
            before = [row for row in rows if begun - row > 25.5]
            total += min(5, begun // 60 - max(before) // 60) if before else 2
    return total


def _rows(log: Log) -> list[_Row]:
    return [
        _Row(
            int(log.at[place]),
            log.ids[log.id[place]].tobytes(),
            int(log.rssi[place]),
            log.aem[place].tobytes() if log.has_aem[place] else None,
        )
        for place in range(len(log))
    ]


def _distinct(keys: KeyColumns) -> dict[tuple[bytes, int], int]:
    """Keys with their starts, and for how long they hold: the longest that is said."""
    found: dict[tuple[bytes, int], int] = {}
    for row in range(len(keys)):
        key = (keys.keys[row].tobytes(), int(keys.starts[row]))
        found[key] = max(found.get(key, 0), int(keys.periods[row]))
    return found


def _withdrawn(keys: KeyColumns) -> set[tuple[bytes, int]]:
    rows = [row for row in range(len(keys)) if keys.report_types[row] in {4, 5}]
    return {(keys.keys[row].tobytes(), int(keys.starts[row])) for row in rows}


def _has_power_of_a_phone(tek: bytes, row: _Row) -> bool:
    return row.aem is None or -50 <= _tx_power(tek, row.id, row.aem) <= 20


def _attenuation(tek: bytes, row: _Row) -> int | None:
    if row.aem is None:
        return None
    return max(_tx_power(tek, row.id, row.aem) - min(max(row.rssi, -127), 126), 0)


def _tx_power(tek: bytes, rpi: bytes, aem: bytes) -> int:
    aemk = gaen.derived_keys(tek).aemk
    return gaen.metadata_of(gaen.crypted_metadata(aemk, rpi, aem)).tx_power


def _exposures(
    key: bytes, begins: int, heard: list[_Seen], *, rows: list[_Row]
) -> Iterator[Exposure]:
    """One, or none where nothing was heard."""
    times = [one.at for one in heard]
    known = [one.attenuation for one in heard if one.attenuation is not None]
    if times:
        yield Exposure(
            key=key,
            day=datetime.fromtimestamp(begins, UTC).date(),
            first_at=min(times),
            last_at=max(times),
            sightings=len(times),
            minutes=minutes(times, [row.at for row in rows]),
            min_attenuation=min(known) if known else None,
            typical_attenuation=int(sum(known) / len(known) + 0.5) if known else None,
        )


def _in_order(exposures: list[Exposure]) -> tuple[Exposure, ...]:
    return tuple(sorted(exposures, key=attrgetter(*ORDER)))
