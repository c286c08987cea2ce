"""The list of cases (F0) that was published to phones, as JSON."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from vungxanh.protocol import refusals
from vungxanh.protocol.bluezone.identifiers import (
    DAY_S,
    KEY_BYTES,
    SLOTS,
    identifiers,
    next_day_key,
    slot_ms,
)
from vungxanh.protocol.lengths import exactly, within

_LONGEST_S: Final = 400 * DAY_S  # over a year of keys is no case
_MOST_SLOTS: Final = 2**24  # of all cases together: some 12,000 cases of a fortnight


class Slot(NamedTuple):
    """An identifier (12 bytes) and when it is sent, both ends included: unix milliseconds."""

    id: bytes
    begins_ms: int
    ends_ms: int


@dataclass(frozen=True, slots=True)
class CaseKey:
    """A case's day key and when it holds, unix seconds; `begins` is midnight UTC."""

    daily_key: bytes
    begins: int
    ends: int
    per_day: int


def case_keys(text: str) -> tuple[CaseKey, ...]:
    """The keys of a published list of cases; none where one is refused.

    Raises `protocol.not_f0_keys`, `protocol.wrong_length`, `protocol.out_of_bounds`, each with the
    place in the JSON, and `protocol.too_many_slots`.
    """
    try:
        entries = json.loads(text)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise refusals.not_keys("data") from None
    if not isinstance(entries, list):
        raise refusals.not_keys("data")
    found = tuple(_case_key(entry, at) for at, entry in enumerate(entries))
    if sum((one.ends - one.begins) * one.per_day // DAY_S for one in found) > _MOST_SLOTS:
        raise refusals.too_many_slots(_MOST_SLOTS)
    return found


def case_keys_text(cases: Iterable[CaseKey]) -> str:
    """The list of cases as it is published."""
    entries = [
        {
            "daily_key": one.daily_key.hex().upper(),
            "time_start": one.begins,
            "max": one.per_day,
            "time_end": one.ends,
        }
        for one in cases
    ]
    return json.dumps({"data": entries}, separators=(",", ":"))


def slots_of(case: CaseKey) -> Iterator[Slot]:
    """Every identifier that a case sent until its end, as phones count: slot after slot.

    The length of a slot is rounded down to milliseconds.
    """
    length = slot_ms(case.per_day)
    key, begins = case.daily_key, case.begins * 1000
    while begins <= case.ends * 1000:
        for identifier in identifiers(key, case.per_day):
            if begins > case.ends * 1000:
                return
            yield Slot(identifier, begins, begins + length)
            begins += length
        key = next_day_key(key)


def _case_key(entry: object, at: int) -> CaseKey:
    fields, where = entry if isinstance(entry, dict) else {}, f"data[{at}]"
    begins, ends, per_day = (
        _whole(fields, where, name) for name in ("time_start", "time_end", "max")
    )
    within(ends, (begins, begins + _LONGEST_S), name="time_end", where=where)
    within(per_day, SLOTS, name="max", where=where)
    try:
        key = bytes.fromhex(str(fields.get("daily_key")))
    except ValueError:
        raise refusals.not_keys(f"{where}.daily_key") from None
    return CaseKey(exactly(key, KEY_BYTES, name="daily_key", where=where), begins, ends, per_day)


def _whole(fields: dict[str, object], where: str, name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**40:
        raise refusals.not_keys(f"{where}.{name}")
    return value
