"""Google/Apple Exposure Notification v1.2: keys, identifiers, metadata, what phones advertise.

A temporary exposure key (TEK, 16 bytes) lives for `period` intervals of ten minutes, numbered since
1970 (ENIN). Source: Exposure Notification Cryptography Specification 1.2 and Bluetooth
Specification 1.2; vectors in `tests/data/vectors/gaen.json`.
"""

import struct
from dataclasses import dataclass
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vungxanh.protocol import advertising
from vungxanh.protocol.advertising import Structure
from vungxanh.protocol.lengths import exactly, within

INTERVAL_S: Final = 600
PERIOD: Final = 144  # intervals of a day
KEY_BYTES: Final = 16
ID_BYTES: Final = 16
METADATA_BYTES: Final = 4
SERVICE: Final = 0xFD6F
VERSION_1_0: Final = 0x40
_LAST_INTERVAL: Final = 2**32 - 1
_FLAGS: Final = b"\x1a"  # general discoverable, LE and BR/EDR at once


class DerivedKeys(NamedTuple):
    """What a TEK gives: the key of identifiers and the key of metadata, 16 bytes each."""

    rpik: bytes
    aemk: bytes


class Sighting(NamedTuple):
    """What a phone advertises: rolling identifier (16 bytes), encrypted metadata (4 bytes)."""

    rpi: bytes
    aem: bytes


@dataclass(frozen=True, slots=True)
class Metadata:
    """Version byte and TX power in dBm."""

    version: int
    tx_power: int

    def encoded(self) -> bytes:
        """Four bytes; the last two are reserved."""
        return struct.pack("<Bbxx", self.version, self.tx_power)


def interval_of(second: int) -> int:
    """The ENIN of a unix second."""
    return second // INTERVAL_S


def derived_keys(tek: bytes) -> DerivedKeys:
    """Both keys of a TEK. Raises `protocol.wrong_length`."""
    exactly(tek, KEY_BYTES, name="TEK")
    return DerivedKeys(_hkdf(tek, b"EN-RPIK"), _hkdf(tek, b"EN-AEMK"))


def identifiers(tek: bytes, start: int, period: int = PERIOD) -> tuple[bytes, ...]:
    """The rolling identifiers from interval `start` on, 16 bytes each.

    Raises `protocol.wrong_length`, `protocol.out_of_bounds` (period 1 to 144, start a uint32).
    """
    within(period, (1, PERIOD), name="rolling_period")
    within(start, (0, _LAST_INTERVAL - period + 1), name="rolling_start")
    blocks = b"".join(padded_data(start + j) for j in range(period))
    cipher = Cipher(algorithms.AES128(derived_keys(tek).rpik), modes.ECB()).encryptor()
    ids = cipher.update(blocks) + cipher.finalize()
    return tuple(ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES))


def padded_data(interval: int) -> bytes:
    """What is encrypted to the identifier of an interval."""
    return b"EN-RPI" + bytes(6) + struct.pack("<I", interval)


def crypted_metadata(aemk: bytes, rpi: bytes, metadata: bytes) -> bytes:
    """Metadata encrypted, or decrypted: the same call. Raises `protocol.wrong_length`."""
    exactly(aemk, KEY_BYTES, name="AEMK")
    exactly(rpi, ID_BYTES, name="RPI")
    exactly(metadata, METADATA_BYTES, name="AEM")
    cipher = Cipher(algorithms.AES128(aemk), modes.CTR(rpi)).encryptor()
    return cipher.update(metadata) + cipher.finalize()


def metadata_of(content: bytes) -> Metadata:
    """Decrypted metadata. Raises `protocol.wrong_length`."""
    version, tx_power = struct.unpack("<Bbxx", exactly(content, METADATA_BYTES, name="AEM"))
    return Metadata(version, tx_power)


def advertisement(sighting: Sighting) -> bytes:
    """The 31 bytes that a phone advertises. Raises `protocol.wrong_length`."""
    rpi = exactly(sighting.rpi, ID_BYTES, name="RPI")
    aem = exactly(sighting.aem, METADATA_BYTES, name="AEM")
    service = struct.pack("<H", SERVICE)
    return advertising.written(
        Structure(advertising.FLAGS, _FLAGS),
        Structure(advertising.UUIDS_16, service),
        Structure(advertising.SERVICE_DATA_16, service + rpi + aem),
    )


def sighting_in(payload: bytes) -> Sighting | None:
    """What a phone advertised, or nothing where the payload is something else."""
    content = advertising.first_values(payload).get(advertising.SERVICE_DATA_16, b"")
    body = content.removeprefix(struct.pack("<H", SERVICE))
    if len(content) != len(body) + 2 or len(body) != ID_BYTES + METADATA_BYTES:
        return None
    return Sighting(body[:ID_BYTES], body[ID_BYTES:])


def _hkdf(tek: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=label).derive(tek)
