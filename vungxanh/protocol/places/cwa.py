"""Locations of Corona-Warn-App (Germany): `https://e.coronawarn.app?v=1#` and base64url.

Behind "#" stands the protobuf message `QRCodePayload`: where it is, a public key and a seed of
CrowdNotifier, and data of the app: kind of place and usual stay. Nothing is signed. The id by which
warnings name a location is the SHA-256 of `CWA-GUID` and the message's bytes as they came.

Of the hosts that the app's settings may allow, only the documented one is taken. An inner message
or a list where the format has one value is refused: readers differ in which of two they show.

Source: event_registration.md of cwa-documentation and `trace_location.proto` of cwa-event-qr-code.
"""

import hashlib
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from google.protobuf.message import DecodeError

from vungxanh.protocol import wire
from vungxanh.protocol.places import refusals
from vungxanh.protocol.places.door import bytes_of_url, text_of

PREFIXES: Final = ("https://e.coronawarn.app?v=1#", "https://e.coronawarn.app/?v=1#")
"""The second is how browsers write the first."""
LONGEST: Final = 2048
LONGEST_TEXT: Final = 100
_GUID: Final = b"CWA-GUID"
_VERSION: Final = 1
_LATEST: Final = 253_402_300_799  # the end of the year 9999
_LONGEST_STAY: Final = 10_080  # minutes: a week

_CLASSES: Final = wire.classes(
    "vungxanh.cwa",
    {
        "Payload": (
            ("version", 1, "int64"),
            ("location", 2, "bytes*"),
            ("crowd_notifier", 3, "bytes*"),
            ("vendor", 4, "bytes*"),
        ),
        "Location": (
            ("version", 1, "int64"),
            ("description", 2, "bytes"),
            ("address", 3, "bytes"),
            ("start", 5, "int64"),
            ("end", 6, "int64"),
        ),
        "CrowdNotifier": (
            ("version", 1, "int64"),
            ("public_key", 2, "bytes"),
            ("seed", 3, "bytes"),
        ),
        "Vendor": (("version", 1, "int64"), ("kind", 2, "int64"), ("stay", 3, "int64")),
    },
)


class Kind(IntEnum):
    """`TraceLocationType`, without `LOCATION_TYPE_`."""

    UNSPECIFIED = 0
    PERMANENT_OTHER = 1
    TEMPORARY_OTHER = 2
    PERMANENT_RETAIL = 3
    PERMANENT_FOOD_SERVICE = 4
    PERMANENT_CRAFT = 5
    PERMANENT_WORKPLACE = 6
    PERMANENT_EDUCATIONAL_INSTITUTION = 7
    PERMANENT_PUBLIC_BUILDING = 8
    TEMPORARY_CULTURAL_EVENT = 9
    TEMPORARY_CLUB_ACTIVITY = 10
    TEMPORARY_PRIVATE_EVENT = 11
    TEMPORARY_WORSHIP_SERVICE = 12


@dataclass(frozen=True, slots=True)
class Location:
    """One location; times in unix seconds, None where it does not say."""

    description: str
    address: str
    kind: Kind
    default_stay_minutes: int | None
    start: int | None
    end: int | None
    location_id: bytes
    public_key: bytes
    seed: bytes


def is_meant(text: str) -> bool:
    """Whether a scanned text begins as one of these codes; read it to know."""
    return text.startswith(PREFIXES)


def read(text: str) -> Location:
    """The location of a scanned text. Raises `protocol.not_cwa_location`."""
    prefix = next((one for one in PREFIXES if text.startswith(one)), None)
    if prefix is None or len(text) > LONGEST:
        raise refusals.not_cwa_location()
    content = bytes_of_url(text.removeprefix(prefix))
    if not content:
        raise refusals.not_cwa_location()
    payload = _message("Payload", content)
    place = _message("Location", _only(payload.location))
    notifier = _message("CrowdNotifier", _only(payload.crowd_notifier))
    vendor = _message("Vendor", _only(payload.vendor))
    start, end = _within(place.start, _LATEST), _within(place.end, _LATEST)
    if start and end and end < start:
        raise refusals.not_cwa_location()
    return Location(
        _text(place.description),
        _text(place.address),
        Kind(_within(vendor.kind, max(Kind))),
        _within(vendor.stay, _LONGEST_STAY) or None,
        start or None,
        end or None,
        hashlib.sha256(_GUID + content).digest(),
        notifier.public_key,
        notifier.seed,
    )


def _message(name: str, content: bytes) -> Any:
    """A message of version 1. Raises `protocol.not_cwa_location`."""
    found: Any = _CLASSES[name]()
    try:
        found.ParseFromString(content)
    except DecodeError:
        raise refusals.not_cwa_location() from None
    if found.version != _VERSION:
        raise refusals.not_cwa_location()
    return found


def _only(listed: list[bytes]) -> bytes:
    if len(listed) != 1:
        raise refusals.not_cwa_location()
    return listed[0]


def _within(value: int, most: int) -> int:
    if not 0 <= value <= most:
        raise refusals.not_cwa_location()
    return value


def _text(content: bytes) -> str:
    text = text_of(content.decode(errors="surrogateescape"), LONGEST_TEXT)
    if text is None:
        raise refusals.not_cwa_location()
    return text
