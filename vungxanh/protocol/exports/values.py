"""What an export file holds: keys of cases, when and where they were published, who signed.

Source: Exposure Key File Format of Google and Apple, version 1; the bounds of numbers are those of
the published key server.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from vungxanh.protocol.exports import refusals
from vungxanh.protocol.gaen import INTERVAL_S, KEY_BYTES, PERIOD

ECDSA_SHA256: Final = "1.2.840.10045.4.3.2"
PERIODS: Final = (1, PERIOD)
RISKS: Final = (0, 8)
REPORT_TYPES: Final = (0, 5)
ONSETS: Final = (-14, 14)
SECONDS: Final = (0, 253_402_300_799)  # until the end of the year 9999
BATCHES: Final = (1, 2**31 - 1)
_INTERVALS: Final = 2**32


class Key(NamedTuple):
    """A published key of a case (TEK).

    `key` 16 bytes; `rolling_start` the first interval (ENIN); `rolling_period` 1 to 144 intervals;
    `transmission_risk` 0 to 8; `report_type` 0 unknown, 1 confirmed by test, 2 clinical, 3 self
    reported, 4 recursive, 5 revoked; `days_since_onset` -14 to 14. `None`: the file does not say.
    """

    key: bytes
    rolling_start: int
    rolling_period: int = PERIOD
    transmission_risk: int | None = None
    report_type: int | None = None
    days_since_onset: int | None = None


def by_bytes(key: Key) -> bytes:
    """In which order files hold keys: it tells nothing of who came together."""
    return key.key


class Head(NamedTuple):
    """When keys arrived, unix seconds from `start` to `end` (0: not said), and in which region.

    File `batch_num` of `batch_size`, which is 1 of 1 nowadays.
    """

    start: int
    end: int
    region: str
    batch_num: int = 1
    batch_size: int = 1


class SignatureInfo(NamedTuple):
    """Which key signed: its id (by custom a mobile country code), version, and algorithm (OID)."""

    key_id: str
    version: str
    algorithm: str = ECDSA_SHA256


class Signature(NamedTuple):
    """One entry of `export.sig`; `signature` is a DER sequence of two integers."""

    of: SignatureInfo
    signature: bytes
    batch_num: int = 1
    batch_size: int = 1


@dataclass(frozen=True, slots=True)
class Signer:
    """A key on P-256 that signs, and what phones know it by."""

    key: EllipticCurvePrivateKey
    key_id: str
    version: str

    @property
    def signs_as(self) -> SignatureInfo:
        """What the file says of this signer."""
        return SignatureInfo(self.key_id, self.version)


class Archive(NamedTuple):
    """An opened export file: the whole `export.bin`, header included, and its signatures."""

    body: bytes
    signatures: tuple[Signature, ...]


class Export(NamedTuple):
    """What `export.bin` says; `revised` are keys published before, with what is now known."""

    head: Head
    infos: tuple[SignatureInfo, ...]
    keys: tuple[Key, ...]
    revised: tuple[Key, ...] = ()


def checked_head(head: Head) -> Head:
    """The same head. Raises `protocol.export_head` naming the field."""
    _within(head.start, SECONDS, "start_timestamp")
    _within(head.end, (head.start, SECONDS[1]), "end_timestamp")
    checked_batch(head.batch_num, head.batch_size)
    return head


def checked_batch(num: int, size: int) -> None:
    """Raises `protocol.export_head` where a file is not one of its batch."""
    _within(size, BATCHES, "batch_size")
    _within(num, (1, size), "batch_num")


def checked_key(key: Key, place: refusals.Place, *, end: int) -> Key:
    """The same key. `end` is the second at which the file ends, 0 where it does not say.

    Raises `protocol.export_key` naming list, row and field; `protocol.future_key`.
    """
    if len(key.key) != KEY_BYTES:
        raise refusals.key_length(place, len(key.key), KEY_BYTES)
    for name, value, (least, most) in _bounded(key):
        if value is not None and not least <= value <= most:
            raise refusals.key_number(place, name, (value, least, most))
    if end and key.rolling_start * INTERVAL_S > end:
        raise refusals.future_key(place)
    return key


def _bounded(key: Key) -> tuple[tuple[str, int | None, tuple[int, int]], ...]:
    return (
        ("rolling_period", key.rolling_period, PERIODS),
        ("rolling_start", key.rolling_start, (0, _INTERVALS - key.rolling_period)),
        ("transmission_risk", key.transmission_risk, RISKS),
        ("report_type", key.report_type, REPORT_TYPES),
        ("days_since_onset", key.days_since_onset, ONSETS),
    )


def _within(value: int, bounds: tuple[int, int], name: str) -> None:
    if not bounds[0] <= value <= bounds[1]:
        raise refusals.head(name, value, bounds)
