"""`exposure ids`: what a key sends, in the order of time."""

from datetime import date
from typing import Any, Final

from vungxanh.exposure.commands import refusals
from vungxanh.exposure.commands.answers import Told
from vungxanh.protocol import bluezone, gaen

_EPOCH: Final = date(1970, 1, 1).toordinal()


def answer(said: dict[str, Any]) -> Told:
    """The identifiers of a key; lines have unix seconds and identifier."""
    key = _bytes(said["key"])
    return (_of_gaen if said["scheme"] == "gaen" else _of_bluezone)(key, said)


def _of_gaen(key: bytes, said: dict[str, Any]) -> Told:
    start = said["start"]
    period = gaen.PERIOD if said["period"] is None else said["period"]
    sent = gaen.identifiers(key, start, period)
    derived = gaen.derived_keys(key)
    begins = [(start + place) * gaen.INTERVAL_S for place in range(period)]
    return Told(
        {"rpik": derived.rpik.hex(), "aemk": derived.aemk.hex(), "ids": _hex(sent)},
        _lines(begins, sent),
    )


def _of_bluezone(key: bytes, said: dict[str, Any]) -> Told:
    per_day = bluezone.PER_DAY if said["per_day"] is None else said["per_day"]
    sent = bluezone.identifiers(key, per_day)
    midnight = (said["day"].date().toordinal() - _EPOCH) * bluezone.DAY_S
    slot_ms = bluezone.DAY_S * 1000 // per_day
    begins = [(midnight * 1000 + place * slot_ms) // 1000 for place in range(per_day)]
    day = said["day"].date().isoformat()
    return Told({"daily_key": key.hex(), "day": day, "ids": _hex(sent)}, _lines(begins, sent))


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise refusals.not_hex("key") from None


def _hex(identifiers: tuple[bytes, ...]) -> list[str]:
    return [identifier.hex() for identifier in identifiers]


def _lines(begins: list[int], identifiers: tuple[bytes, ...]) -> tuple[str, ...]:
    rows = zip(begins, identifiers, strict=True)
    return tuple(f"{second} {identifier.hex()}" for second, identifier in rows)
