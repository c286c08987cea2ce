"""Bluezone of 2020: keys, identifiers, what phones advertise, published keys of cases.

A base key (32 bytes) is drawn once; each UTC day's key is the SHA-256 of the day before; a day has
`per_day` slots, each with an identifier of 12 bytes. Whoever knows one day's key knows all later
identifiers. Source: the published sources of the app and its white paper, in our own words;
vectors from traffic of the production app in `tests/data/vectors/bluezone.json`.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

from vungxanh.protocol import advertising, refusals
from vungxanh.protocol.advertising import Structure
from vungxanh.protocol.lengths import exactly, within

DAY_S: Final = 86_400
PER_DAY: Final = 96
KEY_BYTES: Final = 32
ID_BYTES: Final = 12
SERVICE: Final = 0x4E56
COMPANY: Final = 0x22B5
IOS_SERVICE: Final = "00004e56-73f5-4bc4-a12f-17d1ad07a667"
CHARACTERISTIC: Final = "00004e56-73f5-4bc4-a12f-17d1ad07a689"
NAME: Final = b"Bluezone"
_SALT: Final = b"bluzonesubkey"  # so spelt by the app
_PICKED: Final = (0, 4, 8, 12, 16, 18, 20, 22, 24, 26, 28, 30)
_FLAGS: Final = b"\x02"  # as Android sets them for connectable legacy advertising
_MOST_SLOTS: Final = 86_400
_LONGEST_S: Final = 400 * DAY_S  # over a year of keys is no case


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


def daily_key(base: bytes, n_days: int) -> bytes:
    """The key of the day `n_days` after the base key's. Raises `protocol.wrong_length`."""
    key = exactly(base, KEY_BYTES, name="base_id")
    for _ in range(n_days):
        key = sha256(key).digest()
    return key


def identifiers(key: bytes, per_day: int = PER_DAY) -> tuple[bytes, ...]:
    """The identifiers of one day's key in the order of its slots, 12 bytes each.

    Raises `protocol.wrong_length`, `protocol.out_of_bounds` (per_day from 1).
    """
    exactly(key, KEY_BYTES, name="daily_key")
    within(per_day, (1, _MOST_SLOTS), name="per_day")
    return tuple(bytes(sub_key[at] for at in _PICKED) for sub_key in _sub_keys(key, per_day))


def slot_of(second: int, per_day: int = PER_DAY) -> int:
    """Which slot of its UTC day a unix second falls in."""
    return second % DAY_S * 1000 // _slot_ms(per_day)


def android_advertisement(identifier: bytes) -> bytes:
    """The 23 bytes that an Android phone advertises. Raises `protocol.wrong_length`."""
    company = struct.pack("<H", COMPANY)
    return advertising.written(
        Structure(advertising.FLAGS, _FLAGS),
        Structure(
            advertising.MANUFACTURER, company + exactly(identifier, ID_BYTES, name="bluezone_id")
        ),
        Structure(advertising.UUIDS_16, struct.pack("<H", SERVICE)),
    )


def identifier_in(payload: bytes) -> bytes | None:
    """The identifier that an Android phone advertised, or nothing; parsed by type, not by place."""
    values = advertising.first_values(payload)
    services = values.get(advertising.UUIDS_16, b"")
    content = values.get(advertising.MANUFACTURER, b"")
    is_ours = struct.pack("<H", SERVICE) in (services[at : at + 2] for at in range(0, 32, 2))
    company, identifier = content[:2], content[2:]
    if not is_ours or company != struct.pack("<H", COMPANY) or len(identifier) != ID_BYTES:
        return None
    return identifier


def is_ios(payload: bytes) -> bool:
    """Whether an iPhone with the app advertises: its identifier is read by GATT."""
    service = bytes.fromhex(IOS_SERVICE.replace("-", ""))[::-1]
    listed = advertising.first_values(payload).get(advertising.UUIDS_128, b"")
    return service in (listed[at : at + 16] for at in range(0, len(listed), 16))


def slots_of(case: CaseKey) -> Iterator[Slot]:
    """Every identifier that a case sent until its end, as phones count: slot after slot.

    The length of a slot is rounded down to milliseconds.
    """
    length = _slot_ms(case.per_day)
    key, begins = case.daily_key, case.begins * 1000
    while begins <= case.ends * 1000:
        for identifier in identifiers(key, case.per_day):
            if begins > case.ends * 1000:
                return
            yield Slot(identifier, begins, begins + length)
            begins += length
        key = sha256(key).digest()


def case_keys(text: str) -> tuple[CaseKey, ...]:
    """The keys of a published list of cases (F0).

    Raises `protocol.not_f0_keys`, `protocol.wrong_length`, `protocol.out_of_bounds`.
    """
    try:
        entries = json.loads(text)["data"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise refusals.not_keys("data") from None
    if not isinstance(entries, list):
        raise refusals.not_keys("data")
    return tuple(_case_key(entry, at) for at, entry in enumerate(entries))


def _case_key(entry: object, at: int) -> CaseKey:
    fields = entry if isinstance(entry, dict) else {}
    begins, ends, per_day = (_whole(fields, at, name) for name in ("time_start", "time_end", "max"))
    within(ends, (begins, begins + _LONGEST_S), name="time_end")
    within(per_day, (1, _MOST_SLOTS), name="max")
    try:
        key = bytes.fromhex(str(fields.get("daily_key")))
    except ValueError:
        raise refusals.not_keys(f"data[{at}].daily_key") from None
    return CaseKey(exactly(key, KEY_BYTES, name="daily_key"), begins, ends, per_day)


def _whole(fields: dict[str, object], at: int, name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**40:
        raise refusals.not_keys(f"data[{at}].{name}")
    return value


def _slot_ms(per_day: int) -> int:
    return DAY_S * 1000 // within(per_day, (1, _MOST_SLOTS), name="per_day")


def _sub_keys(key: bytes, n: int) -> Iterator[bytes]:
    sub_key = sha256(key + _SALT).digest()
    for _ in range(n):
        yield sub_key
        sub_key = sha256(sub_key).digest()
