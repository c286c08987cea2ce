"""What a case's phone uploaded: what it had seen, line by line, and its own key (`InfoF`)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from vungxanh.protocol import refusals
from vungxanh.protocol.bluezone.identifiers import DAY_S, ID_BYTES, KEY_BYTES, daily_key
from vungxanh.protocol.lengths import exactly, within

DAYS: Final = 14  # of history that a phone gave
RSSI: Final = (-128, 127)  # dBm
MOMENTS_MS: Final = (10**11, 10**14 - 1)  # from 1973 to 5138
_SECONDS: Final = (0, 10**11 - 1)
_LINE: Final = re.compile(
    r"([0-9A-Fa-f]{24})\t([0-9A-Fa-f]{24})\t(-?[0-9]{1,3})\t([0-9]{1,14})", re.ASCII
)
_LONGEST_DAYS: Final = 4000


class HistoryLine(NamedTuple):
    """A sighting: the phone's own identifier then, the other's (12 bytes each), dBm, unix ms."""

    own_id: bytes
    contact_id: bytes
    rssi: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A phone's base key and its midnight; one day's key and that day's: unix seconds."""

    base: bytes
    begins: int
    daily_key: bytes
    key_begins: int


def history_text(lines: Iterable[HistoryLine]) -> str:
    """The file of a history: tabs between fields, LF after each line.

    Raises `protocol.wrong_length|out_of_bounds` naming the line.
    """
    return "".join(_written(line, f"line {row}") for row, line in enumerate(lines, start=1))


def history_in(text: str) -> tuple[HistoryLine, ...]:
    """The sightings of a history; none where a line is refused.

    iPhones wrote seconds where Android wrote milliseconds: what would be before 1973 in
    milliseconds is taken as seconds. Raises `protocol.not_history` naming the line.
    """
    lines = text.removesuffix("\n").split("\n") if text else []
    return tuple(_line(line, row) for row, line in enumerate(lines, start=1))


def own_key(base: bytes, begins: int, *, at: int, days: int = DAYS) -> OwnKey:
    """What a phone gives at unix second `at`, whose base was drawn on the day of `begins`.

    The day's key is that of `days` days before, or the base where it is younger. Raises
    `protocol.wrong_length`, `protocol.out_of_bounds`.
    """
    midnight = begins - begins % DAY_S
    n_days = within(max(at // DAY_S - days - midnight // DAY_S, 0), (0, _LONGEST_DAYS), name="time")
    return OwnKey(base, midnight, daily_key(base, n_days), midnight + n_days * DAY_S)


def own_key_text(key: OwnKey) -> str:
    """The JSON of a phone's own key."""
    fields = {
        "base_id": key.base.hex().upper(),
        "time": key.begins,
        "daily_key": key.daily_key.hex().upper(),
        "time_start": key.key_begins,
    }
    return json.dumps(fields, separators=(",", ":"))


def own_key_in(text: str) -> OwnKey:
    """A phone's own key, of which the day's key follows from the base.

    Raises `protocol.not_own_key` naming the field, `protocol.wrong_length`.
    """
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise refusals.not_own_key("InfoF") from None
    if not isinstance(fields, dict):
        raise refusals.not_own_key("InfoF")
    found = OwnKey(
        _key(fields, "base_id"),
        _midnight(fields, "time"),
        _key(fields, "daily_key"),
        _midnight(fields, "time_start"),
    )
    n_days = (found.key_begins - found.begins) // DAY_S
    if not 0 <= n_days <= _LONGEST_DAYS or daily_key(found.base, n_days) != found.daily_key:
        raise refusals.not_own_key("daily_key")
    return found


def _written(line: HistoryLine, where: str) -> str:
    own = exactly(line.own_id, ID_BYTES, name="own_id", where=where)
    contact = exactly(line.contact_id, ID_BYTES, name="contact_id", where=where)
    rssi = within(line.rssi, RSSI, name="rssi", where=where)
    at = within(line.at_ms, MOMENTS_MS, name="timestamp", where=where)
    return f"{own.hex().upper()}\t{contact.hex().upper()}\t{rssi}\t{at}\n"


def _line(line: str, row: int) -> HistoryLine:
    match = _LINE.fullmatch(line)
    if match is None or not RSSI[0] <= int(match[3]) <= RSSI[1]:
        raise refusals.not_history(row)
    at = int(match[4])
    at_ms = at if at >= MOMENTS_MS[0] else at * 1000
    if not MOMENTS_MS[0] <= at_ms <= MOMENTS_MS[1]:
        raise refusals.not_history(row)
    return HistoryLine(bytes.fromhex(match[1]), bytes.fromhex(match[2]), int(match[3]), at_ms)


def _key(fields: dict[str, object], name: str) -> bytes:
    try:
        content = bytes.fromhex(str(fields.get(name)))
    except ValueError:
        raise refusals.not_own_key(name) from None
    return exactly(content, KEY_BYTES, name=name)


def _midnight(fields: dict[str, object], name: str) -> int:
    value = fields.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise refusals.not_own_key(name)
    if not _SECONDS[0] <= value <= _SECONDS[1] or value % DAY_S:
        raise refusals.not_own_key(name)
    return value
