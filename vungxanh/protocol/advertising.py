"""Advertising data of Bluetooth Low Energy: structures of length, type and value.

Source: Bluetooth Core Specification, volume 3, part C, chapter 11.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

FLAGS: Final = 0x01
UUIDS_16: Final = 0x03  # complete list of 16-bit service UUIDs
UUIDS_128: Final = 0x07
NAME: Final = 0x09
SERVICE_DATA_16: Final = 0x16
MANUFACTURER: Final = 0xFF


class Structure(NamedTuple):
    """One structure: its type and its value."""

    kind: int
    value: bytes


def written(*structures: Structure) -> bytes:
    """Structures one after another."""
    return b"".join(bytes((len(one.value) + 1, one.kind)) + one.value for one in structures)


def structures_in(payload: bytes) -> Iterator[Structure]:
    """The structures of a payload; a torn one at the end, and all after a zero, are left out."""
    at = 0
    while at < len(payload) and payload[at]:
        end = at + 1 + payload[at]
        if end > len(payload):
            return
        yield Structure(payload[at + 1], payload[at + 2 : end])
        at = end


def first_values(payload: bytes) -> dict[int, bytes]:
    """The first value of each type; some radios repeat the data of a scan response."""
    found: dict[int, bytes] = {}
    for kind, value in structures_in(payload):
        found.setdefault(kind, value)
    return found
